import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { endLapsedOf } from './expiry.js';
import type { LockedOffer, LockedSeat } from './locks.js';
import { lockAvailability, lockSeatStates } from './locks.js';
import type { SeatTaker, WantedSeat } from './seat-stock.js';
import { seatsUnavailable } from './seat-stock.js';
import type { Units } from './units.js';
import { sumByOffer } from './units.js';

/** What one checkout wants, all or nothing. */
export interface Claim {
  taker: SeatTaker;
  /** Units that must be free. */
  units: Units;
  seats: readonly WantedSeat[];
}

/** What a claim must bear beside what is free. */
export interface ClaimLimit {
  /** Why the claim is refused; null where it is not. */
  refusal(claim: Claim): Rejection | null;
  /** The claim is granted: it counts for those that follow. */
  grant(claim: Claim): void;
}

/**
 * Judges claims in order, first come, first served: null where it is granted, or why it is not. Offers and seats are
 * locked from here on, so that what is granted can be taken with one statement for all. Holds past their time are ended
 * where their units are wanted. `alsoLocked`: more offers that the caller is going to change. `limit` is what claims must bear beside.
 */
export async function judgeClaims(
  manager: EntityManager,
  claims: readonly Claim[],
  { alsoLocked = [], limit }: { alsoLocked?: readonly string[]; limit?: ClaimLimit } = {},
): Promise<(Rejection | null)[]> {
  const wanted = sumOf(claims.map(({ units }) => units));
  const offerIds = [...new Set([...wanted.keys(), ...alsoLocked])].sort();
  let offers = await lockAvailability(manager, offerIds);
  const short = [...wanted].flatMap(([id, units]) => (isFree(offers.get(id), units) ? [] : [id]));
  if (short.length > 0 && (await endLapsedOf(manager, short)) > 0) {
    offers = await lockAvailability(manager, offerIds);
  }
  const seatIds = claims.flatMap(({ seats }) => seats.map(({ id }) => id));
  const seats = await lockSeatStates(manager, [...new Set(seatIds)].sort());
  return claims.map((claim) => judge(claim, offers, seats, limit));
}

/** The units of many, summed by offer. */
export function sumOf(all: readonly Units[]): Units {
  return sumByOffer(all.flatMap((units) => [...units].map(([offerId, quantity]) => ({ offerId, quantity }))));
}

/** Grants a claim by taking it out of what is left for the next ones. */
function judge(
  claim: Claim,
  offers: ReadonlyMap<string, LockedOffer>,
  seatStates: Map<string, LockedSeat>,
  limit?: ClaimLimit,
): Rejection | null {
  const { taker, units, seats } = claim;
  for (const [id, wanted] of units) {
    if (!isFree(offers.get(id), wanted)) return tooFew(id, offers.get(id));
  }
  const missed = seats.filter((seat) => !isOpenTo(taker, seat, seatStates.get(seat.id)));
  if (missed.length > 0) return seatsUnavailable(missed.map(({ id }) => id));
  const exceeded = limit?.refusal(claim);
  if (exceeded) return exceeded;
  limit?.grant(claim);
  for (const [id, wanted] of units) {
    const offer = offers.get(id);
    if (offer && offer.free !== null) offer.free -= wanted;
  }
  for (const { id } of seats) {
    const seat = seatStates.get(id);
    if (seat)
      Object.assign(seat, { status: 'HELD', lapsed: false, heldBy: taker.userId, sagaId: taker.sagaId });
  }
  return null;
}

function isFree(offer: LockedOffer | undefined, units: number): boolean {
  return offer !== undefined && (offer.free === null || offer.free >= units);
}

/** Free ones, those past their hold, and those that this buyer holds by hand or this checkout holds. */
function isOpenTo(taker: SeatTaker, wanted: WantedSeat, seat: LockedSeat | undefined): boolean {
  if (!seat || seat.offerId !== wanted.offerId) return false;
  if (seat.status === 'AVAILABLE') return true;
  if (seat.status !== 'HELD') return false;
  return (
    seat.lapsed || (seat.heldBy === taker.userId && (seat.sagaId === null || seat.sagaId === taker.sagaId))
  );
}

function tooFew(id: string, offer: LockedOffer | undefined): Rejection {
  const title = offer?.title ?? 'The offer';
  const available = Math.max(0, offer?.free ?? 0);
  return new Rejection(
    'INSUFFICIENT_STOCK',
    available === 0 ? `${title} is sold out.` : `Only ${available} of ${title} are left.`,
    { typename: 'InsufficientStockError', details: { offerId: toApiId('offer', id), available } },
  );
}
