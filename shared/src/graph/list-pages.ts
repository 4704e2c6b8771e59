import DataLoader from 'dataloader';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { asError } from '../errors.js';
import type { IdType } from '../ids.js';
import { fromApiId } from '../ids.js';
import { graphError } from './errors.js';
import { readLimit } from './pagination.js';

/** A part of a plain list: up to `limit` items that follow the one with the id `after`, or the first. */
export interface ListPage {
  limit: number;
  /** As the database has it. */
  after: string | null;
}

/** The length of a page: what a list gives where `first` is left out or null, and what it may be at most. */
export interface PageSize {
  byDefault: number;
  max: number;
}

/** Reads `first` and `after` of a plain list of items with ids of a type. @throws GraphQLError BAD_USER_INPUT */
export function readListPage(
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
  size: PageSize,
  type: IdType,
): ListPage {
  const limit = readLimit(first, 'first', size.byDefault, size.max);
  if (after === null || after === undefined) return { limit, after: null };
  const id = fromApiId(type, after);
  if (id === null) throw unknownItem();
  return { limit, after: id };
}

/** The items of a list in memory that a page holds. @throws GraphQLError BAD_USER_INPUT for an unknown `after` */
export function pageOf<Item>(
  items: readonly Item[],
  { limit, after }: ListPage,
  idOf: (item: Item) => string,
): Item[] {
  if (after === null) return items.slice(0, limit);
  const index = items.findIndex((item) => idOf(item) === after);
  if (index < 0) throw unknownItem();
  return items.slice(index + 1, index + 1 + limit);
}

/** The error for an `after` that names no item of the list. */
export function unknownItem(): Error {
  return graphError('BAD_USER_INPUT', 'after is not the id of an item of this list.', { argument: 'after' });
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

/** Loads pages of lists; pages with the same length and start share one statement, which reads no row beyond them. */
export function pageLoader<Row extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  rows: GroupedRows<Row>,
  onRead: (groups: readonly string[]) => void = () => undefined,
): DataLoader<GroupPage, Row[], string> {
  return new DataLoader<GroupPage, Row[], string>(
    async (pages) => {
      const alike = groupBy(pages, ({ limit, after }) => `${limit} ${after ?? ''}`);
      const found = new Map<GroupPage, Row[] | Error>();
      await Promise.all(
        [...alike.values()].map(async (same) => {
          const [page] = same;
          if (!page) return;
          const groups = same.map(({ group }) => group);
          onRead(groups);
          const read = await readPages(manager, rows, groups, page).catch(asError);
          for (const each of same) {
            found.set(each, read instanceof Error ? read : (read.get(each.group) ?? []));
          }
        }),
      );
      return pages.map((page) => found.get(page) ?? []);
    },
    { cacheKeyFn: ({ group, limit, after }) => `${group} ${limit} ${after ?? ''}` },
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

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
