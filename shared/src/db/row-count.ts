import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Number of rows: exact, or the planner's estimate. */
export interface RowCount {
  count: number;
  isEstimate: boolean;
}

/** The largest number that is counted; an estimate is larger. */
export const maxExactCount = 10_000;
/** The largest Int of GraphQL. */
const maxCount = 2 ** 31 - 1;

/**
 * Counts the rows of a statement up to `maxExactCount`; of more, it returns the planner's estimate, so that a count
 * never reads a whole table.
 * @param sql a SELECT without ORDER BY and LIMIT
 */
export async function countRows(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<RowCount> {
  const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(
    `SELECT count(*)::int AS count FROM (${sql} LIMIT ${maxExactCount + 1}) AS counted`,
    [...parameters],
  );
  return count > maxExactCount ? estimateRows(manager, sql, parameters) : exactCount(count);
}

/** Counts the rows that a query builder matches, as `countRows` does. */
export function countMatches<Entity extends ObjectLiteral>(
  manager: EntityManager,
  query: SelectQueryBuilder<Entity>,
): Promise<RowCount> {
  const [sql, parameters] = query.clone().select('1').getQueryAndParameters();
  return countRows(manager, sql, parameters);
}

/**
 * Counts the rows of each key as `countRows` does, all in one statement.
 * @param rowsOf the SELECT of one key's rows; takes the SQL expression of the key, a UUID
 * @param parameters those that the SELECT names $2 and so on
 */
export async function countRowsByKey(
  manager: EntityManager,
  rowsOf: (key: string) => string,
  keys: readonly string[],
  parameters: readonly unknown[],
): Promise<RowCount[]> {
  const rows: { count: number }[] = await manager.query(
    `SELECT (SELECT count(*)::int FROM (${rowsOf('k.key')} LIMIT ${maxExactCount + 1}) AS counted) AS count
     FROM unnest($1::uuid[]) WITH ORDINALITY AS k (key, n) ORDER BY k.n`,
    [[...keys], ...parameters],
  );
  return Promise.all(
    keys.map(async (key, index) => {
      const count = rows[index]?.count ?? 0;
      return count > maxExactCount
        ? estimateRows(manager, rowsOf('$1::uuid'), [key, ...parameters])
        : exactCount(count);
    }),
  );
}

/** The planner's estimate of a statement's rows, for one that is known to have more than `maxExactCount`. */
async function estimateRows(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<RowCount> {
  const [row]: { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[] = await manager.query(
    `EXPLAIN (FORMAT JSON) ${sql}`,
    [...parameters],
  );
  const planned = row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  return { count: Math.min(Math.max(planned, maxExactCount + 1), maxCount), isEstimate: true };
}

/** A number that is exact. */
export function exactCount(count: number): RowCount {
  return { count, isEstimate: false };
}
