import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { OfferSnapshot } from '../../entities/offer-snapshot.js';
import type { CatalogOffer } from '../catalog-port.js';

/** A line that a buyer wants to purchase. */
export interface RequestedLine {
  offer: OfferSnapshot;
  quantity: number;
  /** UUIDs; one per unit of a seated offer. */
  seatIds: readonly string[];
  /** Path of the line in the input; null if no single field holds it, for example in a cart. */
  field: readonly string[] | null;
}

/** A rejection and the line that caused it. */
export interface Violation {
  line: RequestedLine;
  rejection: Rejection;
}

/** Maximum number of lines of a cart or order. */
export const maxLines = 100;

/** Maximum number of units, seats and tokens of one line: the upper bound of catalog's maxPerOrder. */
export const maxUnitsOfLine = 100;

/**
 * Validates lines that are bought together and returns all violations. A violation of several lines is
 * attributed to the last of them, so that an appended line reports what it causes.
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

/**
 * Validates a line against the offer's current state in catalog, in addition to `validateLines`, which uses
 * its snapshot.
 */
export function validateOffer(
  line: RequestedLine,
  offer: CatalogOffer,
  wanted: number,
  now: Date,
): Violation[] {
  if (!offer.onSale) return validateSale(line, now).length > 0 ? [] : [notOnSale(line)];
  // Seats are validated one by one: seats that the buyer holds are available to them.
  if (offer.available === null || offer.available >= wanted || line.seatIds.length > 0) return [];
  return [
    violation(
      line,
      'quantity',
      'INSUFFICIENT_STOCK',
      `Only ${offer.available} of ${quoted(line)} are available.`,
      {
        typename: 'InsufficientStockError',
        details: { offerId: toApiId('offer', offer.offerId), available: offer.available },
      },
    ),
  ];
}

/** Returns the units of an offer in all lines. */
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

/**
 * Returns the rejection for more units than one order may have. `held`: unpaid units that the buyer already
 * has.
 */
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
    return twice ? [violation(line, 'seatIds', 'INVALID', 'A seat is selected twice.')] : [];
  });
}

function validateSum(lines: readonly RequestedLine[]): Violation[] {
  const last = lines.at(-1);
  const sum = lines.reduce((total, line) => total + line.offer.unitAmount * line.quantity, 0);
  return last && !Number.isSafeInteger(sum)
    ? [violation(last, 'quantity', 'INVALID', 'The total exceeds the largest payable amount.')]
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
