import type { EntityManager } from 'typeorm';
import type { Conditions } from './listing-conditions.js';

/** The planner's estimate of how many listings fulfil the conditions. It plans, and reads no listing. */
export async function estimateRows(manager: EntityManager, conditions: Conditions): Promise<number> {
  const [row]: { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[] = await manager.query(
    `EXPLAIN (FORMAT JSON) SELECT FROM search_listing s WHERE ${conditions.whereMatching}`,
    conditions.parameters,
  );
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
