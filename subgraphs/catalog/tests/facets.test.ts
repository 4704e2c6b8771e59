import { toApiId } from '@souk/shared/ids';
import { connect } from '@souk/shared/postgres';
import type { CatalogUnderTest } from './support/catalog.js';
import { eur, inHours, startCatalog } from './support/catalog.js';
import type { Market } from './support/market.js';
import { fillMarket } from './support/market.js';

let catalog: CatalogUnderTest;
let market: Market;

beforeAll(async () => {
  catalog = await startCatalog();
  market = await fillMarket(catalog);
});

afterAll(() => catalog.close());

interface Facet {
  name: string;
  isEstimate: boolean;
  values: { value: string; label: string; count: number; partner: { id: string } | null }[];
}

async function facets(filter: object): Promise<Facet[]> {
  const data = await catalog.query<{ listings: { facets: Facet[] } }>(
    `query ($filter: ListingFilter) { listings(filter: $filter, first: 1) {
      facets { name isEstimate values { value label count partner { id } } } } }`,
    { filter },
  );
  return data.listings.facets;
}

/** Counts by value of a facet. */
async function counts(name: string, filter: object = {}): Promise<Record<string, number>> {
  const facet = (await facets(filter)).find((one) => one.name === name);
  return Object.fromEntries((facet?.values ?? []).map(({ value, count }) => [value, count]));
}

const month = (hours: number): string => inHours(hours).toISOString().slice(0, 7);

test('counts every property over the whole list, exactly', async () => {
  const all = await facets({});
  expect(all.map(({ name }) => name)).toEqual([
    'KIND',
    'CATEGORY',
    'TAG',
    'PRICE_BAND',
    'CITY',
    'PARTNER',
    'DIFFICULTY',
    'DATE',
  ]);
  expect(all.every(({ isEstimate }) => !isEstimate)).toBe(true);
  const of = (name: string): unknown[] =>
    all.find((facet) => facet.name === name)!.values.map(({ value, label, count }) => [value, label, count]);
  expect(of('KIND')).toEqual([
    ['PRODUCT', 'Product', 2],
    ['APP', 'App', 1],
    ['EVENT', 'Event', 1],
    ['TOUR', 'Tour', 1],
  ]);
  expect(of('TAG')).toEqual([
    ['walking', 'walking', 3],
    ['food', 'food', 1],
    ['leather', 'leather', 1],
    ['music', 'music', 1],
  ]);
  expect(of('CITY')).toEqual([
    ['lisbon', 'Lisbon', 1],
    ['porto', 'Porto', 1],
  ]);
  expect(of('DIFFICULTY')).toEqual([['MODERATE', 'Moderate', 1]]);
  const partner = toApiId('partner', market.seller.partnerId);
  expect(all.find(({ name }) => name === 'PARTNER')!.values).toEqual([
    { value: partner, label: partner, count: 2, partner: { id: partner } },
  ]);
});

test('a category counts the listings below it', async () => {
  expect(await counts('CATEGORY')).toEqual({
    [market.category.outdoors.id]: 2,
    [market.category.walks.id]: 1,
    [market.category.music.id]: 1,
  });
});

test('a price band counts every listing with an offer in it, and is a filter', async () => {
  const bands = await counts('PRICE_BAND');
  expect(bands).toEqual({
    'EUR:0:999': 1,
    'EUR:1000:2499': 1,
    'EUR:2500:4999': 1,
    'EUR:5000:9999': 1,
    'EUR:10000:24999': 1,
    'USD:0:999': 1,
  });
  for (const [band, count] of Object.entries(bands)) {
    const [currency, min, max] = band.split(':');
    const filter = {
      priceMin: { amount: Number(min), currency },
      priceMax: { amount: Number(max), currency },
    };
    const data = await catalog.query<{ listings: { totalCount: number } }>(
      'query ($filter: ListingFilter) { listings(filter: $filter) { totalCount } }',
      { filter },
    );
    expect([band, data.listings.totalCount]).toEqual([band, count]);
  }
});

test('a month counts departures and events, once per listing', async () => {
  const expected: Record<string, number> = {};
  for (const value of new Set([month(200), month(20)])) expected[value] = (expected[value] ?? 0) + 1;
  expected[month(100)] = (expected[month(100)] ?? 0) + 1;
  expect(await counts('DATE')).toEqual(expected);
});

