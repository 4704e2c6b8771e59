import { makeSeats } from '@souk/catalog/domain/seat/seat-map';
import type { CatalogUnderTest, Made } from './support/catalog.js';
import { eur, inHours, refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

async function offer(listing: Made, input: object): Promise<string[]> {
  return refusals(
    await catalog.mutate('createOffer($listingId: ID!, $input: OfferInput!)', 'offer { id }', {
      listingId: listing.id,
      input,
    }),
  );
}

describe('offers', () => {
  it.each<[object, string[]]>([
    [{}, ['INVALID input.price']],
    [{ price: eur(-1) }, ['INVALID input.price.amount']],
    [{ price: eur(Number.MAX_SAFE_INTEGER) }, ['INVALID input.price.amount']],
    [{ price: { amount: 1, currency: 'EURO' } }, ['INVALID input.price.currency']],
    [{ price: eur(1), upc: 'not a upc' }, ['INVALID input.upc']],
    [{ price: eur(1), onHand: -1 }, ['INVALID input.onHand']],
    [{ price: eur(1), maxPerOrder: 0 }, ['INVALID input.maxPerOrder']],
    [{ price: eur(1), maxPerOrder: 101 }, ['INVALID input.maxPerOrder']],
    [{ price: eur(1), salesStartAt: inHours(2), salesEndAt: inHours(1) }, ['INVALID input.salesEndAt']],
    [{ price: eur(1), startsAt: inHours(1) }, ['INVALID input.startsAt']],
    [{ price: eur(1), sections: ['Stalls'] }, ['INVALID input.sections']],
  ])('%j is refused', async (input, expected) => {
    const draft = await catalog.draft('Product', { listing: { title: 'x' } });
    expect(await offer(draft, input)).toEqual(expected);
  });

  it('of an event or a departure are refused where they could never be sold, with the bound', async () => {
    const venue = await catalog.venue();
    const [startsAt, endsAt] = [inHours(10), inHours(58)];
    const event = await catalog.draft('Event', {
      listing: { title: 'x' },
      venueId: venue.id,
      startsAt,
      endsAt,
    });
    const tour = await catalog.draft('Tour', { listing: { title: 'x' }, location: 'y', durationMinutes: 1 });
    const past = inHours(-1);
    for (const [listing, dates, field, bound] of [
      [event, { salesEndAt: inHours(59) }, 'salesEndAt', endsAt],
      [event, { salesStartAt: startsAt }, 'salesStartAt', startsAt],
      [event, { salesStartAt: inHours(20), salesEndAt: inHours(20) }, 'salesEndAt', null],
      [event, { salesEndAt: past }, 'salesEndAt', null],
      [tour, { startsAt, salesEndAt: inHours(11) }, 'salesEndAt', startsAt],
      [tour, { startsAt, salesStartAt: startsAt }, 'salesStartAt', startsAt],
      [tour, { startsAt: past }, 'startsAt', null],
      [tour, { salesEndAt: past }, 'salesEndAt', null],
    ] as const) {
      const payload = await catalog.mutate(
        'createOffer($listingId: ID!, $input: OfferInput!)',
        'offer { id }',
        { listingId: listing.id, input: { price: eur(1), ...dates } },
      );
      expect(refusals(payload)).toEqual([`INVALID input.${field}`]);
      if (bound) expect(payload.userErrors[0]?.message).toContain(bound.toISOString());
    }
    for (const [listing, dates] of [
      [event, { salesEndAt: endsAt }],
      [event, { salesStartAt: inHours(20), salesEndAt: inHours(40) }],
      [event, { salesStartAt: past }],
      [tour, { startsAt, salesEndAt: startsAt }],
    ] as const)
      expect(await offer(listing, { price: eur(1), ...dates })).toEqual([]);
  });

  it('of an event that has begun need an end of their sales; one that is over has none', async () => {
    const venue = await catalog.venue();
    const event = (endsAt: Date): Promise<Made> =>
      catalog.draft('Event', { listing: { title: 'x' }, venueId: venue.id, startsAt: inHours(-2), endsAt });
    const begun = await event(inHours(2));
    expect(await offer(begun, { price: eur(1) })).toEqual(['INVALID input.salesEndAt']);
    expect(await offer(begun, { price: eur(1), salesEndAt: inHours(1) })).toEqual([]);
    expect(await offer(await event(inHours(-1)), { price: eur(1) })).toEqual(['INVALID listingId']);
  });

  it('2^31 units do not even reach the resolver', async () => {
    const draft = await catalog.draft('Product', { listing: { title: 'x' } });
    expect(
      await catalog.failure(
        'mutation ($id: ID!, $input: OfferInput!) { createOffer(listingId: $id, input: $input) { replayed } }',
        { id: draft.id, input: { price: eur(1), onHand: 2 ** 31 } },
        catalog.admin,
      ),
    ).toBe('BAD_USER_INPUT');
  });

  it('of one listing share a currency, also when made at once', async () => {
    const draft = await catalog.draft('Product', { listing: { title: 'x' } });
    const refused = await Promise.all(
      ['EUR', 'USD', 'GBP', 'JPY'].map((currency) => offer(draft, { price: { amount: 1, currency } })),
    );
    expect(refused.flat()).toEqual(Array.from({ length: 3 }, () => 'INVALID input.price.currency'));
  });

  it('take a UPC once, also when made at once', async () => {
    const draft = await catalog.draft('Product', { listing: { title: 'x' } });
    const refused = await Promise.all(
      Array.from({ length: 5 }, () => offer(draft, { price: eur(1), upc: '4006381333931' })),
    );
    expect(refused.flat()).toEqual(Array.from({ length: 4 }, () => 'UPC_TAKEN input.upc'));
  });

  it('sell sections that exist, once, and no units beside them', async () => {
    const venue = await catalog.venue([{ name: 'Stalls', rows: 2, seatsPerRow: 2 }]);
    const event = await catalog.draft('Event', { listing: { title: 'x' }, venueId: venue.id });
    expect(await offer(event, { price: eur(1), sections: ['Stalls', 'Attic'], onHand: 3 })).toEqual([
      'INVALID input.onHand',
      'NOT_FOUND input.sections.1',
    ]);
    const refused = await Promise.all([
      offer(event, { price: eur(1), sections: ['Stalls'] }),
      offer(event, { price: eur(1), sections: ['Stalls'] }),
    ]);
    expect(refused.flat()).toEqual(['CONFLICT input.sections.0']);
    expect(await catalog.seatCounts(event)).toEqual({ AVAILABLE: 4 });
  });
});

test('creates 20,000 seats of 100 sections in one statement', async () => {
  const sections = Array.from({ length: 100 }, (_, index) => ({
    name: `Section ${index}`,
    rows: index === 0 ? 40 : 10,
    seatsPerRow: index === 0 ? 5 : 20,
    x: index,
    y: 2 * index,
  }));
  const venue = await catalog.venue(sections);
  const event = await catalog.draft('Event', { listing: { title: 'x' }, venueId: venue.id });
  const other = await catalog.offer(event);
  await catalog.subgraph.dependencies.source.transaction(async (manager) => {
    const query = jest.spyOn(manager, 'query');
    await makeSeats(manager, { listingId: event.uuid, offerId: other.uuid }, sections);
    const insertions = query.mock.calls.filter(([sql]) => sql.includes('INSERT INTO event_seat'));
    expect(insertions).toHaveLength(1);
  });
  await catalog.sql('DELETE FROM event_seat WHERE listing_id = $1', [event.uuid]);

  expect(await offer(event, { price: eur(1), sections: sections.map(({ name }) => name) })).toEqual([]);
  const [sums] = await catalog.sql(
    `SELECT count(*)::int AS seats, count(DISTINCT section)::int AS sections,
       count(*) FILTER (WHERE section = 'Section 0')::int AS first, max(row_number) AS rows,
       max(row_label) FILTER (WHERE row_number = 40) AS label, max(x) AS x, max(y) AS y
     FROM event_seat WHERE listing_id = $1`,
    [event.uuid],
  );
  expect(sums).toEqual({ seats: 20_000, sections: 100, first: 200, rows: 40, label: 'AN', x: 118, y: 207 });
});

describe('venues and categories', () => {
  const venue = { name: 'Hall', address: 'Rua 1', city: 'Lisbon', countryCode: 'PT' };

  it.each<[object, string[]]>([
    [{ countryCode: 'pt' }, ['INVALID input.countryCode']],
    [{ countryCode: 'EU' }, ['INVALID input.countryCode']],
    [{ countryCode: 'Q1' }, ['INVALID input.countryCode']],
    [
      { name: '', address: ' ', city: '' },
      ['INVALID input.name', 'INVALID input.address', 'INVALID input.city'],
    ],
    [{ latitude: -91, longitude: 181 }, ['INVALID input.latitude', 'INVALID input.longitude']],
    [{ capacity: -1 }, ['INVALID input.capacity']],
    [
      { sections: [{ name: 'A', rows: 0, seatsPerRow: -1 }] },
      ['INVALID input.sections.0.rows', 'INVALID input.sections.0.seatsPerRow'],
    ],
    [
      {
        sections: [
          { name: 'A', rows: 1, seatsPerRow: 1 },
          { name: 'A', rows: 1, seatsPerRow: 1 },
        ],
      },
      ['INVALID input.sections.1.name'],
    ],
    [{ sections: [{ name: 'A', rows: 500, seatsPerRow: 500 }] }, ['INVALID input.sections']],
  ])('a venue with %j is refused', async (wrong, expected) => {
    const payload = await catalog.mutate('createVenue($input: VenueInput!)', 'venue { id }', {
      input: { ...venue, ...wrong },
    });
    expect(refusals(payload)).toEqual(expected);
  });

  it('a venue’s capacity is its seats, or what was said', async () => {
    const { userErrors, venue: seated } = await catalog.mutate<{ venue: unknown }>(
      'createVenue($input: VenueInput!)',
      'venue { capacity sections { name rows seatsPerRow x y } partner { id } }',
      { input: { ...venue, capacity: 7, sections: [{ name: 'A', rows: 3, seatsPerRow: 4, x: 0, y: 1.5 }] } },
    );
    expect(userErrors).toEqual([]);
    expect(seated).toEqual({
      capacity: 12,
      sections: [{ name: 'A', rows: 3, seatsPerRow: 4, x: 0, y: 1.5 }],
      partner: null,
    });
    const { id } = await catalog.venue([], { city: 'Faro', capacity: 7 });
    expect(await catalog.query('{ venues(city: "FARO") { id capacity } }')).toEqual({
      venues: [{ id, capacity: 7 }],
    });
  });

  it('a category’s slug is taken once, and its parent exists', async () => {
    const make = async (variables: object): Promise<string[]> =>
      refusals(
        await catalog.mutate(
          'createCategory($name: String!, $slug: String, $parentId: ID)',
          'category { id }',
          variables,
        ),
      );
    expect(await make({ name: 'Food', slug: 'food' })).toEqual([]);
    expect(await make({ name: 'Food again', slug: 'food' })).toEqual(['SLUG_TAKEN slug']);
    expect(await make({ name: ' ', slug: 'Ä', parentId: 'none' })).toEqual([
      'INVALID name',
      'INVALID slug',
      'NOT_FOUND parentId',
    ]);
  });
});
