import type { EntityManager } from 'typeorm';

/** Retention of reservations after their hold ended; order ends its checkouts within the same time. */
const days = 90;
const dayMs = 86_400_000;
const batch = 1_000;

/**
 * Deletes released and expired reservations whose checkouts have ended. Sold and returned ones stay. A late
 * command of such a checkout gets CONFLICT. Returns the number of deleted rows.
 */
export async function removeEndedReservations(manager: EntityManager, now: Date): Promise<number> {
  for (let removed = 0; ;) {
    const [, count]: [unknown, number] = await manager.query(
      `DELETE FROM reservation WHERE (saga_id, line_id) IN (
         SELECT saga_id, line_id FROM reservation
         WHERE status IN ('RELEASED', 'EXPIRED') AND expires_at < $1
         ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - days * dayMs)],
    );
    removed += count;
    if (count < batch) return removed;
  }
}
