import { runBatches } from '@souk/shared/async/batches';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import { instantOfWallClock, wallClockOf } from '@souk/shared/wall-clock';
import type { EntityManager } from 'typeorm';

const dayMs = 86_400_000;
/** A day has at most so many hours where clocks are set back; every start that may be due lies within them. */
const longestDayMs = 26 * 3_600_000;
const batch = { size: 200, most: 50 };

/** An event, or a departure of a tour. */
interface Start {
  /** UUID of the event or of the departure's offer. */
  subjectId: string;
  listingId: string;
  /** Null for an event. */
  offerId: string | null;
  title: string;
  startsAt: Date;
  /** IANA name; null if it is unknown. */
  timeZone: string | null;
}

/**
 * SQL of events and departures that start soon and were not announced yet, the earliest first; exported for the query plan
 * test. Those taken from sale take place all the same for people with tokens.
 */
export const soonStartsSql = `
  SELECT l.id AS "subjectId", l.id AS "listingId", NULL::uuid AS "offerId", l.title, l.starts_at AS "startsAt",
    v.time_zone AS "timeZone"
  FROM listing l LEFT JOIN venue v ON v.id = l.venue_id LEFT JOIN start_reminder r ON r.subject_id = l.id
  WHERE l.starts_at > $1 AND l.starts_at <= $2 AND l.status IN ('PUBLISHED', 'ARCHIVED')
    AND r.starts_at IS DISTINCT FROM l.starts_at
  UNION ALL
  SELECT o.id, l.id, o.id, l.title, o.starts_at, l.time_zone
  FROM offer o JOIN listing l ON l.id = o.listing_id LEFT JOIN start_reminder r ON r.subject_id = o.id
  WHERE o.starts_at > $1 AND o.starts_at <= $2 AND l.status IN ('PUBLISHED', 'ARCHIVED')
    AND r.starts_at IS DISTINCT FROM o.starts_at
  ORDER BY "startsAt" LIMIT $3`;

/**
 * Publishes startApproaching for events and departures a day before they start, by the clocks at their place: once for each
 * start, and again when it is moved. Returns the number of published starts.
 */
export async function announceStarts(database: Database, now: Date): Promise<number> {
  const published = await runBatches(batch, async () => ({
    taken: await database.transact((manager, outbox) => announceBatch(manager, outbox, now)),
  }));
  await deleteInBatches(
    database.reader,
    `DELETE FROM start_reminder WHERE subject_id IN (
       SELECT subject_id FROM start_reminder WHERE starts_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - dayMs)],
  );
  return published;
}

async function announceBatch(manager: EntityManager, outbox: Outbox, now: Date): Promise<number> {
  const soon: Start[] = await manager.query(soonStartsSql, [
    now,
    new Date(now.getTime() + longestDayMs),
    batch.size,
  ]);
  const due = soon
    .filter((start) => dayBefore(start) <= now)
    .sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1));
  // Of processes that do this at the same time, one writes the row.
  const marked: { subject_id: string }[] = await manager.query(
    `INSERT INTO start_reminder AS r (subject_id, starts_at)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[])
     ON CONFLICT (subject_id) DO UPDATE SET starts_at = excluded.starts_at
       WHERE r.starts_at <> excluded.starts_at
     RETURNING subject_id`,
    [due.map(({ subjectId }) => subjectId), due.map(({ startsAt }) => startsAt)],
  );
  const own = new Set(marked.map((row) => row.subject_id));
  for (const { subjectId, listingId, offerId, title, startsAt, timeZone } of due) {
    if (!own.has(subjectId)) continue;
    const start = { listingId, offerId, title, startsAt: startsAt.toISOString(), timeZone };
    outbox.publish(catalogEvents.startApproaching, listingId, start);
  }
  return due.length;
}

/** The same time of the day before, as clocks at the place show it. */
function dayBefore({ startsAt, timeZone }: Pick<Start, 'startsAt' | 'timeZone'>): Date {
  try {
    const zone = timeZone ?? 'UTC';
    return instantOfWallClock(wallClockOf(startsAt, zone) - dayMs, zone);
  } catch {
    // A zone that this engine does not know.
    return new Date(startsAt.getTime() - dayMs);
  }
}
