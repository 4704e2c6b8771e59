import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { OfferSnapshot } from '../entities/offer-snapshot.js';
import type { CatalogOffer } from './catalog-port.js';

/** A line as somebody wants to buy it. */
export interface WantedLine {
  offer: OfferSnapshot;
  quantity: number;
  /** UUIDs; one for each unit of a seated offer. */
  seatIds: readonly string[];
  /** The line's path in the input; null where no single field holds it, e.g. in a cart. */
  field: readonly string[] | null;
}

/** A refusal, and the line that it is about. */
export interface Problem {
  line: WantedLine;
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
export function judgeLines(lines: readonly WantedLine[], now: Date): Problem[] {
  return [
    ...judgeCount(lines),
    ...judgeCurrency(lines),
    ...judgeMaximum(lines),
    ...lines.flatMap((line) => [...judgeSale(line, now), ...judgeSeatCount(line)]),
    ...judgeSeatsTwice(lines),
    ...judgeSum(lines),
  ];
}

/** What speaks against an offer as catalog shows it now, beside what `judgeLines` says of its snapshot. */
export function judgeOffer(line: WantedLine, offer: CatalogOffer, wanted: number, now: Date): Problem[] {
  if (!offer.onSale) return judgeSale(line, now).length > 0 ? [] : [notOnSale(line)];
  // Where there are seats, they are judged one by one: those that the buyer holds are his, though none is free any more.
  if (offer.available === null || offer.available >= wanted || line.seatIds.length > 0) return [];
  return [
    problem(
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
export function unitsOf(offerId: string, lines: readonly WantedLine[]): number {
  return lines
    .filter((line) => line.offer.offerId === offerId)
    .reduce((units, line) => units + line.quantity, 0);
}

function judgeCount(lines: readonly WantedLine[]): Problem[] {
  const last = lines.at(-1);
  return last && lines.length > maxLines
    ? [problem(last, null, 'INVALID', `At most ${maxLines} different items can be bought together.`)]
    : [];
}

function judgeCurrency(lines: readonly WantedLine[]): Problem[] {
  const currency = lines[0]?.offer.currency;
  return lines
    .filter((line) => line.offer.currency !== currency)
    .map((line) =>
      problem(
        line,
        null,
        'CURRENCY_MISMATCH',
        `${quoted(line)} costs ${line.offer.currency}, the other items ${currency ?? ''}.`,
      ),
    );
}

function judgeMaximum(lines: readonly WantedLine[]): Problem[] {
  return lastOfEachOffer(lines).flatMap((line) => {
    const isTooMuch = unitsOf(line.offer.offerId, lines) > line.offer.maxPerOrder;
    return isTooMuch ? [{ line, rejection: exceedsMaximum(line, 0) }] : [];
  });
}

/** The refusal for more of an offer than one order may have; `held` units are the buyer's already and not paid for. */
export function exceedsMaximum(line: WantedLine, held: number): Rejection {
  const { maxPerOrder: maximum, offerId } = line.offer;
  const already = held === 0 ? '' : `; ${held} that you have not paid for count`;
  const { rejection } = problem(
    line,
    'quantity',
    'MAX_PER_ORDER',
    `At most ${maximum} of ${quoted(line)} can be bought at once${already}.`,
    { typename: 'MaxPerOrderError', details: { offerId: toApiId('offer', offerId), maximum, held } },
  );
  return rejection;
}

function judgeSale(line: WantedLine, now: Date): Problem[] {
  const { salesStartAt, salesEndAt } = line.offer;
  const on = (salesStartAt === null || salesStartAt <= now) && (salesEndAt === null || now < salesEndAt);
  return on ? [] : [notOnSale(line)];
}

function notOnSale(line: WantedLine): Problem {
  return problem(line, null, 'NOT_ON_SALE', `${quoted(line)} is not on sale.`);
}

function judgeSeatCount(line: WantedLine): Problem[] {
  const { seated } = line.offer;
  if (!seated && line.seatIds.length > 0)
    return [problem(line, 'seatIds', 'INVALID', `${quoted(line)} has no seats to choose.`)];
  if (seated && line.seatIds.length !== line.quantity) {
    const wrong = `${counted(line.quantity, 'unit')}, ${counted(line.seatIds.length, 'seat')}`;
    return [
      problem(line, 'seatIds', 'SEAT_REQUIRED', `${quoted(line)} needs a seat for each unit: ${wrong}.`),
    ];
  }
  return [];
}

function counted(count: number, thing: string): string {
  return count === 1 ? `one ${thing}` : `${count === 0 ? 'no' : count} ${thing}s`;
}

function judgeSeatsTwice(lines: readonly WantedLine[]): Problem[] {
  const taken = new Set<string>();
  return lines.flatMap((line) => {
    const twice = line.seatIds.some((seatId) => {
      const seen = taken.has(seatId);
      taken.add(seatId);
      return seen;
    });
    return twice ? [problem(line, 'seatIds', 'INVALID', 'A seat is chosen twice.')] : [];
  });
}

function judgeSum(lines: readonly WantedLine[]): Problem[] {
  const last = lines.at(-1);
  const sum = lines.reduce((total, line) => total + line.offer.unitAmount * line.quantity, 0);
  return last && !Number.isSafeInteger(sum)
    ? [problem(last, 'quantity', 'INVALID', 'The sum is larger than any amount that can be paid.')]
    : [];
}

function lastOfEachOffer(lines: readonly WantedLine[]): WantedLine[] {
  return [...new Map(lines.map((line) => [line.offer.offerId, line])).values()];
}

function problem(
  line: WantedLine,
  name: string | null,
  code: string,
  message: string,
  more: Pick<Rejection, 'typename' | 'details'> | object = {},
): Problem {
  const field = line.field && (name === null ? line.field : [...line.field, name]);
  return { line, rejection: new Rejection(code, message, { field, ...more }) };
}

function quoted(line: WantedLine): string {
  return JSON.stringify(line.offer.title);
}
