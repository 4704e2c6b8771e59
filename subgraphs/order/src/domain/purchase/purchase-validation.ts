import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { OfferSnapshot } from '../../entities/offer-snapshot.js';
import type { CatalogOffer } from '../catalog-port.js';

/** A line as somebody wants to buy it. */
export interface RequestedLine {
  offer: OfferSnapshot;
  quantity: number;
  /** UUIDs; one for each unit of a seated offer. */
  seatIds: readonly string[];
  /** The line's path in the input; null where no single field holds it, e.g. in a cart. */
  field: readonly string[] | null;
}

/** A refusal, and the line that it is about. */
export interface Violation {
  line: RequestedLine;
  rejection: Rejection;
}

/** Lines of a cart or of an order. */
export const maxLines = 100;

/** Units, and so seats and tokens, of one line: no offer allows more in one order (catalog's maxPerOrder). */
export const maxUnitsOfLine = 100;

/**
 * What speaks against buying these lines together, all at once. What several lines cause together is laid to the
 * last of them, so that a line that is added at the end answers for what it causes.
 */
export function validateLines(lines: readonly RequestedLine[], now: Date): Violation[] {
  return [
    ...validateCount(lines),
    ...validateCurrency(lines),
    ...validateMaximum(lines),
    ...lines.flatMap((line) => [...validateSale(line, now), ...validateSeatCount(line)]),
    ...validateUniqueSeats(lines),
    ...validateSum(lines),
  ];
}

/** What speaks against an offer as catalog shows it now, beside what `validateLines` says of its snapshot. */
export function validateOffer(
  line: RequestedLine,
  offer: CatalogOffer,
  wanted: number,
  now: Date,
): Violation[] {
  if (!offer.onSale) return validateSale(line, now).length > 0 ? [] : [notOnSale(line)];
  // Where there are seats, they are judged one by one: those that the buyer holds are his, though none is free any more.
  if (offer.available === null || offer.available >= wanted || line.seatIds.length > 0) return [];
  return [
    violation(
      line,
      'quantity',
      'INSUFFICIENT_STOCK',
      `Only ${offer.available} of ${quoted(line)} can be had.`,
      {
        typename: 'InsufficientStockError',
        details: { offerId: toApiId('offer', offer.offerId), available: offer.available },
      },
    ),
  ];
}

/** The units of an offer in all lines. */
export function unitsOf(offerId: string, lines: readonly RequestedLine[]): number {
  return lines
    .filter((line) => line.offer.offerId === offerId)
    .reduce((units, line) => units + line.quantity, 0);
}

function validateCount(lines: readonly RequestedLine[]): Violation[] {
  const last = lines.at(-1);
  return last && lines.length > maxLines
    ? [violation(last, null, 'INVALID', `At most ${maxLines} different items can be bought together.`)]
    : [];
}

function validateCurrency(lines: readonly RequestedLine[]): Violation[] {
  const currency = lines[0]?.offer.currency;
  return lines
    .filter((line) => line.offer.currency !== currency)
    .map((line) =>
      violation(
        line,
        null,
        'CURRENCY_MISMATCH',
        `${quoted(line)} costs ${line.offer.currency}, the other items ${currency ?? ''}.`,
      ),
    );
}

function validateMaximum(lines: readonly RequestedLine[]): Violation[] {
  return lastOfEachOffer(lines).flatMap((line) => {
    const isTooMuch = unitsOf(line.offer.offerId, lines) > line.offer.maxPerOrder;
    return isTooMuch ? [{ line, rejection: exceedsMaximum(line, 0) }] : [];
  });
}

/** The refusal for more of an offer than one order may have; `held` units are the buyer's already and not paid for. */
export function exceedsMaximum(line: RequestedLine, held: number): Rejection {
  const { maxPerOrder: maximum, offerId } = line.offer;
  const already = held === 0 ? '' : `; ${held} that you have not paid for count`;
  const { rejection } = violation(
    line,
    'quantity',
    'MAX_PER_ORDER',
    `At most ${maximum} of ${quoted(line)} can be bought at once${already}.`,
    { typename: 'MaxPerOrderError', details: { offerId: toApiId('offer', offerId), maximum, held } },
  );
  return rejection;
}

function validateSale(line: RequestedLine, now: Date): Violation[] {
  const { salesStartAt, salesEndAt } = line.offer;
  const on = (salesStartAt === null || salesStartAt <= now) && (salesEndAt === null || now < salesEndAt);
  return on ? [] : [notOnSale(line)];
}

function notOnSale(line: RequestedLine): Violation {
  return violation(line, null, 'NOT_ON_SALE', `${quoted(line)} is not on sale.`);
}

function validateSeatCount(line: RequestedLine): Violation[] {
  const { seated } = line.offer;
  if (!seated && line.seatIds.length > 0)
    return [violation(line, 'seatIds', 'INVALID', `${quoted(line)} has no seats to choose.`)];
  if (seated && line.seatIds.length !== line.quantity) {
    const wrong = `${counted(line.quantity, 'unit')}, ${counted(line.seatIds.length, 'seat')}`;
    return [
      violation(line, 'seatIds', 'SEAT_REQUIRED', `${quoted(line)} needs a seat for each unit: ${wrong}.`),
    ];
  }
  return [];
}

function counted(count: number, thing: string): string {
  return count === 1 ? `one ${thing}` : `${count === 0 ? 'no' : count} ${thing}s`;
}

function validateUniqueSeats(lines: readonly RequestedLine[]): Violation[] {
  const taken = new Set<string>();
  return lines.flatMap((line) => {
    const twice = line.seatIds.some((seatId) => {
      const seen = taken.has(seatId);
      taken.add(seatId);
      return seen;
    });
    return twice ? [violation(line, 'seatIds', 'INVALID', 'A seat is chosen twice.')] : [];
  });
}

function validateSum(lines: readonly RequestedLine[]): Violation[] {
  const last = lines.at(-1);
  const sum = lines.reduce((total, line) => total + line.offer.unitAmount * line.quantity, 0);
  return last && !Number.isSafeInteger(sum)
    ? [violation(last, 'quantity', 'INVALID', 'The sum is larger than any amount that can be paid.')]
    : [];
}

function lastOfEachOffer(lines: readonly RequestedLine[]): RequestedLine[] {
  return [...new Map(lines.map((line) => [line.offer.offerId, line])).values()];
}

function violation(
  line: RequestedLine,
  name: string | null,
  code: string,
  message: string,
  more: Pick<Rejection, 'typename' | 'details'> | object = {},
): Violation {
  const field = line.field && (name === null ? line.field : [...line.field, name]);
  return { line, rejection: new Rejection(code, message, { field, ...more }) };
}

function quoted(line: RequestedLine): string {
  return JSON.stringify(line.offer.title);
}
