import { catalogEvents } from '@souk/shared/contracts/catalog';
import { Rejection, Rejections } from '@souk/shared/errors';
import { groupBy } from '@souk/shared/group-by';
import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { StoredSeatStatus } from '../../entities/event-seat.js';
import { EventSeatEntity } from '../../entities/event-seat.js';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { isOnSale } from '../availability.js';
import type { HoldTerms } from './hold-duration.js';
import { holdContinuationCutoff, holdDeadlines } from './hold-duration.js';
import { lockSeats } from '../locks.js';
import type { NetworkTerms } from './network-holds.js';
import { checkNetworkHolds } from './network-holds.js';
import { limitedOffer } from '../offer/quote.js';
import type { Seller } from '../permissions.js';
import { canSee, requireOwned } from '../permissions.js';
import { changeSeats, assignSeats, seatsUnavailable } from '../seat/seat-assignment.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { validateAllocations } from '../stock/stock-allocation.js';
import { UnpaidUnits } from '../stock/unpaid-units.js';

/** Returns a seat's status. An expired hold counts as free even before the sweep has released it. */
export function seatStatus(seat: Pick<EventSeatEntity, 'status' | 'heldUntil'>, now: Date): StoredSeatStatus {
  return seat.status === 'HELD' && (seat.heldUntil === null || seat.heldUntil <= now)
    ? 'AVAILABLE'
    : seat.status;
}

const maxSeats = 100;
const field = ['seatIds'];

/** Seats that a mutation names, with their offers and listings. */
interface NamedSeats {
  seats: EventSeatEntity[];
  /** Index of each seat in the argument. */
  indexOf: ReadonlyMap<string, number>;
  offers: ReadonlyMap<string, OfferEntity>;
  listings: ReadonlyMap<string, ListingEntity>;
}

/** Held seats. */
export interface HeldSeats {
  ids: string[];
  /** Earliest end of their holds. */
  heldUntil: Date;
}

/**
 * Holds seats for a buyer, all or none. Seats that they already hold are extended, up to the total limit.
 * Manual holds and unpaid checkouts together never exceed the maximum of one order.
 * @throws Rejection(s) NOT_FOUND, INVALID (not on sale, too many), SEAT_UNAVAILABLE (taken, or held for the
 * total limit), MAX_PER_ORDER, TOO_MANY_HOLDS
 */
export async function holdSeats(
  { manager, outbox }: Pick<SellerTransaction, 'manager' | 'outbox'>,
  buyer: { userId: string; seller: Seller | null; network: string },
  apiIds: readonly string[],
  terms: HoldTerms & NetworkTerms,
  now: Date,
): Promise<HeldSeats> {
  const named = await readNamed(manager, buyer.seller, apiIds);
  requireOnSale(named, now);
  const { userId } = buyer;
  const holder = { userId, sagaId: null, network: terms.holdersPerNetwork === 0 ? null : buyer.network };
  const claim = { holder, units: new Map<string, number>(), seats: named.seats };
  const limits = limitsOf(named);
  const limit = await UnpaidUnits.lock(manager, [claim], limits);
  await checkNetworkHolds(manager, holder.network, named.seats, limits, terms);
  const [refusal] = await validateAllocations(manager, [claim], { limit });
  if (refusal) throw withField(refusal);
  const ids = named.seats.map(({ id }) => id);
  const deadlines = await holdDeadlines(manager, userId, ids, terms, now);
  await assignSeats(
    manager,
    [...deadlines].map(([id, heldUntil]) => ({ id, holder, heldUntil })),
    holdContinuationCutoff(terms, now),
  );
  const heldUntil = new Date(Math.min(...[...deadlines.values()].map((end) => end.getTime())));
  for (const held of byListing(named, ids))
    outbox.publish(catalogEvents.seatsHeld, held.listingId, {
      ...held,
      userId,
      heldUntil: heldUntil.toISOString(),
    });
  return { ids, heldUntil };
}

/**
 * Releases seats that the buyer holds manually, all or none. Returns their ids.
 * @throws Rejection NOT_FOUND, NOT_OWNER (another buyer's), SEAT_UNAVAILABLE (sold, blocked, or in a
 * checkout)
 */
