import type { EntityManager } from 'typeorm';
import type { Json } from '../errors.js';

/** The person whose data are exported. */
export interface ExportedPerson {
  /** UUID. */
  userId: string;
  /** UUID of their partner; null for somebody who does not sell. */
  partnerId: string | null;
}

/** A list of records about a person, such as their addresses. */
export interface ExportedRecords {
  name: string;
  records: AsyncIterable<Json>;
}

/**
 * The contract of each subgraph with the export: all that it stores about a person, without secrets and hashes of them.
 * Lists are read one after the other, each to its end, in a transaction that sees one state.
 */
export type ExportPerson = (manager: EntityManager, person: ExportedPerson) => Iterable<ExportedRecords>;

const fetchSize = 500;

/**
 * Reads the rows of a query as records, in batches of a cursor, so that memory does not grow with their number. Names of
 * columns become camel case.
 * @param sql takes the user as $1 and the partner as $2, both cast to uuid where the type does not follow
 */
export async function* readRecords(
  manager: EntityManager,
  sql: string,
  { userId, partnerId }: ExportedPerson,
): AsyncGenerator<Json> {
  await manager.query(
    `DECLARE exported NO SCROLL CURSOR FOR
     SELECT row_to_json(r) AS record FROM (${sql}) AS r CROSS JOIN (SELECT $1::uuid, $2::uuid) AS typed`,
    [userId, partnerId],
  );
  for (;;) {
    const rows: { record: Record<string, Json> }[] = await manager.query(`FETCH ${fetchSize} FROM exported`);
    for (const { record } of rows) yield withCamelCase(record);
    if (rows.length < fetchSize) break;
  }
  await manager.query('CLOSE exported');
}

/** Lists of records by their names and queries. */
export function recordsOf(queries: Readonly<Record<string, string>>): ExportPerson {
  return (manager, person) =>
    Object.entries(queries).map(([name, sql]) => ({ name, records: readRecords(manager, sql, person) }));
}

function withCamelCase(record: Record<string, Json>): Json {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
