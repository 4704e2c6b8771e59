import { Rejection } from '@souk/shared/errors';
import { groupBy } from '@souk/shared/group-by';
import type { EntityManager } from 'typeorm';
import type { EventSeatEntity } from '../../entities/event-seat.js';
import { lockNetwork } from '../locks.js';
import type { LimitedOffer } from '../offer/quote.js';
import type { SeatHolder } from '../seat/seat-assignment.js';
import { holderIds } from '../seat/seat-assignment.js';
import type { CatalogSettings } from '../settings.js';

/** Settings that limit how many seats are held without a checkout. */
export type HoldLimits = Pick<CatalogSettings, 'holdMaxSeats' | 'holdersPerNetwork'>;

type WantedSeat = Pick<EventSeatEntity, 'id' | 'offerId' | 'listingId'>;

/**
 * SQL that counts a buyer's unpaid seats of events besides the given ones, exported for the query plan test. Seats of
 * their checkouts count too.
 */
export const buyerHoldsSql = `
  SELECT listing_id AS "listingId", count(*)::int AS held FROM event_seat
  WHERE held_by = ANY($1) AND listing_id = ANY($2) AND status = 'HELD' AND held_until > now() AND id <> ALL($3)
  GROUP BY listing_id`;

/** SQL that counts the manual holds of a network besides the given seats, exported for the query plan test. */
export const networkHoldsSql = `
  SELECT listing_id AS "listingId", offer_id AS "offerId", count(*)::int AS held FROM event_seat
  WHERE held_from = $1 AND listing_id = ANY($2) AND status = 'HELD' AND saga_id IS NULL AND held_until > now()
    AND id <> ALL($3)
  GROUP BY listing_id, offer_id`;

/**
 * Checks that a buyer, who is locked, holds no more seats of an event than allowed, and their network no more seats of an
 * offer and of an event, exactly across processes. Accounts cost nothing, so the limit per buyer does not keep one person
 * from holding every seat. A checkout needs no hold and is not limited by network.
 * @param holder a null network has no limit
 * @throws Rejection TOO_MANY_HOLDS
 */
export async function checkHoldLimits(
  manager: EntityManager,
  holder: SeatHolder,
  seats: readonly WantedSeat[],
  offers: ReadonlyMap<string, LimitedOffer>,
  { holdMaxSeats, holdersPerNetwork }: HoldLimits,
): Promise<void> {
  const listingIds = [...new Set(seats.map(({ listingId }) => listingId))];
  const ids = seats.map(({ id }) => id);
  const own: Count[] = await manager.query(buyerHoldsSql, [holderIds(holder), listingIds, ids]);
  for (const [listingId, wanted] of groupBy(seats, (seat) => seat.listingId)) {
    const held = sumOf(own.filter((count) => count.listingId === listingId));
    if (held + wanted.length > holdMaxSeats)
      throw tooManyHolds(`You can hold at most ${holdMaxSeats} seats of an event.`, holdMaxSeats, held);
  }
  if (holder.network === null) return;
  await lockNetwork(manager, holder.network);
  const ofNetwork: Count[] = await manager.query(networkHoldsSql, [holder.network, listingIds, ids]);
  for (const { id, title, maximum } of offers.values()) {
    const held = sumOf(ofNetwork.filter(({ offerId }) => offerId === id));
    const wanted = seats.filter(({ offerId }) => offerId === id).length;
    requireNetworkLimit(title, holdersPerNetwork * maximum, held, wanted);
  }
  for (const [listingId, wanted] of groupBy(seats, (seat) => seat.listingId)) {
    const held = sumOf(ofNetwork.filter((count) => count.listingId === listingId));
    requireNetworkLimit('the event', holdersPerNetwork * holdMaxSeats, held, wanted.length);
  }
}

interface Count {
  listingId: string;
  /** Only where it is counted by offer. */
  offerId?: string;
  held: number;
}

function sumOf(counts: readonly Count[]): number {
  return counts.reduce((sum, { held }) => sum + held, 0);
}

function requireNetworkLimit(title: string, maximum: number, held: number, wanted: number): void {
  if (held + wanted <= maximum) return;
  throw tooManyHolds(
    `Too many seats of ${title} are held from your network. You can buy them without a hold, or try again later.`,
    maximum,
    held,
  );
}

function tooManyHolds(message: string, maximum: number, held: number): Rejection {
  return new Rejection('TOO_MANY_HOLDS', message, {
    field: ['seatIds'],
    typename: 'TooManyHoldsError',
    details: { maximum, held },
  });
}