export async function releaseSeats(
  { manager, outbox }: Pick<SellerTransaction, 'manager' | 'outbox'>,
  buyer: { userId: string; seller: Seller | null },
  apiIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const named = await readNamed(manager, buyer.seller, apiIds);
  const ids = named.seats.map((seat) => seat.id).sort();
  await lockSeats(manager, ids);
  const released = await changeSeats(
    manager,
    `UPDATE event_seat SET status = 'AVAILABLE', held_by = NULL, held_until = NULL, held_from = NULL,
       last_hold_ends = LEAST(last_hold_ends, now())
     WHERE id = ANY($1) AND status = 'HELD' AND held_by = $2 AND saga_id IS NULL
     RETURNING id, listing_id`,
    [ids, buyer.userId],
  );
  const left = (await manager.findBy(EventSeatEntity, { id: In(ids) })).filter(
    (seat) => seatStatus(seat, now) !== 'AVAILABLE',
  );
  if (left.some((seat) => seat.status === 'HELD' && seat.heldBy !== buyer.userId))
    throw new Rejection('NOT_OWNER', 'One of the seats is held by another buyer.', { field });
  if (left.length > 0)
    throw seatsUnavailable(
      left.map((seat) => seat.id),
      field,
    );
  for (const seats of byListing(named, released))
    outbox.publish(catalogEvents.seatsReleased, seats.listingId, { ...seats, userId: buyer.userId });
  return ids;
}

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
  for (const listing of named.listings.values()) requireOwned(seller, listing, 'seat', field);
  const ids = named.seats.map((seat) => seat.id).sort();
  await lockSeats(manager, ids);
  if (!blocked) {
    const unblocked = await changeSeats(
      manager,
      `UPDATE event_seat SET status = 'AVAILABLE' WHERE id = ANY($1) AND status = 'BLOCKED'
       RETURNING id, listing_id`,
      [ids],
    );
    for (const seats of byListing(named, unblocked))
      outbox.publish(catalogEvents.seatsUnblocked, seats.listingId, seats);
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
  if (missed.length > 0) throw seatsUnavailable(missed, field);
  for (const seats of byListing(named, newlyBlocked))
    outbox.publish(catalogEvents.seatsBlocked, seats.listingId, seats);
  return ids;
}

/** Some of the named seats, grouped by listing. */
function byListing(
  { seats }: NamedSeats,
  ids: readonly string[],
): { listingId: string; seatIds: string[] }[] {
  const some = seats.filter(({ id }) => ids.includes(id));
  return [...groupBy(some, ({ listingId }) => listingId)].map(([listingId, group]) => ({
    listingId,
    seatIds: group.map(({ id }) => id),
  }));
}

/** Returns the named seats in their order, without duplicates. @throws Rejection(s) INVALID, NOT_FOUND */
async function readNamed(
  manager: EntityManager,
  seller: Seller | null,
  apiIds: readonly string[],
): Promise<NamedSeats> {
  if (apiIds.length === 0 || apiIds.length > maxSeats)
    throw new Rejection('INVALID', `Specify 1 to ${maxSeats} seats.`, { field });
  const ids = apiIds.map((apiId) => fromApiId('seat', apiId));
  const found = new Map(
    (await manager.findBy(EventSeatEntity, { id: In(ids.filter((id) => id !== null)) })).map((seat) => [
      seat.id,
      seat,
    ]),
  );
  const all = [...found.values()];
  const offers = await manager.findBy(OfferEntity, { id: In(all.map((seat) => seat.offerId)) });
  const listings = new Map(
    (await manager.findBy(ListingEntity, { id: In(all.map((seat) => seat.listingId)) })).map((listing) => [
      listing.id,
      listing,
    ]),
  );
  const indexOf = new Map<string, number>();
  const unknown = ids.flatMap((id, index) => {
    const seat = found.get(id ?? '');
    const listing = seat && listings.get(seat.listingId);
    if (!seat || !listing || !canSee(seller, listing))
      return [new Rejection('NOT_FOUND', 'There is no such seat.', { field: [...field, `${index}`] })];
    if (!indexOf.has(seat.id)) indexOf.set(seat.id, index);
    return [];
  });
  Rejections.throwIfAny(unknown);
  return {
    seats: [...indexOf.keys()].flatMap((id) => found.get(id) ?? []),
    indexOf,
    offers: new Map(offers.map((offer) => [offer.id, offer])),
    listings,
  };
}

function requireOnSale({ seats, indexOf, offers, listings }: NamedSeats, now: Date): void {
  const reported = new Set<string>();
  const refused = seats.flatMap((seat) => {
    const offer = offers.get(seat.offerId);
    const listing = listings.get(seat.listingId);
    if (!offer || !listing || reported.has(offer.id) || isOnSale(offer, listing, now)) return [];
    reported.add(offer.id);
    return [
      new Rejection('INVALID', `${listing.title} is not on sale.`, {
        field: [...field, `${indexOf.get(seat.id) ?? 0}`],
      }),
    ];
  });
  Rejections.throwIfAny(refused);
}

function limitsOf({ offers, listings }: NamedSeats): Map<string, ReturnType<typeof limitedOffer>> {
  return new Map(
    [...offers.values()].flatMap((offer) => {
      const listing = listings.get(offer.listingId);
      return listing ? [[offer.id, limitedOffer({ offer, listing })] as const] : [];
    }),
  );
}

function withField(refusal: Rejection): Rejection {
  return new Rejection(refusal.code, refusal.message, { ...refusal.toData(), field });
}
