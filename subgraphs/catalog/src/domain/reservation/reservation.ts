import { Rejection, rejectionsOf } from '@souk/shared/errors';
import type { Money } from '@souk/shared/money';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import type { ReservationEntity, ReservationStatus } from '../../entities/reservation.js';
import { holdContinuationCutoff } from './hold-duration.js';
import { lockReservations } from '../locks.js';
import { computePaymentDeadline, readScarceOffers } from './payment-deadline.js';
import type { OfferOfListing, Quote, RequestedLine, Reservation } from '../offer/quote.js';
import { checkTotal, limitedOffer, quote } from '../offer/quote.js';
import type { RequestedSeat } from '../seat/seat-assignment.js';
import type { CatalogSettings } from '../settings.js';
import { freeHeldSeats, freeSoldSeats, assignSeats, extendSeatHolds } from '../seat/seat-assignment.js';
import type { AllocationRequest } from '../stock/stock-allocation.js';
import { validateAllocations } from '../stock/stock-allocation.js';
import { UnpaidUnits } from '../stock/unpaid-units.js';
import { releaseUnits, returnUnits, sellReservedUnits, sumByOffer, allocateUnits } from '../stock/units.js';

// Stock changes of checkouts: each function handles many checkouts with set-based statements.

/** A checkout's request for items. */
export interface ReservationRequest {
  sagaId: string;
  userId: string;
  /** Digests of carts under which the buyer held seats as a guest. */
  cartDigests?: readonly string[] | null | undefined;
  lines: readonly RequestedLine[];
  expectedTotal: Money | null;
  holdUntil: Date;
}

/** A longer hold for a checkout. */
export interface Extension {
  sagaId: string;
  until: Date;
}

/** A checkout whose held items are sold. */
export interface Confirmation {
  sagaId: string;
  userId: string;
}

/**
 * Quotes each request and holds its units and seats until `holdUntil`: all or nothing per request, first
 * come, first served. A buyer never holds more unpaid units of an offer than one order may have. A rejection
 * has a code of the contract's reserveItems and no effect.
 */
export async function reserve(
  manager: EntityManager,
  requests: readonly ReservationRequest[],
  settings: CatalogSettings,
  now: Date,
): Promise<(Reservation | Rejection)[]> {
  const offers = await readOffers(
    manager,
    requests.flatMap(({ lines }) => lines),
  );
  const quotes = requests.map((request) => quoteOf(request, offers, now));
  const quoted = requests.filter((_request, index) => !(quotes[index] instanceof Rejection));
  const scarce = await readScarceOffers(manager, [...offers.keys()].sort(), settings);
  const claims = quoted.map(allocationOf);
  const limited = new Map([...offers].map(([id, offer]) => [id, limitedOffer(offer)]));
  const limit = await UnpaidUnits.lock(manager, claims, limited);
  const judged = await validateAllocations(manager, claims, { limit });
  const refusals = new Map(quoted.map((request, index) => [request, judged[index] ?? null]));
  await hold(
    manager,
    quoted.filter((request) => refusals.get(request) === null),
    holdContinuationCutoff(settings, now),
  );
  return requests.flatMap((request, index) => {
    const quoteOrRefusal = refusals.get(request) ?? quotes[index];
    if (!quoteOrRefusal || quoteOrRefusal instanceof Rejection) return quoteOrRefusal ?? [];
    const lines = request.lines.flatMap(({ offerId }) => offers.get(offerId) ?? []);
    return {
      ...quoteOrRefusal,
      payBy: computePaymentDeadline(lines, scarce, settings, now)?.toISOString() ?? null,
    };
  });
}

/** Releases the items that checkouts still hold; no effect on others. */
export async function release(manager: EntityManager, sagaIds: readonly string[]): Promise<void> {
  const lines = await linesWithStatus(manager, sagaIds, 'HELD');
  await releaseUnits(manager, unseated(lines));
  await freeHeldSeats(manager, lines);
  await setStatus(manager, lines, 'RELEASED');
}

