import DataLoader from 'dataloader';
import type { EntityManager, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { Any } from 'typeorm';
import { asError } from '../errors.js';
import { groupBy } from '../group-by.js';
import type { ListPage } from './list-pages.js';
import { unknownItem } from './list-pages.js';

/** Keys that one statement reads; a loader with more of them reads in several statements. */
const defaultBatch = 500;

/** Creates a loader of values; `read` returns the values, or errors, in the order of the keys. */
export function batchLoader<Key, Value>(
  read: (keys: readonly Key[]) => PromiseLike<readonly (Value | Error)[]>,
  { maxBatch = defaultBatch }: { maxBatch?: number } = {},
): DataLoader<Key, Value, string> {
  return new DataLoader<Key, Value, string>(read, {
    maxBatchSize: maxBatch,
    cacheKeyFn: (key) => (typeof key === 'string' ? key : JSON.stringify(key)),
  });
}

/** Creates a loader of rows by a unique key; an unknown key loads null. */
export function rowLoader<Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => unknown,
): DataLoader<string, Row | null> {
  return batchLoader(async (keys) => {
    const rows = new Map((await read(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

/** Called with the rows that a loader has read, and with null if a key has no row. */
export type OnRead<Row> = (row: Row | null) => void;

/** Options of a loader by column. */
export interface ColumnLoaderOptions<Row> {
  /** Restricts the rows. */
  where?: FindOptionsWhere<Row>;
  onRead?: OnRead<Row> | null;
}

/** Creates a loader of rows by a unique column; an unknown key loads null. */
export function columnLoader<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Row,
  column: keyof Row & string,
  { where = {}, onRead = null }: ColumnLoaderOptions<Row> = {},
): DataLoader<string, Row | null> {
  return rowLoader(
    async (keys) => {
      const rows = await manager.findBy(entity, { ...where, [column]: Any(keys) });
      if (onRead) {
        for (const row of rows) onRead(row);
        if (rows.length < keys.length) onRead(null);
      }
      return rows;
    },
    (row) => row[column],
  );
}

/**
 * Creates a loader of lists of rows, by the key that a row belongs to and in the order that `read` returns. `read`
 * bounds the number of rows.
 */
export function listLoader<Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => unknown,
): DataLoader<string, Row[]> {
  return batchLoader(async (keys) => {
    const lists = groupBy(await read(keys), keyOf);
    return keys.map((key) => lists.get(key) ?? []);
  });
}

/**
 * Creates a loader whose keys contain the arguments of a field: keys with equal `argumentsOf` share one `read`, which
 * returns the values in the order of these keys. An error of one `read` fails only its keys.
 */
export function argumentLoader<Key extends object, Arguments, Value>(
  argumentsOf: (key: Key) => Arguments,
  read: (arguments_: Arguments, keys: readonly Key[]) => Promise<readonly Value[]>,
): DataLoader<Key, Value, string> {
  return batchLoader(async (keys) => {
    const values = new Map<Key, Value | Error>();
    const groups = groupBy(keys, (key) => JSON.stringify(argumentsOf(key)));
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const [first] = group;
        if (!first) return;
        const found = await read(argumentsOf(first), group).catch(asError);
        for (const [index, key] of group.entries()) {
          values.set(key, found instanceof Error ? found : (found[index] as Value));
        }
      }),
    );
    return keys.map((key) => values.get(key) as Value | Error);
  });
}

/** A table as lists of rows, one for each value of a column of UUIDs. */
export interface GroupedRows<Row> {
  entity: new () => Row;
  /** The property that says to which list a row belongs. */
  group: keyof Row & string;
  /** The properties that order a list, none of them null, each row with a place of its own. */
  order: readonly (keyof Row & string)[];
}

/** A page of one of the lists. */
export type GroupPage = ListPage & { group: string };

/**
 * Creates a loader of pages of lists; pages with the same length and start share one statement, which reads no row
 * beyond them. `onRead` is called with the groups that a statement reads.
 */
export function pageLoader<Row extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  rows: GroupedRows<Row>,
  onRead: (groups: readonly string[]) => void = () => undefined,
): DataLoader<GroupPage, Row[], string> {
  return argumentLoader(
    ({ limit, after }: GroupPage): ListPage => ({ limit, after }),
    async (page, pages) => {
      const groups = pages.map(({ group }) => group);
      onRead(groups);
      const read = await readPages(manager, rows, groups, page);
      return groups.map((group) => read.get(group) ?? []);
    },
  );
}

async function readPages<Row extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  { entity, group, order }: GroupedRows<Row>,
  groups: readonly string[],
  { limit, after }: ListPage,
): Promise<Map<string, Row[]>> {
  const { tablePath: table, columns } = manager.dataSource.getMetadata(entity);
  const columnOf = (property: string): string => {
    const column = columns.find(({ propertyName }) => propertyName === property);
    if (!column) throw new Error(`${table} has no ${property}.`);
    return `"${column.databaseName}"`;
  };
  const groupColumn = columnOf(group);
  const orderColumns = order.map(columnOf);
  if (after !== null) {
    const known: unknown[] = await manager.query(
      `SELECT 1 FROM ${table} WHERE id = $1 AND ${groupColumn} = ANY($2::uuid[])`,
      [after, groups],
    );
    if (known.length === 0) throw unknownItem();
  }
  const placeOf = (alias: string): string => orderColumns.map((column) => `${alias}.${column}`).join(', ');
  const beyond =
    after === null
      ? ''
      : `AND (${placeOf('t')}) > (SELECT ${placeOf('a')} FROM ${table} a WHERE a.id = :after)`;
  const query = manager.createQueryBuilder(entity, 'r').where(
    `r.id IN (SELECT n.id FROM unnest(:groups::uuid[]) AS g (id) CROSS JOIN LATERAL (
         SELECT t.id FROM ${table} t WHERE t.${groupColumn} = g.id ${beyond} ORDER BY ${placeOf('t')} LIMIT :limit) n)`,
    { groups: [...new Set(groups)], limit, ...(after !== null && { after }) },
  );
  for (const property of order) query.addOrderBy(`r.${property}`);
  return groupBy(await query.getMany(), (row) => String(row[group]));
}
