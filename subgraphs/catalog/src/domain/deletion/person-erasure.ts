import type { Outbox } from '@souk/shared/db/outbox';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { EntityManager } from 'typeorm';
import { groupBy } from '@souk/shared/group-by';
import { keysOf } from '../image/image-sizes.js';
import { lockSeats } from '../locks.js';
import { changeSeats } from '../seat/seat-assignment.js';

/**
 * Releases the seats that a person holds, and deletes the pictures that they uploaded. The collector deletes the files.
 * @param userId UUID
 */
export async function erasePerson(manager: EntityManager, outbox: Outbox, userId: string): Promise<void> {
  await manager.query('DELETE FROM idempotency_key WHERE caller = $1', [userId]);
  await deleteImages(manager, userId);
  await releaseSeats(manager, outbox, userId);
}

async function deleteImages(manager: EntityManager, userId: string): Promise<void> {
  const [gone]: [{ name: string | null; widths: number[] | null }[], number] = await manager.query(
    'DELETE FROM image WHERE uploaded_by = $1 RETURNING name, widths',
    [userId],
  );
  const files = gone.flatMap(({ name, widths }) =>
    name === null ? [] : [{ name, keys: keysOf({ name, widths: widths ?? [] }) }],
  );
  await manager.query(
    `INSERT INTO media_deletion (name, keys, due_at)
     SELECT name, ARRAY(SELECT jsonb_array_elements_text(keys)), now()
     FROM jsonb_to_recordset($1) AS d (name text, keys jsonb)`,
    [JSON.stringify(files)],
  );
}

async function releaseSeats(manager: EntityManager, outbox: Outbox, userId: string): Promise<void> {
  const held: { id: string; listingId: string }[] = await manager.query(
    `SELECT id, listing_id AS "listingId" FROM event_seat
     WHERE held_by = $1 AND status = 'HELD' AND saga_id IS NULL ORDER BY id`,
    [userId],
  );
  if (held.length === 0) return;
  const ids = held.map(({ id }) => id);
  await lockSeats(manager, ids);
  const released = new Set(
    await changeSeats(
      manager,
      `UPDATE event_seat SET status = 'AVAILABLE', held_by = NULL, held_until = NULL, held_from = NULL, last_holder = NULL
       WHERE id = ANY($1) AND held_by = $2 AND status = 'HELD' AND saga_id IS NULL
       RETURNING id, listing_id`,
      [ids, userId],
    ),
  );
  for (const [listingId, seats] of groupBy(held, (seat) => seat.listingId)) {
    const seatIds = seats.map(({ id }) => id).filter((id) => released.has(id));
    // One event has at most 100 seats.
    for (let from = 0; from < seatIds.length; from += 100)
      outbox.publish(catalogEvents.seatsReleased, listingId, {
        listingId,
        userId,
        seatIds: seatIds.slice(from, from + 100),
      });
  }
}