/** Extends the holds of checkouts; never shortens or revives one. */
export async function extend(manager: EntityManager, extensions: readonly Extension[]): Promise<void> {
  const untilOf = new Map(extensions.map(({ sagaId, until }) => [sagaId, until]));
  const lines = await linesWithStatus(manager, [...untilOf.keys()], 'HELD');
  if (lines.length === 0) return;
  await manager.query(
    `UPDATE reservation r SET expires_at = GREATEST(r.expires_at, x.until)
     FROM unnest($1::uuid[], $2::timestamptz[]) AS x (saga_id, until)
     WHERE r.saga_id = x.saga_id AND r.status = 'HELD'`,
    [[...untilOf.keys()], [...untilOf.values()]],
  );
  await extendSeatHolds(
    manager,
    lines.flatMap(({ sagaId, seatIds }) => {
      const until = untilOf.get(sagaId);
      return until ? [{ sagaId, seatIds, until }] : [];
    }),
  );
}

/**
 * Sells the held items of each checkout, all or nothing; allocates them again if the hold has expired. Null
 * if sold; otherwise INSUFFICIENT_STOCK, SEAT_UNAVAILABLE or CONFLICT (released, or never held).
 */
export async function confirm(
  manager: EntityManager,
  confirmations: readonly Confirmation[],
): Promise<(Rejection | null)[]> {
  const lines = await lockReservations(
    manager,
    confirmations.map(({ sagaId }) => sagaId),
  );
  const sales = confirmations.map((confirmation) => saleOf(confirmation, lines));
  const open = sales.filter((sale) => sale !== null);
  const judged = await validateAllocations(manager, open, {
    alsoLocked: open.flatMap((sale) => unseated(sale.lines).map(({ offerId }) => offerId)),
  });
  const granted = open.filter((_sale, index) => judged[index] === null);
  const sold = unseated(granted.flatMap((sale) => sale.lines));
  await allocateUnits(manager, sold.filter(isExpired));
  await sellReservedUnits(manager, sold);
  await assignSeats(manager, granted.flatMap(assignmentsOf(null)), null);
  await setStatus(
    manager,
    granted.flatMap((sale) => sale.lines),
    'CONFIRMED',
  );
  const refusals = new Map(open.map((sale, index) => [sale, judged[index] ?? null]));
  return sales.map((sale) =>
    sale ? (refusals.get(sale) ?? null) : new Rejection('CONFLICT', 'Nothing is held for this checkout.'),
  );
}

/** Reverses the sales to checkouts; no effect on others. */
export async function returnSold(manager: EntityManager, sagaIds: readonly string[]): Promise<void> {
  const lines = await linesWithStatus(manager, sagaIds, 'CONFIRMED');
  await returnUnits(manager, unseated(lines));
  await freeSoldSeats(manager, lines);
  await setStatus(manager, lines, 'RETURNED');
}

/** Items to sell to a checkout. `units` holds those of expired holds, which must be allocated again. */
interface Sale extends AllocationRequest {
  lines: ReservationEntity[];
}

type Line = Pick<ReservationEntity, 'offerId' | 'quantity' | 'seatIds'>;

/** Null if nothing can be sold. */
function saleOf({ sagaId, userId }: Confirmation, all: readonly ReservationEntity[]): Sale | null {
  const lines = all.filter((line) => line.sagaId === sagaId);
  if (lines.length === 0 || lines.some(({ status }) => status === 'RELEASED' || status === 'RETURNED')) {
    return null;
  }
  const open = lines.filter(({ status }) => status !== 'CONFIRMED');
  return {
    holder: { userId, formerIds: [], sagaId, network: null },
    units: sumByOffer(unseated(open.filter(isExpired))),
    seats: requestedSeats(open),
    lines: open,
  };
}

function allocationOf({ sagaId, userId, cartDigests, lines }: ReservationRequest): AllocationRequest {
  return {
    holder: { userId, formerIds: cartDigests ?? [], sagaId, network: null },
    units: sumByOffer(unseated(lines)),
    seats: requestedSeats(lines),
  };
}

