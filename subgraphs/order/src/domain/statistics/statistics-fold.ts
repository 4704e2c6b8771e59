import type { EntityManager } from 'typeorm';
import type { Database } from '@souk/shared/db/database';
import { addDeltas } from './figure-totals.js';
import { tryLockStatistics } from './statistics-lock.js';

/** Deltas of each table in one transaction. */
const batch = 5_000;

const taken = (table: string): string => `
  DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} ORDER BY id LIMIT ${batch}) RETURNING *`;

const foldSql = `
  WITH current AS (SELECT generation FROM statistics_state),
  order_deltas AS (${taken('order_delta')}),
  line_deltas AS (${taken('line_delta')}),
  checkout_deltas AS (${taken('checkout_delta')}),
  ${addDeltas('(SELECT generation FROM current)')}
  SELECT greatest((SELECT count(*) FROM order_deltas), (SELECT count(*) FROM line_deltas),
    (SELECT count(*) FROM checkout_deltas))::int AS most`;

/**
 * Adds the deltas that triggers appended to the figures, and deletes them, in batches. Readers add what is left to the
 * figures, so that nobody sees when a delta is folded. Does nothing while another process folds or a rebuild runs: its
 * deltas must stay until it ends.
 */
export async function foldStatistics(database: Database): Promise<void> {
  while (await database.transact(foldBatch));
}

/** Returns whether there may be more. */
async function foldBatch(manager: EntityManager): Promise<boolean> {
  const state = await tryLockStatistics(manager);
  if (state?.rebuilding !== null || !(await hasDeltas(manager))) return false;
  return fold(manager);
}

/** Folds one batch; the caller holds the lock. Returns whether there may be more. */
export async function fold(manager: EntityManager): Promise<boolean> {
  const [row]: { most: number }[] = await manager.query(foldSql);
  return row?.most === batch;
}

/** An idle Souk writes nothing. */
async function hasDeltas(manager: EntityManager): Promise<boolean> {
  const [row]: { some: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM order_delta) OR EXISTS (SELECT FROM line_delta)
       OR EXISTS (SELECT FROM checkout_delta) AS some`,
  );
  return row?.some ?? false;
}
