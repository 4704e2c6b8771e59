import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { StoredSeatStatus } from '../../entities/event-seat.js';
import { EventSeatEntity } from '../../entities/event-seat.js';
import type { HoldTerms } from './hold-duration.js';
import { holdContinuationCutoff, holdDeadlines } from './hold-duration.js';
import type { HoldLimits } from './hold-limits.js';
import { checkHoldLimits } from './hold-limits.js';
import { lockSeats } from '../locks.js';
import { byListing, limitsOf, readNamed, requireOnSale, seatIdsField } from './named-seats.js';
import type { Seller } from '../permissions.js';
import { assignSeats, freeSeats, holderIds, seatsUnavailable } from '../seat/seat-assignment.js';
import { validateAllocations } from '../stock/stock-allocation.js';
import { UnpaidUnits } from '../stock/unpaid-units.js';

/** Returns a seat's status. An expired hold counts as free even before the sweep has released it. */
export function seatStatus(seat: Pick<EventSeatEntity, 'status' | 'heldUntil'>, now: Date): StoredSeatStatus {
  return seat.status === 'HELD' && (seat.heldUntil === null || seat.heldUntil <= now)
    ? 'AVAILABLE'
    : seat.status;
}

/** A buyer who holds seats without a checkout: a user, or a guest by their cart. */
export interface Buyer {
  /** Null: a guest. */
  userId: string | null;
  /**
   * Digests of the carts that the buyer has or had as a guest. The first one identifies a guest. Seats that are held
   * under them are the buyer's.
   */
  cartDigests: readonly string[];
  seller: Seller | null;
  /** Digest of the network (network-digest.ts); null: no limit. */
  network: string | null;
}

/** The transaction of a hold. */
interface HoldTransaction {
  manager: EntityManager;
  outbox: Outbox;
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
  { manager, outbox }: HoldTransaction,
  buyer: Buyer,
  apiIds: readonly string[],
  terms: HoldTerms & HoldLimits,
  now: Date,
): Promise<HeldSeats> {
  const named = await readNamed(manager, buyer.seller, apiIds);
  requireOnSale(named, now);
  const network = terms.holdersPerNetwork === 0 ? null : buyer.network;
  const holder = { ...identityOf(buyer), sagaId: null, network };
  refuseTaken(named.seats, holderIds(holder), now);
  const claim = { holder, units: new Map<string, number>(), seats: named.seats };
  const limits = limitsOf(named);
  const limit = await UnpaidUnits.lock(manager, [claim], limits);
  await checkHoldLimits(manager, holder, named.seats, limits, terms);
  const [refusal] = await validateAllocations(manager, [claim], { limit });
  if (refusal) throw withField(refusal);
  const ids = named.seats.map(({ id }) => id);
  const deadlines = await holdDeadlines(manager, holderIds(holder), ids, terms, now);
  await assignSeats(
    manager,
    [...deadlines].map(([id, heldUntil]) => ({ id, holder, heldUntil })),
    holdContinuationCutoff(terms, now),
  );
  const heldUntil = new Date(Math.min(...[...deadlines.values()].map((end) => end.getTime())));
  for (const held of byListing(named, ids))
    outbox.publish(catalogEvents.seatsHeld, held.listingId, {
      ...held,
      userId: buyer.userId,
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
  transaction: HoldTransaction,
  buyer: Buyer,
  apiIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const ids = await releaseOwnSeats(transaction, buyer, apiIds);
  const owners = holderIds(identityOf(buyer));
  const left = (await transaction.manager.findBy(EventSeatEntity, { id: In(ids) })).filter(
    (seat) => seatStatus(seat, now) !== 'AVAILABLE',
  );
  if (left.some((seat) => seat.status === 'HELD' && !owners.includes(seat.heldBy ?? '')))
    throw new Rejection('NOT_OWNER', 'One of the seats is held by another buyer.', { field: seatIdsField });
  if (left.length > 0)
    throw seatsUnavailable(
      left.map((seat) => seat.id),
      seatIdsField,
    );
  return ids;
}

/**
 * Releases those of the seats that the buyer holds manually; no effect on others. Returns the ids of all.
 * @throws Rejection NOT_FOUND
 */
export async function releaseOwnSeats(
  { manager, outbox }: HoldTransaction,
  buyer: Buyer,
  apiIds: readonly string[],
): Promise<string[]> {
  const named = await readNamed(manager, buyer.seller, apiIds);
  const ids = named.seats.map((seat) => seat.id).sort();
  await lockSeats(manager, ids);
  const released = await freeSeats(
    manager,
    `UPDATE event_seat SET status = 'AVAILABLE', held_by = NULL, held_until = NULL, held_from = NULL,
       last_hold_ends = LEAST(last_hold_ends, now())
     WHERE id = ANY($1) AND status = 'HELD' AND held_by = ANY($2) AND saga_id IS NULL
     RETURNING id, listing_id`,
    [ids, holderIds(identityOf(buyer))],
  );
  for (const seats of byListing(named, released))
    outbox.publish(catalogEvents.seatsReleased, seats.listingId, { ...seats, userId: buyer.userId });
  return ids;
}

/**
 * Refuses seats that others have, before anything is locked: in a rush most attempts end here. The seats are read again
 * under their locks.
 * @throws Rejection SEAT_UNAVAILABLE
 */
function refuseTaken(seats: readonly EventSeatEntity[], owners: readonly string[], now: Date): void {
  const taken = seats.filter(
    (seat) => seatStatus(seat, now) !== 'AVAILABLE' && !owners.includes(seat.heldBy ?? ''),
  );
  if (taken.length > 0)
    throw seatsUnavailable(
      taken.map(({ id }) => id),
      seatIdsField,
    );
}

/** A guest's identity is the digest of their cart. */
function identityOf({ userId, cartDigests }: Buyer): { userId: string; formerIds: readonly string[] } {
  const [first] = cartDigests;
  if (userId !== null) return { userId, formerIds: cartDigests };
  if (first === undefined) throw new Error('A guest who holds seats needs a cart.');
  return { userId: first, formerIds: cartDigests.slice(1) };
}

function withField(refusal: Rejection): Rejection {
  return new Rejection(refusal.code, refusal.message, { ...refusal.toData(), field: seatIdsField });
}
