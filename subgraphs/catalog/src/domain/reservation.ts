import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { ListingEntity } from '../entities/listing.js';
import { OfferEntity } from '../entities/offer.js';
import type { ReservationStatus } from '../entities/reservation.js';
import { ReservationEntity } from '../entities/reservation.js';
import { endLapsedOf } from './expiry.js';
import { lockOffers, lockReservations } from './locks.js';
import type { OfferOfListing, Quote, RequestedLine } from './quote.js';
import { checkTotal, quote } from './quote.js';
import { freeHeldSeats, freeSoldSeats, holdSeatsLonger, takeSeats } from './seat-stock.js';
import type { Units } from './units.js';
import { giveBackUnits, returnUnits, sellReservedUnits, sumByOffer, takeUnits } from './units.js';

/** What a checkout asks for. */
export interface ReservationRequest {
  userId: string;
  lines: readonly RequestedLine[];
  expectedTotal: Money | null;
  holdUntil: Date;
}

/**
 * Quotes the lines and holds their units and seats until `holdUntil`; all or nothing, so the caller's transaction must
 * not survive a refusal. @throws Rejection with one of the codes of the contract's reserveItems
 */
export async function reserve(
  manager: EntityManager,
  sagaId: string,
  request: ReservationRequest,
  now: Date,
): Promise<Quote> {
  const result = quote(request.lines, await readOffers(manager, request.lines), now);
  checkTotal(result.total, request.expectedTotal);
  await takeUnitsOrReject(manager, sumByOffer(unseated(request.lines)));
  await takeSeats(manager, wantedSeats(request.lines), { userId: request.userId, sagaId }, request.holdUntil);
  await manager.insert(
    ReservationEntity,
    request.lines.map(({ lineId, offerId, quantity, seatIds }) => ({
      sagaId,
      lineId,
      offerId,
      quantity,
      seatIds,
      status: 'HELD' as const,
      expiresAt: request.holdUntil,
    })),
  );
  return result;
}

/** Gives back what a checkout still holds. Nothing held, nothing done. */
export async function release(manager: EntityManager, sagaId: string): Promise<void> {
  const lines = await linesThatAre(manager, sagaId, 'HELD');
  await giveBackUnits(manager, sumByOffer(unseated(lines)));
  await freeHeldSeats(manager, lines);
  await setStatus(manager, lines, 'RELEASED');
}

/** Lets what a checkout still holds last until then, if that is later. What has ended stays ended. */
export async function extend(manager: EntityManager, sagaId: string, until: Date): Promise<void> {
  const lines = await linesThatAre(manager, sagaId, 'HELD');
  if (lines.length === 0) return;
  await manager.query(
    `UPDATE reservation SET expires_at = GREATEST(expires_at, $2::timestamptz)
     WHERE saga_id = $1 AND status = 'HELD'`,
    [sagaId, until],
  );
  await holdSeatsLonger(manager, { sagaId, seatIds: lines.flatMap((line) => line.seatIds) }, until);
}

/**
 * Sells what a checkout holds; a hold that has ended is taken anew. All or nothing, as `reserve`.
 * @throws Rejection INSUFFICIENT_STOCK, SEAT_UNAVAILABLE, CONFLICT (it was given back, or never held)
 */
export async function confirm(manager: EntityManager, sagaId: string, userId: string): Promise<void> {
  const lines = await lockReservations(manager, sagaId);
  if (lines.length === 0 || lines.some(({ status }) => status === 'RELEASED' || status === 'RETURNED'))
    throw new Rejection('CONFLICT', 'Nothing is held for this checkout.');
  const open = lines.filter(({ status }) => status !== 'CONFIRMED');
  await lockOffers(manager, [...sumByOffer(unseated(open)).keys()].sort());
  const anew = sumByOffer(unseated(open.filter(({ status }) => status === 'EXPIRED')));
  await takeUnitsOrReject(manager, anew);
  await sellReservedUnits(manager, sumByOffer(unseated(open)));
  await takeSeats(manager, wantedSeats(open), { userId, sagaId }, null);
  await setStatus(manager, open, 'CONFIRMED');
}

/** Takes the sale to a checkout back. Nothing sold, nothing done. */
export async function returnSold(manager: EntityManager, sagaId: string): Promise<void> {
  const lines = await linesThatAre(manager, sagaId, 'CONFIRMED');
  await returnUnits(manager, sumByOffer(unseated(lines)));
  await freeSoldSeats(manager, lines);
  await setStatus(manager, lines, 'RETURNED');
}

type Line = Pick<ReservationEntity, 'offerId' | 'quantity' | 'seatIds'>;

// Where there are seats, they are the stock.
function unseated<L extends Line>(lines: readonly L[]): L[] {
  return lines.filter((line) => line.seatIds.length === 0);
}

function wantedSeats(lines: readonly Line[]): { id: string; offerId: string }[] {
  return lines.flatMap(({ offerId, seatIds }) => seatIds.map((id) => ({ id, offerId })));
}

async function linesThatAre(
  manager: EntityManager,
  sagaId: string,
  status: ReservationStatus,
): Promise<ReservationEntity[]> {
  return (await lockReservations(manager, sagaId)).filter((line) => line.status === status);
}

async function setStatus(
  manager: EntityManager,
  lines: readonly ReservationEntity[],
  status: ReservationStatus,
): Promise<void> {
  const [first] = lines;
  if (!first) return;
  await manager.query('UPDATE reservation SET status = $3 WHERE saga_id = $1 AND line_id = ANY($2)', [
    first.sagaId,
    lines.map((line) => line.lineId),
    status,
  ]);
}

async function takeUnitsOrReject(manager: EntityManager, units: Units): Promise<void> {
  let short = await takeUnits(manager, units);
  // Holds past their time are free before the sweep has come by.
  if (short.length > 0 && (await endLapsedOf(manager, short)) > 0)
    short = await takeUnits(manager, new Map(short.map((id) => [id, units.get(id) ?? 0])));
  const [first] = short;
  if (first === undefined) return;
  const offer = await manager.findOneByOrFail(OfferEntity, { id: first });
  const available = Math.max(0, (offer.onHand ?? 0) - offer.reserved);
  throw new Rejection(
    'INSUFFICIENT_STOCK',
    available === 0 ? `${offer.title} is sold out.` : `Only ${available} of ${offer.title} are left.`,
    {
      typename: 'InsufficientStockError',
      details: { offerId: toApiId('offer', first), available },
    },
  );
}

async function readOffers(
  manager: EntityManager,
  lines: readonly RequestedLine[],
): Promise<ReadonlyMap<string, OfferOfListing>> {
  const offers = await manager.findBy(OfferEntity, { id: In(lines.map((line) => line.offerId)) });
  const listings = await manager.findBy(ListingEntity, { id: In(offers.map((offer) => offer.listingId)) });
  const byId = new Map(listings.map((listing) => [listing.id, listing]));
  return new Map(
    offers.flatMap((offer) => {
      const listing = byId.get(offer.listingId);
      return listing ? [[offer.id, { offer, listing }] as const] : [];
    }),
  );
}
