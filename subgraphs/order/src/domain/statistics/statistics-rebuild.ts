import type { EntityManager } from 'typeorm';
import type { Database } from '@souk/shared/db/database';
import { addDeltas, figureColumns, figureTables } from './figure-totals.js';
import { fold } from './statistics-fold.js';
import { lockStatistics, tryLockStatistics } from './statistics-lock.js';

/** Orders of one chunk, which is one transaction. */
const defaultChunkOrders = 10_000;
const deleteBatch = 10_000;
/** Sort before and after every id. */
const [firstId, lastId] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/** State of a rebuild after one step: another transaction is at it, there is no rebuild, or it goes on or has ended. */
export type RebuildStep = 'busy' | 'none' | 'continues' | 'ended';

/**
 * Begins to make all figures anew from orders, lines, tokens and sagas, unless that is going on already. The steps can be
 * done by any process: order's worker does them, so that a rebuild ends whatever becomes of the caller.
 */
export async function beginRebuild(database: Database): Promise<void> {
  await deleteFormerGenerations(database);
  await database.transact(async (manager) => {
    const { generation, rebuilding } = await lockStatistics(manager);
    if (rebuilding !== null) return;
    // Deltas restored from a backup have numbers of transactions of another server, which no snapshot can be compared with.
    while (await fold(manager));
    await manager.query('UPDATE statistics_state SET rebuilding = $1, rebuilt_to = NULL', [generation + 1]);
  });
}

/**
 * Does one step of a rebuild: counts a chunk of orders, or replaces the figures by the new ones. Changes of orders go on
 * meanwhile. Each chunk has a snapshot of its own: deltas of its orders by transactions that the snapshot sees are in the
 * chunk and end with the rebuild; the others stay to be folded.
 */
export async function rebuildStep(
  database: Database,
  { chunkOrders = defaultChunkOrders }: { chunkOrders?: number } = {},
): Promise<RebuildStep> {
  const step = await database.transact(async (manager): Promise<RebuildStep> => {
    const state = await tryLockStatistics(manager);
    if (!state) return 'busy';
    if (state.rebuilding === null) return 'none';
    if (state.rebuiltTo === lastId) {
      await endRebuild(manager, state.generation, state.rebuilding);
      return 'ended';
    }
    await countChunk(manager, {
      after: state.rebuiltTo ?? firstId,
      chunkOrders,
      generation: state.rebuilding,
    });
    return 'continues';
  });
  if (step === 'ended') await deleteFormerGenerations(database);
  return step;
}

const day = `(o.placed_at AT TIME ZONE 'UTC')::date`;
const ended = `s.definition = 'checkout' AND s.status IN ('COMPLETED', 'FAILED')`;

const countSql = `
  WITH orders AS MATERIALIZED (
    SELECT o.*, ${day} AS day FROM customer_order o WHERE o.id > $1 AND o.id <= $2
  ), order_deltas AS (
    SELECT false AS removed, day, customer_id AS user_id, currency, 1 AS placed, (status = 'COMPLETED')::int AS completed,
      (status = 'CANCELLED')::int AS cancelled, CASE WHEN paid_at IS NULL THEN 0 ELSE total_amount END AS gross,
      CASE WHEN paid_at IS NULL THEN 0 ELSE refunded_amount END AS refunded
    FROM orders
  ), line_deltas AS (
    SELECT false AS removed, o.day, o.customer_id AS user_id, f.*, 0 AS valid, 0 AS redeemed
    FROM orders o CROSS JOIN LATERAL line_figures(ARRAY(SELECT l FROM order_line l WHERE l.order_id = o.id), o.status,
      o.paid_at, o.refunded_amount) AS f
    UNION ALL
    SELECT false, o.day, o.customer_id, l.listing_id, l.partner_id, l.currency, 0, 0, 0, 0, 0,
      (t.status <> 'REVOKED')::int, (t.status = 'REDEEMED')::int
    FROM orders o JOIN purchase_token t ON t.order_id = o.id JOIN order_line l ON l.id = t.line_id
  ), checkout_deltas AS (
    SELECT false AS removed, f.day, f.bucket, f.step, f.code, 1 AS checkouts
    FROM orders o JOIN saga s ON s.id = o.checkout_id CROSS JOIN LATERAL checkout_figures(s) AS f
    WHERE ${ended}
  ), chunk AS (
    INSERT INTO statistics_chunk (up_to, snapshot) VALUES ($2, pg_current_snapshot())
  ), state AS (
    UPDATE statistics_state SET rebuilt_to = $2
  ), ${addDeltas('$3::int')}
  SELECT 1`;

async function countChunk(
  manager: EntityManager,
  { after, chunkOrders, generation }: { after: string; chunkOrders: number; generation: number },
): Promise<void> {
  const [last]: { id: string }[] = await manager.query(
    'SELECT id FROM customer_order WHERE id > $1 ORDER BY id OFFSET $2 LIMIT 1',
    [after, chunkOrders - 1],
  );
  await manager.query(countSql, [after, last?.id ?? lastId, generation]);
}

async function endRebuild(manager: EntityManager, former: number, generation: number): Promise<void> {
  for (const table of ['order_delta', 'line_delta', 'checkout_delta']) {
    await manager.query(
      `DELETE FROM ${table} d WHERE NOT d.removed AND pg_visible_in_snapshot(d.changed_in, (
         SELECT c.snapshot FROM statistics_chunk c WHERE c.up_to >= d.order_id ORDER BY c.up_to LIMIT 1))`,
    );
  }
  // Rows that were deleted cannot be counted again.
  for (const [table, columns] of figureColumns) {
    await manager.query(
      `INSERT INTO ${table} (generation, ${columns.join(', ')})
       SELECT $2, ${columns.join(', ')} FROM ${table} WHERE generation = $1 AND removed`,
      [former, generation],
    );
  }
  await manager.query('DELETE FROM statistics_chunk');
  await manager.query(
    'UPDATE statistics_state SET generation = rebuilding, complete = true, rebuilding = NULL, rebuilt_to = NULL',
  );
}

async function deleteFormerGenerations({ reader }: Database): Promise<void> {
  for (const table of figureTables) {
    for (let deleted = deleteBatch; deleted === deleteBatch;) {
      const [, count]: [unknown, number] = await reader.query(
        `DELETE FROM ${table} WHERE ctid IN (
           SELECT f.ctid FROM ${table} f, statistics_state s
           WHERE f.generation < s.generation LIMIT ${deleteBatch})`,
      );
      deleted = count;
    }
  }
}
