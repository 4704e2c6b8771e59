import {
  expiredReservationsOfOffersSql,
  expiredReservationsSql,
  expiredSeatsSql,
} from '@souk/catalog/domain/locks';
import { buyersSql } from '@souk/catalog/domain/listing/listing-deletion';
import { readHistories } from '@souk/catalog/domain/offer/offer-history';
import { soonStartsSql } from '@souk/catalog/domain/offer/start-reminder';
import { endingHoldsSql } from '@souk/catalog/domain/reservation/seat-hold-reminder';
import { restockedOffersSql } from '@souk/catalog/domain/seat/seat-assignment';
import { condenseSql } from '@souk/catalog/domain/stock/movement-retention';
import { StockMovementEntity } from '@souk/catalog/entities/stock-movement';
import type { ListingCursor, Sort } from '@souk/catalog/domain/search/listing-order';
import { FacetEstimates } from '@souk/catalog/domain/search/facet-estimates';
import { countFacets, facetStatement } from '@souk/catalog/domain/search/facets';
import type { FoundListing } from '@souk/catalog/domain/search/listing-search';
import { findListings, pageStatements } from '@souk/catalog/domain/search/listing-search';
import { parseSearchText } from '@souk/catalog/domain/search/search-text';
import { titleCompletionsSql, wordCompletionsSql } from '@souk/catalog/domain/search/suggestions';
import { changedByTimeSql } from '@souk/catalog/domain/search/search-upkeep';
import { readText, similarWordsSql } from '@souk/catalog/domain/search/word-lookup';
import type { ListingQuery } from '@souk/catalog/domain/search/listing-conditions';
import { Conditions } from '@souk/catalog/domain/search/listing-conditions';
import { newId, toApiId } from '@souk/shared/ids';
import { connect } from '@souk/shared/postgres';
import { countingStatements, statementsDuring } from '../../../tests/support/statements.js';
import type { CatalogUnderTest } from './support/catalog.js';
import { unpublishedExpirationsSql } from '@souk/catalog/domain/stock/hold-expiry';
import { startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;
let categoryId: string;
let offerId: string;
/** Partners with three quarters and one quarter of the listings. */
const [large, small] = [newId(), newId()];
const listings = 20_000;
const holds = 20_000;

beforeAll(async () => {
  catalog = await startCatalog();
  // A separate connection: the pool's statement timeout is too short.
  const client = await connect(catalog.subgraph.databaseUrl);
  categoryId = newId();
  await client.query("INSERT INTO category (id, slug, name) VALUES ($1, 'rare', 'Rare')", [categoryId]);
  // The search rows are written with the offers.
  await client.query("SET souk.search_refresh = 'deferred'");
  await client.query(
    `INSERT INTO listing (id, slug, kind, title, tags, status, category_id, partner_id, price_min, price_max,
       price_currency, published_at, version, platforms)
     SELECT uuidv7(), 'listing-' || n, CASE WHEN n > $1 - 200 THEN 'APP' ELSE 'PRODUCT' END, 'Thing ' || md5(n::text),
       ARRAY['tag-' || n % 1000, CASE WHEN n > $1 - 300 THEN 'oldest' ELSE 'newer' END], 'PUBLISHED',
       CASE WHEN n % 50 = 0 THEN $2::uuid END, CASE WHEN n % 4 > 0 THEN $3::uuid ELSE $4::uuid END, n, n, 'EUR', now() - n * interval '1 minute',
       '1', '{iOS}'
     FROM generate_series(1, $1::int) AS t (n)`,
    [listings, categoryId, large, small],
  );
  await client.query('RESET souk.search_refresh');
  await client.query(
    `INSERT INTO offer (id, listing_id, title, price_amount, price_currency, on_hand, max_per_order, seated, fulfilment)
     SELECT uuidv7(), id, title, price_min, 'EUR', 1, 10, false, 'SHIPMENT' FROM listing`,
  );
  ({ uuid: offerId } = (await catalog.product({ onHand: 1_000_000 })).offer);
  await client.query(
    `INSERT INTO reservation (saga_id, line_id, offer_id, quantity, seat_ids, status, expires_at)
     SELECT uuidv7(), uuidv7(), $2, 1, '{}', CASE WHEN n % 100 = 0 THEN 'HELD' ELSE 'CONFIRMED' END,
       now() + interval '1 hour' + n * interval '1 second'
     FROM generate_series(1, $1::int) AS t (n)`,
    [holds, offerId],
  );
  await client.query(
    `INSERT INTO stock_movement (offer_id, kind, on_hand, reserved, created_at)
     SELECT CASE WHEN n % 100 = 0 THEN $2::uuid ELSE gen_random_uuid() END, 'RESERVE', 0, 1,
       now() - ($1::int - n) * interval '30 minutes'
     FROM generate_series(1, $1::int) AS t (n)`,
    [holds, offerId],
  );
  const { listing, offer } = await catalog.concert({ rows: 100, seatsPerRow: 100 });
  await client.query(
    `UPDATE event_seat SET status = 'HELD', held_by = $2, held_until = now() + interval '1 hour'
     WHERE listing_id = $1 AND row_number = 1`,
    [listing.uuid, offer.uuid],
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
});

afterAll(() => catalog.close());

async function plan(sql: string, parameters: unknown[]): Promise<string> {
  const rows = await catalog.sql<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const firstPage = { limit: 20, cursor: null, backward: false };
const published = { status: 'PUBLISHED' } as const;

const withText = async (text: string, more: Partial<ListingQuery> = {}): Promise<ListingQuery> => ({
  ...published,
  text: await readText(catalog.subgraph.dependencies.source.manager, parseSearchText(text), null),
  ...more,
});

it.each<[string, () => ListingQuery | Promise<ListingQuery>, Sort, string[]]>([
  ['the newest', () => published, 'NEWEST', ['search_listing_newest']],
  ['the newest of a category', () => ({ ...published, categoryId }), 'NEWEST', ['search_listing_newest']],
  ['the cheapest', () => published, 'PRICE_ASC', ['search_listing_price']],
  ['the dearest', () => published, 'PRICE_DESC', ['search_listing_price']],
  ['titles', () => published, 'TITLE', ['search_listing_title']],
  ['the next starts', () => published, 'STARTS_AT', ['search_listing_start']],
  ['the best rated', () => published, 'RATING', ['search_listing_rating']],
  [
    'the best rated of a kind',
    () => ({ ...published, kinds: ['APP'] }),
    'RATING',
    ['search_listing_kind_rating'],
  ],
  ['a rare tag', () => ({ ...published, tags: ['tag-7'] }), 'NEWEST', ['search_listing_words']],
  ['one word', () => withText('thing'), 'RELEVANCE', ['search_term_pkey', 'search_listing_pkey']],
  ['one word of a category', () => withText('thing', { categoryId }), 'RELEVANCE', ['search_term_pkey']],
  ['words', () => withText('lisbon breakfast'), 'RELEVANCE', ['search_listing_words']],
  [
    'words by time',
    () => withText('lisbon breakfast'),
    'NEWEST',
    ['search_listing_newest', 'search_listing_words'],
  ],
])('a page of %s', async (_name, query, sort, indexes) => {
  for (const { sql, parameters } of pageStatements(await query(), sort, firstPage).slice(0, 1)) {
    const found = await plan(sql, parameters);
    for (const index of indexes) expect(found).toContain(index);
    expect(found).not.toContain('Seq Scan on search_');
  }
});

describe('matches at the far end of an order, or nowhere, do not make a page read the whole index', () => {
  const far: [string, ListingQuery, Sort, matches: number][] = [
    ['a tag', { ...published, tags: ['oldest'] }, 'NEWEST', 300],
    ['a kind', { ...published, kinds: ['APP'] }, 'NEWEST', 0],
    ['a kind of two', { ...published, kinds: ['APP', 'EVENT', 'APP'] }, 'TITLE', 0],
    ['a tag of a kind', { ...published, kinds: ['APP'], tags: ['oldest'] }, 'PRICE_ASC', 200],
    ['a property of another kind', { ...published, kinds: ['APP'], difficulties: ['HARD'] }, 'NEWEST', 0],
    ['a tag of the best rated', { ...published, tags: ['oldest'] }, 'RATING', 300],
    ['another currency', { ...published, priceMin: { amount: 1, currency: 'USD' } }, 'NEWEST', 0],
    ['the highest prices', { ...published, priceMax: { amount: 99, currency: 'EUR' } }, 'PRICE_DESC', 99],
    ['later dates', { ...published, startsAfter: new Date('2100-01-01') }, 'NEWEST', 0],
    ['earlier dates', { ...published, startsBefore: new Date('2000-01-01') }, 'STARTS_AT', 0],
  ];
  it.each(far)('%s', async (_name, query, sort, matches) => {
    for (const backward of [false, true]) {
      const statements = pageStatements(query, sort, { ...firstPage, backward });
      for (const { sql, parameters } of statements)
        expect(await rowsRead(sql, parameters)).toBeLessThanOrEqual(1_100 + 2 * matches);
    }
  });
});

describe('pages of filtered lists have all matches in order', () => {
  const lists: [string, ListingQuery, Sort, where: string][] = [
    ['a tag at the end', { ...published, tags: ['oldest'] }, 'NEWEST', "'oldest' = ANY(tags)"],
    ['kinds', { ...published, kinds: ['APP', 'EVENT', 'TOUR'] }, 'TITLE', "kind <> 'PRODUCT'"],
    [
      'a tag of kinds that lie apart',
      { ...published, kinds: ['APP', 'PRODUCT'], tags: ['oldest'] },
      'NEWEST',
      "'oldest' = ANY(tags)",
    ],
    ...[
      [999, 1_000],
      [2_499, 2_500],
      [9_990, 10_010],
      [null, 30],
      [19_970, null],
    ].map(([min = null, max = null]): [string, ListingQuery, Sort, string] => [
      `prices from ${min} to ${max}`,
      {
        ...published,
        priceMin: min === null ? null : { amount: min, currency: 'EUR' },
        priceMax: max === null ? null : { amount: max, currency: 'EUR' },
      },
      'PRICE_ASC',
      `price_min BETWEEN ${min ?? 0} AND ${max ?? 1_000_000}`,
    ]),
  ];
  const keys = {
    NEWEST: 'listed_at DESC, id DESC',
    PRICE_ASC: 'price_min, id',
    TITLE: `lower(title) COLLATE "und-x-icu", id`,
  };

  it.each(lists)('%s', async (_name, query, sort, where) => {
    const { manager } = catalog.subgraph.dependencies.source;
    const expected = await catalog.sql<{ id: string }>(
      `SELECT id FROM listing WHERE status = 'PUBLISHED' AND ${where} ORDER BY ${keys[sort as keyof typeof keys]}`,
    );
    const found: string[] = [];
    for (let cursor: ListingCursor | null = null; ;) {
      const page: FoundListing[] = await findListings(manager, query, sort, { ...firstPage, cursor });
      const shown = page.slice(0, firstPage.limit);
      found.push(...shown.map(({ id }) => id));
      const last = shown.at(-1);
      if (page.length <= firstPage.limit || !last) break;
      cursor = [sort, last.key, last.id];
    }
    expect(found).toEqual(expected.map(({ id }) => id));
    expect(found.length).toBeGreaterThan(1);
  });
});

/** Rows that a statement reads from tables, those that its conditions remove included. */
async function rowsRead(sql: string, parameters: unknown[]): Promise<number> {
  const [row] = await catalog.sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
    parameters,
  );
  return row ? rowsOf(row['QUERY PLAN'][0].Plan) : 0;
}

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

function rowsOf(node: PlanNode): number {
  const read = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  const below = (node.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0);
  return below + (node['Relation Name'] ? read : 0);
}

it('words of the description only are collected by their index, where few entries in order do not have them', async () => {
  const [, rest] = pageStatements(await withText('lisbon breakfast'), 'RELEVANCE', firstPage);
  const found = await plan(rest!.sql, rest!.parameters);
  expect(found).toContain('search_listing_quality');
  expect(found).toContain('search_listing_words');
});

it('facets of a long list are counted over a sample by its index', async () => {
  const { sql, parameters } = facetStatement(new Conditions(published), ['TAG'], new Date(), 4);
  expect(await plan(sql, parameters)).toContain('search_listing_words');
});

it('listings of a category are counted by its index, for every status', async () => {
  expect(await plan('SELECT FROM listing WHERE category_id = $1', [categoryId])).toContain(
    'listing_category',
  );
});

it('facets of a long list are estimated once in a moment, those of a short one are counted each time', async () => {
  const { source } = catalog.subgraph.dependencies;
  const { manager } = source;
  const estimates = new FacetEstimates();
  const now = new Date();
  for (const [query, repeats] of [
    [published, false],
    [{ ...published, tags: ['oldest'] }, true],
  ] as const) {
    const first = await countFacets(manager, query, now, estimates);
    const statements = await statementsDuring(source, async () => {
      expect(await countFacets(manager, query, now, estimates)).toEqual(first);
    });
    expect(first.some(({ isEstimate }) => !isEstimate)).toBe(repeats);
    expect(statements.length > 0).toBe(repeats);
  }
});

it.each<[string, string, unknown[], string]>([
  ['similar words', similarWordsSql, ['lisbn'], 'search_word_similar'],
  ['completions by words', wordCompletionsSql, ['', 'thi', 8], 'search_term_pkey'],
  ['completions by titles', titleCompletionsSql, ['thi', 8], 'search_listing_prefix'],
  ['search rows that a time changes', changedByTimeSql, [200], 'search_listing_change'],
])('%s', async (_name, sql, parameters, index) => {
  expect(await plan(sql, parameters)).toContain(index);
});

describe('the number of listings', () => {
  const number = 'totalCount totalCountIsEstimate';
  const counted = async (arguments_: string): Promise<{ totalCount: number }> =>
    (await catalog.query<{ listings: { totalCount: number } }>(`{ listings(${arguments_}) { ${number} } }`))
      .listings;

  it('is exact up to 10,000', async () => {
    expect(await counted('filter: { tags: ["tag-7"] }')).toEqual({
      totalCount: 20,
      totalCountIsEstimate: false,
    });
  });

  it.each(['first: 1', 'filter: { kinds: [PRODUCT] }'])('is estimated beyond: %s', async (arguments_) => {
    const { totalCount, ...rest } = await counted(arguments_);
    expect(rest).toEqual({ totalCountIsEstimate: true });
    expect(Math.abs(totalCount - listings)).toBeLessThan(listings / 10);
  });

  it('is estimated with search words, too, never below what was counted', async () => {
    const { totalCount, ...rest } = await counted('filter: { search: "thing" }');
    expect(rest).toEqual({ totalCountIsEstimate: true });
    expect(totalCount).toBeGreaterThan(10_000);
  });

  it('of several partners is counted in one statement', async () => {
    const of = [large, small].map((id) => ({ __typename: 'Partner', id: toApiId('partner', id) }));
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Partner {
      listings(first: 1) { ${number} } } } }`;
    const { source } = catalog.subgraph.dependencies;
    const statements = await statementsDuring(source, async () => {
      const { _entities: found } = await catalog.query<{
        _entities: { listings: { totalCount: number; totalCountIsEstimate: boolean } }[];
      }>(query, { of });
      expect(found[0]?.listings.totalCountIsEstimate).toBe(true);
      expect(Math.abs((found[0]?.listings.totalCount ?? 0) - 15_000)).toBeLessThan(1_500);
      expect(found[1]?.listings).toEqual({ totalCount: 5_000, totalCountIsEstimate: false });
    });
    expect(countingStatements(statements)).toBe(1);
  });

  it('is not counted where it is not selected', async () => {
    const { source } = catalog.subgraph.dependencies;
    const statements = await statementsDuring(source, () =>
      catalog.query('{ listings(first: 1) { nodes { id } } }'),
    );
    expect(countingStatements(statements)).toBe(0);
  });
});

it('a later page of the newest begins at its cursor', async () => {
  const [{ sql, parameters } = { sql: '', parameters: [] }] = pageStatements(published, 'NEWEST', {
    ...firstPage,
    cursor: ['NEWEST', `${Date.now() - 3_600_000}`, newId()],
  });
  const found = await plan(sql, parameters);
  expect(found).toMatch(/Index (?:Only )?Scan using search_listing_newest/);
  expect(found).toMatch(/Index Cond: \(ROW\(listed_at, listing_id\) </);
});

it('a later page of titles begins at its cursor', async () => {
  const [{ sql, parameters } = { sql: '', parameters: [] }] = pageStatements(published, 'TITLE', {
    ...firstPage,
    cursor: ['TITLE', 'thing 8', newId()],
  });
  const found = await plan(sql, parameters);
  expect(found).toMatch(/Index (?:Only )?Scan using search_listing_title /);
  expect(found).toMatch(/Index Cond: \(ROW\(title_key, listing_id\) >/);
});

function soon(minutes: number): Date {
  return new Date(Date.now() + minutes * 60_000);
}

it.each([
  ['reservations past their time', expiredReservationsSql, [200], 'reservation_expiry'],
  ['expired reservations to publish', unpublishedExpirationsSql, [200], 'reservation_unpublished_end'],
  ['those of an offer', expiredReservationsOfOffersSql, 'offer', 'reservation_'],
  ['seats past their time', expiredSeatsSql, [200], 'event_seat_expiry'],
  ['seats whose hold ends soon', endingHoldsSql, [soon(0), soon(3), soon(-1)], 'event_seat_expiry'],
  ['offers of freed seats', restockedOffersSql, [[newId()]], 'event_seat_offer'],
])('%s', async (_name, sql, parameters, index) => {
  const found = await plan(sql, parameters === 'offer' ? [[offerId]] : (parameters as unknown[]));
  expect(found).toContain(index);
  expect(found).not.toContain('Seq Scan');
});

it('events and departures that start soon are found by their start', async () => {
  const found = await plan(soonStartsSql, [soon(0), soon(26 * 60), 200]);
  expect(found).toContain('listing_starts_at');
  expect(found).toContain('offer_starts_at');
});

it('the history of an offer is read from the end', async () => {
  const { source } = catalog.subgraph.dependencies;
  const [statement = ''] = await statementsDuring(source, () =>
    readHistories(source.manager, StockMovementEntity, [offerId], { limit: 20, after: newId() }),
  );
  const found = await plan(statement, [[offerId], newId(), 21]);
  expect(found).toMatch(/Index Only Scan Backward using stock_movement_pkey/);
  expect(found).not.toContain('Seq Scan on stock_movement');
});

it('old movements are found by their age', async () => {
  const found = await plan(condenseSql, [new Date(Date.now() - 400 * 86_400_000)]);
  expect(found).toContain('stock_movement_age');
  expect(found).not.toContain('Seq Scan on stock_movement');
});

it('buyers of a listing are found without reading all reservations', async () => {
  const found = await plan(buyersSql, [newId(), [offerId]]);
  expect(found).not.toMatch(/Seq Scan on (?:reservation|event_seat)/);
});
