import { newId, toApiId } from '@souk/shared/ids';
import type { OfferSnapshot } from '../../entities/offer-snapshot.js';
import type { CatalogOffer } from '../catalog-port.js';
import type { RequestedLine } from './purchase-validation.js';
import { validateLines, validateOffer } from './purchase-validation.js';

const now = new Date('2026-03-01T12:00:00Z');

const snapshot = (over: Partial<OfferSnapshot> = {}): OfferSnapshot => ({
  offerId: newId(),
  listingId: newId(),
  title: 'A book',
  upc: null,
  unitAmount: 1_000,
  currency: 'EUR',
  maxPerOrder: 10,
  seated: false,
  fulfilment: 'SHIPMENT',
  salesStartAt: null,
  salesEndAt: null,
  ...over,
});

const line = (over: Partial<RequestedLine> = {}): RequestedLine => ({
  offer: snapshot(),
  quantity: 1,
  seatIds: [],
  field: ['item'],
  ...over,
});

const violationsOf = (...lines: RequestedLine[]): [string, string | undefined, number][] =>
  validateLines(lines, now).map((problem) => [
    problem.rejection.code,
    problem.rejection.field?.join('.'),
    lines.indexOf(problem.line),
  ]);

describe('lines together', () => {
  it('are valid without violations', () => {
    expect(violationsOf(line(), line())).toEqual([]);
  });

  it('must have one currency', () => {
    const yen = line({ offer: snapshot({ currency: 'JPY' }) });
    expect(violationsOf(line(), yen, line())).toEqual([['CURRENCY_MISMATCH', 'item', 1]]);
  });

  it('have at most the maximum of an offer in total', () => {
    const offer = snapshot({ maxPerOrder: 3, seated: true });
    const seats = (count: number): string[] => Array.from({ length: count }, () => newId());
    const two = (): RequestedLine => line({ offer, quantity: 2, seatIds: seats(2) });
    expect(violationsOf(two())).toEqual([]);
    expect(violationsOf(two(), two())).toEqual([['MAX_PER_ORDER', 'item.quantity', 1]]);
  });

  it('are at most 100', () => {
    expect(violationsOf(...Array.from({ length: 100 }, () => line()))).toEqual([]);
    expect(violationsOf(...Array.from({ length: 101 }, () => line()))).toEqual([['INVALID', 'item', 100]]);
  });

  it('must have a sum that is a safe integer', () => {
    const dear = line({ offer: snapshot({ unitAmount: Number.MAX_SAFE_INTEGER }) });
    expect(violationsOf(dear)).toEqual([]);
    expect(violationsOf(dear, line())).toEqual([['INVALID', 'item.quantity', 1]]);
  });

  it('must not contain a seat twice', () => {
    const offer = snapshot({ seated: true });
    const seat = newId();
    expect(violationsOf(line({ offer, seatIds: [seat] }), line({ offer, seatIds: [seat] }))).toEqual([
      ['INVALID', 'item.seatIds', 1],
    ]);
    expect(violationsOf(line({ offer, quantity: 2, seatIds: [seat, seat] }))).toEqual([
      ['INVALID', 'item.seatIds', 0],
    ]);
  });
});

describe('a line', () => {
  it.each([
    [2, 1],
    [1, 2],
    [1, 0],
  ])('of a seated offer: %d units, %d seats', (quantity, seats) => {
    const seatIds = Array.from({ length: seats }, () => newId());
    expect(violationsOf(line({ offer: snapshot({ seated: true }), quantity, seatIds }))).toEqual([
      ['SEAT_REQUIRED', 'item.seatIds', 0],
    ]);
  });

  it('of an offer without seats has none', () => {
    expect(violationsOf(line({ seatIds: [newId()] }))).toEqual([['INVALID', 'item.seatIds', 0]]);
  });

  it.each([
    ['before its sale', { salesStartAt: new Date('2026-03-01T12:00:01Z') }, true],
    ['from the begin of its sale', { salesStartAt: now }, false],
    ['just before the end of its sale', { salesEndAt: new Date('2026-03-01T12:00:01Z') }, false],
    ['from the end of its sale', { salesEndAt: now }, true],
  ])('%s', (_when, over, refused) => {
    expect(violationsOf(line({ offer: snapshot(over) }))).toEqual(
      refused ? [['NOT_ON_SALE', 'item', 0]] : [],
    );
  });

  it('of a cart names no field', () => {
    const [problem] = validateLines([line({ quantity: 11, field: null })], now);
    expect(problem?.rejection).toMatchObject({ code: 'MAX_PER_ORDER', field: null });
  });
});

describe('the current state of an offer', () => {
  const shown = (over: Partial<CatalogOffer> = {}): CatalogOffer => ({
    ...snapshot(),
    onSale: true,
    available: 3,
    ...over,
  });
  const judged = (offer: CatalogOffer, wanted: number): object[] =>
    validateOffer(line({ offer, quantity: wanted }), offer, wanted, now).map(({ rejection }) => rejection);

  it('has enough or unlimited stock', () => {
    expect(judged(shown(), 3)).toEqual([]);
    expect(judged(shown({ available: null }), 1_000_000)).toEqual([]);
  });

  it('has insufficient stock, and the violation has the quantity', () => {
    const offer = shown();
    expect(judged(offer, 4)).toMatchObject([
      {
        code: 'INSUFFICIENT_STOCK',
        typename: 'InsufficientStockError',
        field: ['item', 'quantity'],
        details: { offerId: toApiId('offer', offer.offerId), available: 3 },
      },
    ]);
  });

  it('is not on sale, which is reported once', () => {
    expect(judged(shown({ onSale: false }), 1)).toMatchObject([{ code: 'NOT_ON_SALE' }]);
    expect(judged(shown({ onSale: false, salesEndAt: now }), 1)).toEqual([]);
  });
});
