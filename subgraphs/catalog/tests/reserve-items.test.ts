import type { CatalogUnderTest } from './support/catalog.js';
import { eur, inHours, startCatalog } from './support/catalog.js';
import { statusesOf, TestCheckout, replyCode } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

describe('reserveItems', () => {
  it('quotes every line, and holds its units and seats', async () => {
    const seller = await catalog.partner();
    const book = await catalog.product({ onHand: 5, upc: 'BOOK-1', title: 'Paperback' }, {}, seller);
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 4 });
    const seats = concert.seats.slice(1, 3);
    const checkout = new TestCheckout(catalog, [
      { offer: book.offer, quantity: 3 },
      { offer: concert.offer, seats },
    ]);
    const outcome = await checkout.reserve({ expectedTotal: eur(5_000) });
    expect(outcome).toEqual({
      kind: 'done',
      output: {
        total: eur(5_000),
        payBy: expect.any(String) as string,
        lines: [
          {
            lineId: checkout.lines[0]?.lineId,
            offerId: book.offer.uuid,
            listingId: book.listing.uuid,
            partnerId: seller.partnerId,
            title: 'A book: Paperback',
            upc: 'BOOK-1',
            quantity: 3,
            unitPrice: eur(1_000),
            seatIds: [],
            fulfilment: 'SHIPMENT',
            validFrom: null,
            validUntil: null,
          },
          expect.objectContaining({
            offerId: concert.offer.uuid,
            partnerId: null,
            quantity: 2,
            seatIds: seats.map((seat) => seat.uuid),
            fulfilment: 'TICKET',
          }),
        ],
      },
    });
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 5, reserved: 3, sold: 0 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 2, HELD: 2 });
  });

  it('reserves once for repeated commands', async () => {
    const { offer } = await catalog.product({ onHand: 5 });
    const checkout = new TestCheckout(catalog, [{ offer, quantity: 2 }]);
    const outcomes = await Promise.all([checkout.reserve(), checkout.reserve(), checkout.reserve()]);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await catalog.stock(offer)).toMatchObject({ reserved: 2 });
  });

  it('holds nothing if one line is rejected', async () => {
    const rich = await catalog.product({ onHand: 5 });
    const poor = await catalog.product({ onHand: 1 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const checkout = new TestCheckout(catalog, [
      { offer: rich.offer, quantity: 2 },
      { offer: concert.offer, seats: concert.seats },
      { offer: poor.offer, quantity: 2 },
    ]);
    expect(await checkout.reserve()).toMatchObject({
      kind: 'rejected',
      rejection: {
        code: 'INSUFFICIENT_STOCK',
        typename: 'InsufficientStockError',
        details: { offerId: poor.offer.id, available: 1 },
      },
    });
    expect(await catalog.stock(rich.offer)).toMatchObject({ reserved: 0 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 2 });
    expect(await statusesOf(catalog, checkout.sagaId)).toEqual([]);
  });

  it('names only the seats that are unavailable', async () => {
    const { offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 3 });
    await new TestCheckout(catalog, [{ offer, seats: [seats[1]!] }]).reserve();
    expect(await new TestCheckout(catalog, [{ offer, seats }]).reserve()).toMatchObject({
      kind: 'rejected',
      rejection: {
        code: 'SEAT_UNAVAILABLE',
        typename: 'SeatUnavailableError',
        details: { seatIds: [seats[1]?.id] },
      },
    });
  });

  it('takes over the manual holds of the same buyer', async () => {
    const { listing, offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const buyer = catalog.user();
    await catalog.mutate('holdSeats($seatIds: [ID!]!)', 'heldUntil', { seatIds: [seats[0]?.id] }, buyer);
    const mine = new TestCheckout(catalog, [{ offer, seats }], buyer.userId);
    expect(replyCode(await mine.reserve())).toBe('done');
    expect(await catalog.seatCounts(listing)).toEqual({ HELD: 2 });
  });

  it('returns the expected and the actual total', async () => {
    const { offer } = await catalog.product({ onHand: 5 });
    expect(
      await new TestCheckout(catalog, [{ offer, quantity: 2 }]).reserve({ expectedTotal: eur(1_999) }),
    ).toMatchObject({
      kind: 'rejected',
      rejection: {
        code: 'PRICE_CHANGED',
        typename: 'PriceChangedError',
        details: { expected: eur(1_999), actual: eur(2_000) },
      },
    });
    expect(await catalog.stock(offer)).toMatchObject({ reserved: 0 });
  });

  it.each<[string, () => Promise<TestCheckout>]>([
    [
      'NOT_FOUND',
      async () =>
        new TestCheckout(catalog, [{ offer: { id: '', uuid: '00000000-0000-4000-8000-000000000000' } }]),
    ],
    [
      'NOT_FOUND',
      async () => {
        const draft = await catalog.draft('Product', { listing: { title: 'Not yet' } });
        return new TestCheckout(catalog, [{ offer: await catalog.offer(draft) }]);
      },
    ],
    [
      'NOT_ON_SALE',
      async () =>
        new TestCheckout(catalog, [{ offer: (await catalog.product({ salesStartAt: inHours(1) })).offer }]),
    ],
    [
      'NOT_ON_SALE',
      async () => {
        const { listing, offer } = await catalog.product();
        await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', listing);
        return new TestCheckout(catalog, [{ offer }]);
      },
    ],
    [
      'SEAT_REQUIRED',
      async () => {
        const { offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
        return new TestCheckout(catalog, [{ offer, quantity: 2, seats: [seats[0]!] }]);
      },
    ],
    [
      'SEAT_REQUIRED',
      async () => {
        const { offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
        return new TestCheckout(catalog, [
          { offer, seats: [seats[0]!] },
          { offer, seats: [seats[0]!] },
        ]);
      },
    ],
    [
      'SEAT_UNAVAILABLE',
      async () => {
        const { offer } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
        const other = await catalog.concert({ rows: 1, seatsPerRow: 2 });
        return new TestCheckout(catalog, [{ offer, seats: [other.seats[0]!] }]);
      },
    ],
    [
      'INVALID',
      async () => {
        const { offer } = await catalog.product();
        const { seats } = await catalog.concert({ rows: 1, seatsPerRow: 1 });
        return new TestCheckout(catalog, [{ offer, seats }]);
      },
    ],
    [
      'MAX_PER_ORDER',
      async () => {
        const { offer } = await catalog.product({ maxPerOrder: 3 });
        return new TestCheckout(catalog, [
          { offer, quantity: 2 },
          { offer, quantity: 2 },
        ]);
      },
    ],
    [
      'CURRENCY_MISMATCH',
      async () => {
        const dollars = await catalog.product({ price: { amount: 1, currency: 'USD' } });
        const euros = await catalog.product();
        return new TestCheckout(catalog, [{ offer: dollars.offer }, { offer: euros.offer }]);
      },
    ],
  ])('refuses with %s', async (code, checkoutOf) => {
    expect(replyCode(await (await checkoutOf()).reserve())).toBe(code);
  });
});
