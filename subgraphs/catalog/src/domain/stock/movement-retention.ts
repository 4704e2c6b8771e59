import type { EntityManager } from 'typeorm';

/** Retention of movements. A year and a month, so that each month can be compared with that of the year before. */
const days = 400;
const dayMs = 86_400_000;
const batch = 1_000;

/**
 * SQL of `condenseMovements`, exported for the query plan test. One statement, so that the sum of an offer's movements is
 * its stock at every moment.
 */
export const condenseSql = `
  WITH old AS (
    DELETE FROM stock_movement WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM stock_movement WHERE created_at < $1 AND kind <> 'OPENING'
      LIMIT ${batch} FOR UPDATE SKIP LOCKED))
    RETURNING offer_id, on_hand, reserved
  ), opened AS (
    INSERT INTO stock_movement AS m (offer_id, id, kind, on_hand, reserved, created_at)
    SELECT offer_id, offer_id, 'OPENING', sum(on_hand), sum(reserved), $1 FROM old GROUP BY offer_id ORDER BY offer_id
    ON CONFLICT (offer_id, id) DO UPDATE
      SET on_hand = m.on_hand + excluded.on_hand, reserved = m.reserved + excluded.reserved,
        created_at = excluded.created_at
  )
  SELECT count(*)::int AS count FROM old`;

/**
 * Condenses the old movements of each offer into its opening movement, so that their number is bounded by the sales of
 * `days`, and their sum stays. Returns the number of removed movements.
 */
export async function condenseMovements(manager: EntityManager, now: Date): Promise<number> {
  for (let removed = 0; ;) {
    const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(condenseSql, [
      new Date(now.getTime() - days * dayMs),
    ]);
    removed += count;
    if (count < batch) return removed;
  }
}
