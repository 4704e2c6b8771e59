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

const told = (...lines: RequestedLine[]): [string, string | undefined, number][] =>
  validateLines(lines, now).map((problem) => [
    problem.rejection.code,
    problem.rejection.field?.join('.'),
    lines.indexOf(problem.line),
  ]);

describe('lines together', () => {
  it('may be bought when nothing speaks against them', () => {
    expect(told(line(), line())).toEqual([]);
  });

  it('cost one currency', () => {
    const yen = line({ offer: snapshot({ currency: 'JPY' }) });
    expect(told(line(), yen, line())).toEqual([['CURRENCY_MISMATCH', 'item', 1]]);
  });

  it('hold no more of an offer than one order may, however many lines it is in', () => {
    const offer = snapshot({ maxPerOrder: 3, seated: true });
    const seats = (count: number): string[] => Array.from({ length: count }, () => newId());
    const two = (): RequestedLine => line({ offer, quantity: 2, seatIds: seats(2) });
    expect(told(two())).toEqual([]);
    expect(told(two(), two())).toEqual([['MAX_PER_ORDER', 'item.quantity', 1]]);
  });

  it('are a hundred at most', () => {
    expect(told(...Array.from({ length: 100 }, () => line()))).toEqual([]);
    expect(told(...Array.from({ length: 101 }, () => line()))).toEqual([['INVALID', 'item', 100]]);
  });

  it('come to an amount that can be told exactly', () => {
    const dear = line({ offer: snapshot({ unitAmount: Number.MAX_SAFE_INTEGER }) });
    expect(told(dear)).toEqual([]);
    expect(told(dear, line())).toEqual([['INVALID', 'item.quantity', 1]]);
  });

  it('do not hold a seat twice', () => {
    const offer = snapshot({ seated: true });
    const seat = newId();
    expect(told(line({ offer, seatIds: [seat] }), line({ offer, seatIds: [seat] }))).toEqual([
      ['INVALID', 'item.seatIds', 1],
    ]);
    expect(told(line({ offer, quantity: 2, seatIds: [seat, seat] }))).toEqual([
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
    expect(told(line({ offer: snapshot({ seated: true }), quantity, seatIds }))).toEqual([
      ['SEAT_REQUIRED', 'item.seatIds', 0],
    ]);
  });

  it('of an offer without seats has none', () => {
    expect(told(line({ seatIds: [newId()] }))).toEqual([['INVALID', 'item.seatIds', 0]]);
  });

  it.each([
    ['before its sale', { salesStartAt: new Date('2026-03-01T12:00:01Z') }, true],
    ['from the begin of its sale', { salesStartAt: now }, false],
    ['just before the end of its sale', { salesEndAt: new Date('2026-03-01T12:00:01Z') }, false],
    ['from the end of its sale', { salesEndAt: now }, true],
  ])('%s', (_when, over, refused) => {
    expect(told(line({ offer: snapshot(over) }))).toEqual(refused ? [['NOT_ON_SALE', 'item', 0]] : []);
  });

  it('of a cart names no field', () => {
    const [problem] = validateLines([line({ quantity: 11, field: null })], now);
    expect(problem?.rejection).toMatchObject({ code: 'MAX_PER_ORDER', field: null });
  });
});

describe('an offer as catalog shows it now', () => {
  const shown = (over: Partial<CatalogOffer> = {}): CatalogOffer => ({
    ...snapshot(),
    onSale: true,
    available: 3,
    ...over,
  });
  const judged = (offer: CatalogOffer, wanted: number): object[] =>
    validateOffer(line({ offer, quantity: wanted }), offer, wanted, now).map(({ rejection }) => rejection);

  it('is enough, or unlimited', () => {
    expect(judged(shown(), 3)).toEqual([]);
    expect(judged(shown({ available: null }), 1_000_000)).toEqual([]);
  });

  it('is too little, and says how much there is', () => {
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

  it('is off sale, which is told once', () => {
    expect(judged(shown({ onSale: false }), 1)).toMatchObject([{ code: 'NOT_ON_SALE' }]);
    expect(judged(shown({ onSale: false, salesEndAt: now }), 1)).toEqual([]);
  });
});
