import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { expireReservationsOf } from './hold-expiry.js';
import type { LockedOffer, LockedSeat } from '../locks.js';
import { lockAvailability, lockSeatStates } from '../locks.js';
import type { SeatHolder, RequestedSeat } from '../seat/seat-assignment.js';
import { holderIds, seatsUnavailable } from '../seat/seat-assignment.js';
import type { Units } from './units.js';
import { sumByOffer } from './units.js';

/** Units and seats that one checkout needs, all or nothing. */
export interface AllocationRequest {
  holder: SeatHolder;
  /** Units that must be available. */
  units: Units;
  seats: readonly RequestedSeat[];
}

/** An additional limit on allocations. */
export interface AllocationLimit {
  /** Returns why the request is rejected, or null. */
  refusal(request: AllocationRequest): Rejection | null;
  /** Counts a granted request against the limit of the following ones. */
  grant(request: AllocationRequest): void;
}

/**
 * Validates requests in order, first come, first served: null if granted, otherwise the rejection. Locks
 * offers and seats, so that one statement can allocate everything that was granted. Ends expired holds if
 * their units are needed. `alsoLocked`: further offers that the caller will change.
 */
export async function validateAllocations(
  manager: EntityManager,
  requests: readonly AllocationRequest[],
  { alsoLocked = [], limit }: { alsoLocked?: readonly string[]; limit?: AllocationLimit } = {},
): Promise<(Rejection | null)[]> {
  const wanted = sumUnits(requests.map(({ units }) => units));
  const offerIds = [...new Set([...wanted.keys(), ...alsoLocked])].sort();
  let offers = await lockAvailability(manager, offerIds);
  const short = [...wanted].flatMap(([id, units]) => (isFree(offers.get(id), units) ? [] : [id]));
  if (short.length > 0 && (await expireReservationsOf(manager, short)) > 0) {
    offers = await lockAvailability(manager, offerIds);
  }
  const seatIds = requests.flatMap(({ seats }) => seats.map(({ id }) => id));
  const seats = await lockSeatStates(manager, [...new Set(seatIds)].sort());
  return requests.map((request) => validateAllocation(request, offers, seats, limit));
}

/** Sums units by offer. */
export function sumUnits(all: readonly Units[]): Units {
  return sumByOffer(all.flatMap((units) => [...units].map(([offerId, quantity]) => ({ offerId, quantity }))));
}

/** Grants a request by subtracting it from the stock that is left for the following ones. */
function validateAllocation(
  request: AllocationRequest,
  offers: ReadonlyMap<string, LockedOffer>,
  seatStates: Map<string, LockedSeat>,
  limit?: AllocationLimit,
): Rejection | null {
  const { holder, units, seats } = request;
  for (const [id, wanted] of units) {
    if (!isFree(offers.get(id), wanted)) return insufficientStock(id, offers.get(id));
  }
  const missed = seats.filter((seat) => !isAvailableTo(holder, seat, seatStates.get(seat.id)));
  if (missed.length > 0) return seatsUnavailable(missed.map(({ id }) => id));
  const exceeded = limit?.refusal(request);
  if (exceeded) return exceeded;
  limit?.grant(request);
  for (const [id, wanted] of units) {
    const offer = offers.get(id);
    if (offer && offer.free !== null) offer.free -= wanted;
  }
  for (const { id } of seats) {
    const seat = seatStates.get(id);
    if (seat)
      Object.assign(seat, { status: 'HELD', expired: false, heldBy: holder.userId, sagaId: holder.sagaId });
  }
  return null;
}

function isFree(offer: LockedOffer | undefined, units: number): boolean {
  return offer !== undefined && (offer.free === null || offer.free >= units);
}

/**
 * Whether the holder can have the seat: it is free, its hold has expired, or this buyer or checkout holds it.
 */
function isAvailableTo(holder: SeatHolder, wanted: RequestedSeat, seat: LockedSeat | undefined): boolean {
  if (!seat || seat.offerId !== wanted.offerId) return false;
  if (seat.status === 'AVAILABLE') return true;
  if (seat.status !== 'HELD') return false;
  return (
    seat.expired ||
    (holderIds(holder).includes(seat.heldBy ?? '') && (seat.sagaId === null || seat.sagaId === holder.sagaId))
  );
}

function insufficientStock(id: string, offer: LockedOffer | undefined): Rejection {
  const title = offer?.title ?? 'The offer';
  const available = Math.max(0, offer?.free ?? 0);
  return new Rejection(
    'INSUFFICIENT_STOCK',
    available === 0 ? `${title} is sold out.` : `Only ${available} of ${title} are left.`,
    { typename: 'InsufficientStockError', details: { offerId: toApiId('offer', id), available } },
  );
}
