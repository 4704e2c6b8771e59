import type { EntityManager } from 'typeorm';

/** So long after its hold ended a reservation that came to nothing is there; order's checkouts end after as long. */
const days = 90;
const dayMs = 86_400_000;
const batch = 1_000;

/**
 * Removes reservations that were released or have expired so long ago that their checkouts have ended. What was sold, or
 * came back, stays. A checkout that comes all the same is told that nothing is held for it. Returns how many.
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
