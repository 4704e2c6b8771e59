import { toApiId } from '@souk/shared/ids';
import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import type { Market } from './support/market.js';
import { fillMarket } from './support/market.js';

let catalog: CatalogUnderTest;
let market: Market;

beforeAll(async () => {
  catalog = await startCatalog();
  market = await fillMarket(catalog);
});

afterAll(() => catalog.close());

describe('one listing', () => {
  it('is found by id or slug, and not by both or none', async () => {
    const { a, b, none } = await catalog.query<Record<string, { title: string; slug: string } | null>>(
      `query ($id: ID!) { a: listing(id: $id) { title slug } b: listing(slug: "harbour-jazz") { title slug }
        none: listing(slug: "nothing") { title } }`,
      { id: market.tour.id },
    );
    expect([a?.slug, b?.title, none]).toEqual(['lisbon-before-breakfast', 'Harbour Jazz', null]);
    expect(await catalog.failure('{ listing { id } }')).toBe('BAD_USER_INPUT');
    expect(await catalog.failure('{ listing(id: "x", slug: "y") { id } }')).toBe('BAD_USER_INPUT');
  });

  it('shows all of its kind', async () => {
    const { listing } = await catalog.query<{ listing: unknown }>(
      `query ($id: ID!) { listing(id: $id) {
        __typename kind status category { name parent { name children { name } } }
        priceRange { min { amount formatted } max { amount } }
        offers { price { amount } fulfilment seated maxPerOrder revision availability { status available } }
        ... on Tour { location durationMinutes difficulty itinerary { name } } } }`,
      { id: market.tour.id },
    );
    expect(listing).toEqual({
      __typename: 'Tour',
      kind: 'TOUR',
      status: 'PUBLISHED',
      category: { name: 'Walks', parent: { name: 'Outdoors', children: [{ name: 'Walks' }] } },
      priceRange: { min: { amount: 4_500, formatted: '€45.00' }, max: { amount: 5_200 } },
      offers: [5_200, 4_500].map((amount) => ({
        price: { amount },
        fulfilment: 'TOUR_TOKEN',
        seated: false,
        maxPerOrder: 10,
        revision: 1,
        availability: { status: 'IN_STOCK', available: amount === 5_200 ? 8 : 12 },
      })),
      location: 'Lisbon, Portugal',
      durationMinutes: 180,
      difficulty: 'MODERATE',
      itinerary: [],
    });
  });

  it('is found by reference, as Listing and as its kind, and as no other kind', async () => {
    const { _entities: entities } = await catalog.query<{ _entities: unknown[] }>(
      `query ($of: [_Any!]!) { _entities(representations: $of) {
        __typename ... on Tour { title } ... on App { title } ... on Offer { title } ... on Partner {
          listings(first: 1) { totalCount nodes { title } pageInfo { hasNextPage } } } } }`,
      {
        of: [
          { __typename: 'Listing', id: market.tour.id },
          { __typename: 'Tour', id: market.tour.id },
          { __typename: 'App', id: market.tour.id },
          { __typename: 'Listing', id: market.draft.id },
          { __typename: 'Offer', upc: 'NONE' },
          { __typename: 'Partner', id: toApiId('partner', market.seller.partnerId) },
        ],
      },
    );
    const tour = { __typename: 'Tour', title: 'Lisbon before breakfast' };
    expect(entities).toEqual([
      tour,
      tour,
      null,
      null,
      null,
      {
        __typename: 'Partner',
        listings: { totalCount: 2, nodes: [{ title: 'Boots' }], pageInfo: { hasNextPage: true } },
      },
    ]);
  });
});

test('offers(ids) keeps the order, and has null for what is unknown', async () => {
  const { offer, listing } = await catalog.product({ upc: 'ORDER-1', onHand: 3 }, { title: 'Pen' });
  const question = 'id upc listing { id kind title partner { id } } availability { status available }';
  const { offers, byUpc } = await catalog.query<{ offers: unknown[]; byUpc: unknown }>(
    `query ($ids: [ID!]!) { offers(ids: $ids) { ${question} } byUpc: offer(upc: "ORDER-1") { ${question} } }`,
    { ids: ['nonsense', offer.id, listing.id, offer.id] },
  );
  expect(offers).toEqual([null, byUpc, null, byUpc]);
  expect(byUpc).toEqual({
    id: offer.id,
    upc: 'ORDER-1',
    listing: { id: listing.id, kind: 'PRODUCT', title: 'Pen', partner: null },
    availability: { status: 'LOW_STOCK', available: 3 },
  });
  const many = Array.from({ length: 101 }, () => offer.id);
  expect(await catalog.failure('query ($ids: [ID!]!) { offers(ids: $ids) { id } }', { ids: many })).toBe(
    'BAD_USER_INPUT',
  );
});
