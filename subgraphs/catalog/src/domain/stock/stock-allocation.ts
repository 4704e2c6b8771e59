import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { expireReservationsOf } from './hold-expiry.js';
import type { LockedOffer, LockedSeat } from '../locks.js';
import { lockAvailability, lockSeatStates } from '../locks.js';
import type { SeatHolder, RequestedSeat } from '../seat/seat-assignment.js';
import { seatsUnavailable } from '../seat/seat-assignment.js';
import type { Units } from './units.js';
import { sumByOffer } from './units.js';

/** What one checkout wants, all or nothing. */
export interface AllocationRequest {
  holder: SeatHolder;
  /** Units that must be free. */
  units: Units;
  seats: readonly RequestedSeat[];
}

/** What a request must bear beside what is free. */
export interface AllocationLimit {
  /** Why the request is refused; null where it is not. */
  refusal(request: AllocationRequest): Rejection | null;
  /** The request is granted: it counts for those that follow. */
  grant(request: AllocationRequest): void;
}

/**
 * Judges requests in order, first come, first served: null where it is granted, or why it is not. Offers and seats are
 * locked from here on, so that what is granted can be taken with one statement for all. Holds past their time are ended
 * where their units are wanted. `alsoLocked`: more offers that the caller is going to change. `limit` is what requests must bear beside.
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

/** The units of many, summed by offer. */
export function sumUnits(all: readonly Units[]): Units {
  return sumByOffer(all.flatMap((units) => [...units].map(([offerId, quantity]) => ({ offerId, quantity }))));
}

/** Grants a request by taking it out of what is left for the next ones. */
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

/** Free ones, those past their hold, and those that this buyer holds by hand or this checkout holds. */
function isAvailableTo(holder: SeatHolder, wanted: RequestedSeat, seat: LockedSeat | undefined): boolean {
  if (!seat || seat.offerId !== wanted.offerId) return false;
  if (seat.status === 'AVAILABLE') return true;
  if (seat.status !== 'HELD') return false;
  return (
    seat.expired || (seat.heldBy === holder.userId && (seat.sagaId === null || seat.sagaId === holder.sagaId))
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
