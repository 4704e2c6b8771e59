import type { z } from 'zod';
import type { QuotedLine, requestedLine } from '@souk/shared/contracts/catalog';
import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { multiplyMoney, sumByCurrency } from '@souk/shared/money';
import type { ListingEntity } from '../../entities/listing.js';
import type { OfferEntity } from '../../entities/offer.js';
import { isOnSale } from '../availability.js';

/** A line of a checkout request. */
export type RequestedLine = z.infer<typeof requestedLine>;

/** An offer with its listing. */
export interface OfferOfListing {
  offer: OfferEntity;
  listing: ListingEntity;
}

/** Priced lines and their total, which the order stores. */
export interface Quote {
  lines: QuotedLine[];
  total: Money;
}

/** A quote whose units are reserved. */
export interface Reservation extends Quote {
  /** Latest payment time, ISO 8601; null without a limit. */
  payBy: string | null;
}

const doorsBeforeStartMs = 2 * 3_600_000;
const tokenBeforeDepartureMs = 24 * 3_600_000;
const minuteMs = 60_000;

/**
 * Prices each line and validates everything that does not depend on stock.
 * @throws Rejection NOT_FOUND, NOT_ON_SALE, SEAT_REQUIRED, INVALID (seats for an unseated offer),
 * MAX_PER_ORDER, CURRENCY_MISMATCH
 */
export function quote(
  lines: readonly RequestedLine[],
  offers: ReadonlyMap<string, OfferOfListing>,
  now: Date,
): Quote {
  const seatsSeen = new Set<string>();
  const units = new Map<string, number>();
  const quoted = lines.map((line) => {
    const found = offers.get(line.offerId);
    if (!found || found.listing.status === 'DRAFT' || found.listing.status === 'DELETED')
      throw new Rejection('NOT_FOUND', 'One of the offers does not exist.');
    const title = titleOf(found);
    if (!isOnSale(found.offer, found.listing, now))
      throw new Rejection('NOT_ON_SALE', `${title} is not on sale.`);
    checkSeats(line, found.offer, title, seatsSeen);
    const sum = (units.get(line.offerId) ?? 0) + line.quantity;
    units.set(line.offerId, sum);
    if (sum > found.offer.maxPerOrder) throw exceedsMaximum(limitedOffer(found), 0);
    return quoteLine(line, found, title);
  });
  const [total, ...others] = sumByCurrency(
    quoted.map(({ unitPrice, quantity }) => multiplyMoney(unitPrice, quantity)),
  );
  if (!total) throw new Error('A quote needs a line.');
  if (others.length > 0) throw new Rejection('CURRENCY_MISMATCH', 'An order is paid in one currency.');
  return { lines: quoted, total };
}

/** An offer, its display title, and the maximum of unpaid units per buyer. */
export interface LimitedOffer {
  id: string;
  title: string;
  maximum: number;
}

/** Returns the unit limit of an offer. */
export function limitedOffer(found: OfferOfListing): LimitedOffer {
  return { id: found.offer.id, title: titleOf(found), maximum: found.offer.maxPerOrder };
}

/**
 * Returns the rejection for more unpaid units than a buyer may hold. `held`: units that they hold already.
 */
export function exceedsMaximum({ id, title, maximum }: LimitedOffer, held: number): Rejection {
  const already = held === 0 ? '' : `; ${held} that you have not paid for count`;
  return new Rejection('MAX_PER_ORDER', `At most ${maximum} of ${title} can be held at once${already}.`, {
    typename: 'MaxPerOrderError',
    details: { offerId: toApiId('offer', id), maximum, held },
  });
}

/** @throws Rejection PRICE_CHANGED if the buyer expected another total */
export function checkTotal(actual: Money, expected: Money | null): void {
  if (!expected || (expected.amount === actual.amount && expected.currency === actual.currency)) return;
  throw new Rejection('PRICE_CHANGED', 'The total has changed.', {
    typename: 'PriceChangedError',
    details: { expected: { ...expected }, actual: { ...actual } },
  });
}

function checkSeats(line: RequestedLine, offer: OfferEntity, title: string, seen: Set<string>): void {
  if (!offer.seated) {
    if (line.seatIds.length > 0) throw new Rejection('INVALID', `${title} has no seats to choose.`);
    return;
  }
  const fresh = line.seatIds.filter((id) => !seen.has(id));
  for (const id of fresh) seen.add(id);
  if (line.seatIds.length !== line.quantity || new Set(fresh).size !== line.quantity)
    throw new Rejection('SEAT_REQUIRED', `${title} needs a different seat for each unit.`);
}

function quoteLine(line: RequestedLine, { offer, listing }: OfferOfListing, title: string): QuotedLine {
  return {
    lineId: line.lineId,
    offerId: offer.id,
    listingId: listing.id,
    partnerId: listing.partnerId,
    title,
    upc: offer.upc,
    quantity: line.quantity,
    unitPrice: { amount: offer.priceAmount, currency: offer.priceCurrency },
    seatIds: line.seatIds,
    fulfilment: offer.fulfilment,
    ...validity(offer, listing),
  };
}

function titleOf({ offer, listing }: OfferOfListing): string {
  return offer.title === listing.title ? listing.title : `${listing.title}: ${offer.title}`;
}

/** Returns the period in which a unit can be redeemed; nulls mean any time. */
function validity(offer: OfferEntity, listing: ListingEntity): Pick<QuotedLine, 'validFrom' | 'validUntil'> {
  if (listing.kind === 'EVENT' && listing.startsAt && listing.endsAt) {
    const from = listing.doorsOpenAt ?? new Date(listing.startsAt.getTime() - doorsBeforeStartMs);
    return { validFrom: from.toISOString(), validUntil: listing.endsAt.toISOString() };
  }
  if (listing.kind === 'TOUR' && offer.startsAt) {
    const departure = offer.startsAt.getTime();
    return {
      validFrom: new Date(departure - tokenBeforeDepartureMs).toISOString(),
      validUntil: new Date(departure + (listing.durationMinutes ?? 0) * minuteMs).toISOString(),
    };
  }
  return { validFrom: null, validUntil: null };
}