function assignmentsOf(heldUntil: Date | null) {
  return ({ holder, seats }: AllocationRequest) => seats.map(({ id }) => ({ id, holder, heldUntil }));
}

async function hold(
  manager: EntityManager,
  requests: readonly ReservationRequest[],
  clocksGoOnFrom: Date,
): Promise<void> {
  if (requests.length === 0) return;
  const short = await allocateUnits(
    manager,
    requests.flatMap(({ sagaId, lines }) => unseated(lines).map((line) => ({ ...line, sagaId }))),
  );
  if (short.length > 0) throw new Error(`Offers ${short.join(', ')} changed while they were locked.`);
  await assignSeats(
    manager,
    requests.flatMap((request) => assignmentsOf(request.holdUntil)(allocationOf(request))),
    clocksGoOnFrom,
  );
  const rows = requests.flatMap(({ sagaId, userId, lines, holdUntil }) =>
    lines.map((line) => ({ ...line, sagaId, userId, holdUntil })),
  );
  await manager.query(
    `INSERT INTO reservation (saga_id, line_id, offer_id, user_id, quantity, seat_ids, status, expires_at)
     SELECT "sagaId", "lineId", "offerId", "userId", quantity,
       ARRAY(SELECT jsonb_array_elements_text("seatIds")::uuid), 'HELD', "holdUntil"
     FROM jsonb_to_recordset($1::jsonb) AS r ("sagaId" uuid, "lineId" uuid, "offerId" uuid, "userId" uuid,
       quantity int, "seatIds" jsonb, "holdUntil" timestamptz)`,
    [JSON.stringify(rows)],
  );
}

function quoteOf(
  { lines, expectedTotal }: ReservationRequest,
  offers: ReadonlyMap<string, OfferOfListing>,
  now: Date,
): Quote | Rejection {
  try {
    const result = quote(lines, offers, now);
    checkTotal(result.total, expectedTotal);
    return result;
  } catch (error) {
    const [rejection] = rejectionsOf(error) ?? [];
    if (!rejection) throw error;
    return rejection;
  }
}

function isExpired({ status }: Pick<ReservationEntity, 'status'>): boolean {
  return status === 'EXPIRED';
}

// The seats of a seated offer are its stock.
function unseated<L extends Line>(lines: readonly L[]): L[] {
  return lines.filter((line) => line.seatIds.length === 0);
}

function requestedSeats(lines: readonly Line[]): RequestedSeat[] {
  return lines.flatMap(({ offerId, seatIds }) => seatIds.map((id) => ({ id, offerId })));
}

async function linesWithStatus(
  manager: EntityManager,
  sagaIds: readonly string[],
  status: ReservationStatus,
): Promise<ReservationEntity[]> {
  return (await lockReservations(manager, sagaIds)).filter((line) => line.status === status);
}

async function setStatus(
  manager: EntityManager,
  lines: readonly ReservationEntity[],
  status: ReservationStatus,
): Promise<void> {
  if (lines.length === 0) return;
  await manager.query(
    `UPDATE reservation r SET status = $3 FROM unnest($1::uuid[], $2::uuid[]) AS w (saga_id, line_id)
     WHERE r.saga_id = w.saga_id AND r.line_id = w.line_id`,
    [lines.map((line) => line.sagaId), lines.map((line) => line.lineId), status],
  );
}

async function readOffers(
  manager: EntityManager,
  lines: readonly RequestedLine[],
): Promise<ReadonlyMap<string, OfferOfListing>> {
  const ids = [...new Set(lines.map((line) => line.offerId))];
  const offers = await manager.findBy(OfferEntity, { id: In(ids) });
  const listingIds = [...new Set(offers.map((offer) => offer.listingId))];
  const listings = await manager.findBy(ListingEntity, { id: In(listingIds) });
  const byId = new Map(listings.map((listing) => [listing.id, listing]));
  return new Map(
    offers.flatMap((offer) => {
      const listing = byId.get(offer.listingId);
      return listing ? [[offer.id, { offer, listing }] as const] : [];
    }),
  );
}
