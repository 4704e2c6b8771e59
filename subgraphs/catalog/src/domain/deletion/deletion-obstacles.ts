import type { EntityManager } from 'typeorm';

/** More are not counted. */
const mostCounted = 1_000;

/**
 * The reasons of catalog against the deletion of an account, for users: events and departures to come of which units are
 * sold.
 * @param partnerId UUID of the person's partner; null for somebody who does not sell
 */
export async function findObstacles(
  manager: EntityManager,
  partnerId: string | null,
  now: Date,
): Promise<string[]> {
  if (partnerId === null) return [];
  const [row]: { count: number }[] = await manager.query(
    `SELECT count(*)::int AS count FROM (
       SELECT FROM listing l JOIN offer o ON o.listing_id = l.id
       WHERE l.partner_id = $1 AND l.status IN ('PUBLISHED', 'ARCHIVED') AND o.sold > 0
         AND CASE l.kind WHEN 'EVENT' THEN coalesce(l.ends_at, l.starts_at) > $2 WHEN 'TOUR' THEN o.starts_at > $2 END
       LIMIT $3) AS live`,
    [partnerId, now, mostCounted],
  );
  const count = row?.count ?? 0;
  return count === 0
    ? []
    : [`Events and departures to come with sold units: ${count}. They must be over or canceled first.`];
}
