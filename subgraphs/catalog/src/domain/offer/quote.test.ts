import { OfferEntity } from '../../entities/offer.js';
import { ListingEntity } from '../../entities/listing.js';
import type { OfferOfListing, RequestedLine } from './quote.js';
import { checkTotal, quote } from './quote.js';

const now = new Date('2026-06-01T12:00:00Z');

function offerOf(listing: Partial<ListingEntity>, offer: Partial<OfferEntity> = {}): OfferOfListing {
  return {
    listing: Object.assign(new ListingEntity(), {
      id: 'listing',
      title: 'Thing',
      kind: 'PRODUCT',
      status: 'PUBLISHED',
      partnerId: null,
      isSellerActive: true,
      startsAt: null,
      endsAt: null,
      doorsOpenAt: null,
      durationMinutes: null,
      ...listing,
    }),
    offer: Object.assign(new OfferEntity(), {
      id: 'offer',
      title: 'Thing',
      upc: null,
      priceAmount: 250,
      priceCurrency: 'EUR',
      maxPerOrder: 10,
      seated: false,
      salesStartAt: null,
      salesEndAt: null,
      startsAt: null,
      ...offer,
    }),
  };
}

function line(more: Partial<RequestedLine> = {}): RequestedLine {
  return { lineId: 'line', offerId: 'offer', quantity: 1, seatIds: [], ...more };
}

function validityOf(found: OfferOfListing): [string | null, string | null] {
  const [first] = quote([line()], new Map([['offer', found]]), now).lines;
  return [first?.validFrom ?? null, first?.validUntil ?? null];
}

describe('when a unit may be redeemed', () => {
  const times = { startsAt: new Date('2026-06-10T20:00:00Z'), endsAt: new Date('2026-06-10T22:00:00Z') };

  it('a ticket: from two hours before the start until the end', () => {
    expect(validityOf(offerOf({ kind: 'EVENT', ...times }))).toEqual([
      '2026-06-10T18:00:00.000Z',
      '2026-06-10T22:00:00.000Z',
    ]);
  });

  it('a ticket: from when the doors open, where that is known', () => {
    const doorsOpenAt = new Date('2026-06-10T19:15:00Z');
    expect(validityOf(offerOf({ kind: 'EVENT', ...times, doorsOpenAt }))[0]).toBe('2026-06-10T19:15:00.000Z');
  });

  it('a departure: from a day before until its end', () => {
    expect(
      validityOf(
        offerOf({ kind: 'TOUR', durationMinutes: 90 }, { startsAt: new Date('2026-06-10T08:00:00Z') }),
      ),
    ).toEqual(['2026-06-09T08:00:00.000Z', '2026-06-10T09:30:00.000Z']);
  });

  it.each(['PRODUCT', 'APP', 'TOUR'] as const)('a %s without a time: any time', (kind) => {
    expect(validityOf(offerOf({ kind, durationMinutes: 90 }))).toEqual([null, null]);
  });
});

describe('quote', () => {
  it('names an offer after its listing, once', () => {
    const titles = ['Thing', 'Large'].map(
      (title) => quote([line()], new Map([['offer', offerOf({}, { title })]]), now).lines[0]?.title,
    );
    expect(titles).toEqual(['Thing', 'Thing: Large']);
  });

  it('adds up exactly, also what is dear', () => {
    const dear = offerOf({}, { priceAmount: 100_000_000_000, maxPerOrder: 100 });
    const lines = Array.from({ length: 100 }, (_, index) =>
      line({ lineId: `${index}`, offerId: `${index}`, quantity: 100 }),
    );
    const offers = new Map(lines.map(({ offerId }) => [offerId, dear]));
    expect(quote(lines, offers, now).total).toEqual({ amount: 1_000_000_000_000_000, currency: 'EUR' });
  });
});

describe('checkTotal', () => {
  const total = { amount: 100, currency: 'EUR' };

  it('takes the same total, and none', () => {
    expect(() => checkTotal(total, { ...total })).not.toThrow();
    expect(() => checkTotal(total, null)).not.toThrow();
  });

  it.each([
    { amount: 99, currency: 'EUR' },
    { amount: 100, currency: 'USD' },
  ])('refuses %j', (expected) => {
    expect(() => checkTotal(total, expected)).toThrow(
      expect.objectContaining({ code: 'PRICE_CHANGED', details: { expected, actual: total } }) as Error,
    );
  });
});
