import type { z } from 'zod';
import type { QuotedLine, requestedLine } from '@souk/shared/contracts/catalog';
import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { multiplyMoney, sumByCurrency } from '@souk/shared/money';
import type { ListingEntity } from '../../entities/listing.js';
import type { OfferEntity } from '../../entities/offer.js';
import { isOnSale } from '../availability.js';

/** A line as the buyer asked for it. */
export type RequestedLine = z.infer<typeof requestedLine>;

/** An offer with what it is an offer of. */
export interface OfferOfListing {
  offer: OfferEntity;
  listing: ListingEntity;
}

/** The answer to a request: what an order keeps. */
export interface Quote {
  lines: QuotedLine[];
  total: Money;
}

/** A quote whose units are held. */
export interface Reservation extends Quote {
  /** When a checkout of it must be paid at the latest, as ISO 8601; null where nothing limits it. */
  payBy: string | null;
}

const doorsBeforeStartMs = 2 * 3_600_000;
const tokenBeforeDepartureMs = 24 * 3_600_000;
const minuteMs = 60_000;

/**
 * Prices every line and judges what needs no stock for it.
 * @throws Rejection NOT_FOUND, NOT_ON_SALE, SEAT_REQUIRED, INVALID (seats for an offer that has none), MAX_PER_ORDER,
 * CURRENCY_MISMATCH
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
    if (!found || found.listing.status === 'DRAFT')
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

/** An offer, by the name that its buyers know, and how many units of it one of them may hold unpaid. */
export interface LimitedOffer {
  id: string;
  title: string;
  maximum: number;
}

/** What limits the units of an offer that a buyer may hold. */
export function limitedOffer(found: OfferOfListing): LimitedOffer {
  return { id: found.offer.id, title: titleOf(found), maximum: found.offer.maxPerOrder };
}

/** The refusal for more units than one buyer may hold unpaid; `held` are theirs already, beside those refused. */
export function exceedsMaximum({ id, title, maximum }: LimitedOffer, held: number): Rejection {
  const already = held === 0 ? '' : `; ${held} that you have not paid for count`;
  return new Rejection('MAX_PER_ORDER', `At most ${maximum} of ${title} can be held at once${already}.`, {
    typename: 'MaxPerOrderError',
    details: { offerId: toApiId('offer', id), maximum, held },
  });
}

/** @throws Rejection PRICE_CHANGED where the buyer expected another total */
export function checkTotal(actual: Money, expected: Money | null): void {
  if (!expected || (expected.amount === actual.amount && expected.currency === actual.currency)) return;
  throw new Rejection('PRICE_CHANGED', 'The total is not the one that was shown.', {
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
    throw new Rejection('SEAT_REQUIRED', `${title} needs a seat of its own for each unit.`);
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

/** From when until when a unit may be redeemed; nulls mean any time. */
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
