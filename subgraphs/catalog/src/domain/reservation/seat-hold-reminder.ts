import { runBatches } from '@souk/shared/async/batches';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import { groupBy } from '@souk/shared/group-by';
import type { EntityManager } from 'typeorm';

const minuteMs = 60_000;
/** Time before the end of a hold at which its holder is reminded. */
const leadMs = 3 * minuteMs;
/** A hold that is younger needs no reminder. */
const youngMs = minuteMs;
const batch = { size: 200, most: 50 };

/**
 * SQL that marks seats whose hold ends soon, exported for the query plan test. Guests have nobody to remind: their holds have
 * the digest of a cart, a UUID of version 8, as holder.
 */
export const endingHoldsSql = `
  WITH ending AS (
    SELECT id FROM event_seat
    WHERE status = 'HELD' AND saga_id IS NULL AND held_until > $1 AND held_until <= $2
      AND reminded_of IS DISTINCT FROM held_until AND held_since <= $3 AND uuid_extract_version(held_by) <> 8
    ORDER BY held_until LIMIT ${batch.size} FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE event_seat s SET reminded_of = s.held_until FROM ending WHERE s.id = ending.id
  RETURNING s.id, s.listing_id, s.held_by, s.held_until`;

/**
 * Publishes seatHoldEnding for users whose holds of seats outside of checkouts end within three minutes: once for each end of a
 * hold. Returns the number of marked seats.
 */
export function remindOfHolds(database: Database, now: Date): Promise<number> {
  return runBatches(batch, async () => ({
    taken: await database.transact((manager, outbox) => remindBatch(manager, outbox, now)),
  }));
}

async function remindBatch(manager: EntityManager, outbox: Outbox, now: Date): Promise<number> {
  const [seats]: [{ id: string; listing_id: string; held_by: string; held_until: Date }[], number] =
    await manager.query(endingHoldsSql, [
      now,
      new Date(now.getTime() + leadMs),
      new Date(now.getTime() - youngMs),
    ]);
  if (seats.length === 0) return 0;
  const listings: { id: string; title: string }[] = await manager.query(
    'SELECT id, title FROM listing WHERE id = ANY($1)',
    [[...new Set(seats.map((seat) => seat.listing_id))]],
  );
  const titles = new Map(listings.map(({ id, title }) => [id, title]));
  for (const held of groupBy(seats, (seat) => `${seat.listing_id} ${seat.held_by}`).values()) {
    const [first] = held;
    const title = first && titles.get(first.listing_id);
    if (!first || title === undefined) continue;
    outbox.publish(catalogEvents.seatHoldEnding, first.listing_id, {
      listingId: first.listing_id,
      title,
      userId: first.held_by,
      seatIds: held.map(({ id }) => id).sort(),
      heldUntil: new Date(Math.min(...held.map((seat) => seat.held_until.getTime()))).toISOString(),
    });
  }
  return seats.length;
}
