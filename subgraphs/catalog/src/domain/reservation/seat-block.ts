import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { toApiId } from '@souk/shared/ids';
import { EventSeatEntity } from '../../entities/event-seat.js';
import { In } from 'typeorm';
import { lockSeats } from '../locks.js';
import { requireOwned } from '../permissions.js';
import { changeSeats, freeSeats, seatsUnavailable } from '../seat/seat-assignment.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { byListing, readNamed, seatIdsField } from './named-seats.js';

/**
 * Blocks seats of the seller's own event, or unblocks them, all or none. Returns their ids.
 * @throws Rejection NOT_FOUND, NOT_OWNER, SEAT_UNAVAILABLE (a seat to block is held or sold)
 */
export async function blockSeats(
  { manager, outbox, seller }: SellerTransaction,
  apiIds: readonly string[],
  blocked: boolean,
): Promise<string[]> {
  const named = await readNamed(manager, seller, apiIds);
  for (const listing of named.listings.values()) requireOwned(seller, listing, 'seat', seatIdsField);
  const ids = named.seats.map((seat) => seat.id).sort();
  await lockSeats(manager, ids);
  if (!blocked) {
    const unblocked = await freeSeats(
      manager,
      `UPDATE event_seat SET status = 'AVAILABLE' WHERE id = ANY($1) AND status = 'BLOCKED'
       RETURNING id, listing_id`,
      [ids],
    );
    for (const seats of byListing(named, unblocked)) {
      outbox.publish(catalogEvents.seatsUnblocked, seats.listingId, seats);
      recordBlock(outbox, seats, false);
    }
    return ids;
  }
  const newlyBlocked = await changeSeats(
    manager,
    `UPDATE event_seat SET status = 'BLOCKED', held_by = NULL, held_until = NULL, held_from = NULL, saga_id = NULL
     WHERE id = ANY($1) AND (status = 'AVAILABLE' OR status = 'HELD' AND held_until <= now())
     RETURNING id, listing_id`,
    [ids],
  );
  const done = new Set(newlyBlocked);
  const others = ids.filter((id) => !done.has(id));
  const blockedBefore = await manager.findBy(EventSeatEntity, { id: In(others), status: 'BLOCKED' });
  for (const { id } of blockedBefore) done.add(id);
  const missed = others.filter((id) => !done.has(id));
  if (missed.length > 0) throw seatsUnavailable(missed, seatIdsField);
  for (const seats of byListing(named, newlyBlocked)) {
    outbox.publish(catalogEvents.seatsBlocked, seats.listingId, seats);
    recordBlock(outbox, seats, true);
  }
  return ids;
}

function recordBlock(
  outbox: Outbox,
  { listingId, seatIds }: { listingId: string; seatIds: readonly string[] },
  blocked: boolean,
): void {
  const seats = seatIds.map((id) => toApiId('seat', id));
  recordAction(outbox, 'BLOCK_SEATS', listingId, {
    before: { seats, blocked: !blocked },
    after: { seats, blocked },
  });
}