test.each<[string, () => object, string, () => object]>([
  ['KIND', () => ({ kinds: ['APP'] }), 'TAG', () => ({ walking: 1 })],
  ['CATEGORY', () => ({ categoryId: market.category.walks.id }), 'KIND', () => ({ TOUR: 1 })],
  ['CATEGORY', () => ({ categorySlug: 'walks' }), 'KIND', () => ({ TOUR: 1 })],
  ['TAG', () => ({ tags: ['music'] }), 'KIND', () => ({ EVENT: 1 })],
  ['PRICE_BAND', () => ({ priceMin: eur(4_600) }), 'KIND', () => ({ PRODUCT: 1, TOUR: 1 })],
  ['CITY', () => ({ city: 'PORTO' }), 'KIND', () => ({ EVENT: 1 })],
  [
    'PARTNER',
    () => ({ partnerId: toApiId('partner', market.seller.partnerId) }),
    'KIND',
    () => ({ APP: 1, PRODUCT: 1 }),
  ],
  ['DIFFICULTY', () => ({ difficulties: ['HARD'] }), 'KIND', () => ({})],
  ['DATE', () => ({ startsAfter: inHours(150) }), 'KIND', () => ({ TOUR: 1 })],
])('%s is counted without its own filter, the others with it', async (own, filter, other, expected) => {
  expect(await counts(own, filter())).toEqual(await counts(own));
  expect(await counts(other, filter())).toEqual(expected());
});

test('facets of two filters leave out one of them each', async () => {
  const filter = { kinds: ['PRODUCT'], tags: ['walking'] };
  expect(await counts('KIND', filter)).toEqual({ APP: 1, PRODUCT: 1, TOUR: 1 });
  expect(await counts('TAG', filter)).toEqual({ walking: 1, leather: 1 });
});

test('facets of a search count what it finds', async () => {
  expect(await counts('KIND', { search: 'walking' })).toEqual({ APP: 1, PRODUCT: 1, TOUR: 1 });
  expect(await counts('KIND', { search: 'zeppelin' })).toEqual({});
  expect(await counts('KIND', { partnerId: 'nobody' })).toEqual({});
});

test('categoryId and categorySlug do not go together; an unknown slug matches nothing', async () => {
  const both = { categoryId: market.category.walks.id, categorySlug: 'walks' };
  expect(
    await catalog.failure('query ($f: ListingFilter) { listings(filter: $f) { totalCount } }', { f: both }),
  ).toBe('BAD_USER_INPUT');
  expect(await counts('KIND', { categorySlug: 'nowhere' })).toEqual({});
});

test("a partner's listings have facets", async () => {
  const { _entities: found } = await catalog.query<{ _entities: { listings: { facets: Facet[] } }[] }>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Partner {
      listings { facets { name values { value count } } } } } }`,
    { of: [{ __typename: 'Partner', id: toApiId('partner', market.seller.partnerId) }] },
  );
  expect(found[0]?.listings.facets.find(({ name }) => name === 'KIND')?.values).toEqual([
    { value: 'APP', count: 1 },
    { value: 'PRODUCT', count: 1 },
  ]);
});

test('a list of more than 2,000 listings has estimates, near the truth', async () => {
  const client = await connect(catalog.subgraph.databaseUrl);
  await client.query(
    `INSERT INTO listing (id, slug, kind, title, tags, status, price_min, price_max, price_currency, published_at)
     SELECT uuidv7(), 'many-' || n, 'PRODUCT', 'Many ' || n, ARRAY['n-' || n % 4], 'PUBLISHED', n, n, 'EUR', now()
     FROM generate_series(1, 6000) AS t (n)`,
  );
  await client.query('ANALYZE search_listing');
  await client.end();
  const { name, isEstimate, values } = (await facets({ search: 'many' })).find((one) => one.name === 'TAG')!;
  expect([name, isEstimate]).toEqual(['TAG', true]);
  expect(values).toHaveLength(4);
  for (const { count } of values) expect(Math.abs(count - 1_500)).toBeLessThan(300);
  expect((await facets({ tags: ['n-1'] })).find((one) => one.name === 'KIND')).toMatchObject({
    isEstimate: false,
    values: [{ value: 'PRODUCT', count: 1_500 }],
  });
}, 120_000);
