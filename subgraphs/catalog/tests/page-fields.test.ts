import { statementsDuring } from '../../../tests/support/statements.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { eur, inHours, refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;
let owner: TestPartner;

beforeAll(async () => {
  catalog = await startCatalog();
  owner = await catalog.partner();
});

afterAll(() => catalog.close());

describe('Listing.availability', () => {
  async function availabilityOf(listing: Made, user: TestUser | null = null): Promise<unknown> {
    const query = 'query ($id: ID!) { listing(id: $id) { availability { status available } } }';
    return (await catalog.query<{ listing: { availability: unknown } }>(query, { id: listing.id }, user))
      .listing.availability;
  }

  it.each<[string, (number | null)[], object]>([
    ['the best of its offers', [0, 3, 20], { status: 'IN_STOCK', available: 23 }],
    ['scarce where all that is left is scarce', [0, 3, 4], { status: 'LOW_STOCK', available: 7 }],
    ['sold out', [0, 0], { status: 'SOLD_OUT', available: 0 }],
    ['unlimited with one unlimited offer', [0, null], { status: 'IN_STOCK', available: null }],
    ['that of the only offer', [3], { status: 'LOW_STOCK', available: 3 }],
  ])('is %s', async (_what, units, expected) => {
    const { listing } = await catalog.product({ onHand: units[0] });
    for (const onHand of units.slice(1)) await catalog.offer(listing, { onHand });
    expect(await availabilityOf(listing)).toEqual(expected);
  });

  it('counts offers on sale only, and is NOT_ON_SALE without one', async () => {
    const { listing } = await catalog.product({ onHand: 7 });
    await catalog.offer(listing, { onHand: 50, salesStartAt: inHours(1) });
    expect(await availabilityOf(listing)).toEqual({ status: 'IN_STOCK', available: 7 });
    const draft = await catalog.draft('Product', { listing: { title: 'x' } });
    expect(await availabilityOf(draft, catalog.admin)).toEqual({ status: 'NOT_ON_SALE', available: 0 });
  });
});

describe('time zones', () => {
  it('of venues are given, or those of their country', async () => {
    const zoneOf = async (venue: Made): Promise<unknown> =>
      (await catalog.query<{ venue: unknown }>('query ($id: ID!) { venue(id: $id) { timeZone } }', venue))
        .venue;
    const azores = await catalog.venue([], { timeZone: 'Atlantic/Azores' });
    expect(await zoneOf(azores)).toEqual({ timeZone: 'Atlantic/Azores' });
    expect(await zoneOf(await catalog.venue([], { countryCode: 'FR' }))).toEqual({
      timeZone: 'Europe/Paris',
    });
    expect(await zoneOf(await catalog.venue([], { countryCode: 'PT' }))).toEqual({ timeZone: null });
  });

  it('must exist', async () => {
    const venue = { name: 'x', address: 'x', city: 'x', countryCode: 'PT', timeZone: 'Europe/Atlantis' };
    expect(
      refusals(await catalog.mutate('createVenue($input: VenueInput!)', 'venue { id }', { input: venue })),
    ).toEqual(['INVALID input.timeZone']);
    const tour = { listing: { title: 'x' }, timeZone: '+01:00' };
    expect(
      refusals(await catalog.mutate('createTour($input: TourInput!)', 'listing { id }', { input: tour })),
    ).toEqual(['INVALID input.timeZone']);
  });
});

describe('categories', () => {
  it('are found by id or slug, with their path', async () => {
    let parentId: string | null = null;
    for (const name of ['World', 'Europe', 'Portugal']) {
      const payload: { category: { id: string } } = await catalog.mutate<{ category: { id: string } }>(
        'createCategory($name: String!, $parentId: ID)',
        'category { id }',
        { name, parentId },
      );
      parentId = payload.category.id;
    }
    const found = await catalog.query(
      `query ($id: ID!) { byId: category(id: $id) { slug } bySlug: category(slug: "portugal") { id path { slug } }
        none: category(slug: "nowhere") { id } noId: category(id: "x") { id } }`,
      { id: parentId },
    );
    const path = ['world', 'europe', 'portugal'].map((slug) => ({ slug }));
    expect(found).toEqual({
      byId: { slug: 'portugal' },
      bySlug: { id: parentId, path },
      none: null,
      noId: null,
    });
    expect(await catalog.failure('{ category { id } }')).toBe('BAD_USER_INPUT');
    expect(await catalog.failure('{ category(id: "x", slug: "y") { id } }')).toBe('BAD_USER_INPUT');
  });
});

describe('prices', () => {
  const update = async (offer: Made, input: object): Promise<string[]> =>
    refusals(
      await catalog.mutate(
        'updateOffer($id: ID!, $input: OfferInput!)',
        'offer { id }',
        { id: offer.id, input },
        owner,
      ),
    );
  const history = `query ($id: ID!, $first: Int, $after: String) { offer(id: $id) {
    priceHistory(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      nodes { price { amount } compareAtPrice { amount } validFrom } } } }`;

  it('are compared with a higher one in the same currency', async () => {
    const { offer } = await catalog.product({ price: eur(500), compareAtPrice: eur(600) }, {}, owner);
    expect(await update(offer, { price: eur(600) })).toEqual(['INVALID input.price']);
    expect(await update(offer, { compareAtPrice: eur(500) })).toEqual(['INVALID input.compareAtPrice']);
    expect(await update(offer, { compareAtPrice: { amount: 900, currency: 'USD' } })).toEqual([
      'INVALID input.compareAtPrice.currency',
    ]);
    expect(await update(offer, { price: eur(700), compareAtPrice: eur(800) })).toEqual([]);
    expect(await update(offer, { price: eur(900), compareAtPrice: null })).toEqual([]);
    const draft = await catalog.draft('Product', { listing: { title: 'x' } }, owner);
    const refused = await catalog.mutate(
      'createOffer($listingId: ID!, $input: OfferInput!)',
      'offer { id }',
      { listingId: draft.id, input: { price: eur(5), compareAtPrice: eur(5) } },
      owner,
    );
    expect(refusals(refused)).toEqual(['INVALID input.compareAtPrice']);
  });

  it('of the past are kept, newest first, in pages', async () => {
    const { offer } = await catalog.product({ price: eur(1) }, {}, owner);
    await update(offer, { title: 'A change without a price' });
    await update(offer, { price: eur(2) });
    await update(offer, { compareAtPrice: eur(5) });
    await update(offer, { price: eur(3) });
    type Page = {
      offer: { priceHistory: { nodes: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
    };
    const first = await catalog.query<Page>(history, { id: offer.id, first: 3 }, owner);
    const price = (amount: number, compared: number | null): object => ({
      price: { amount },
      compareAtPrice: compared === null ? null : { amount: compared },
      validFrom: expect.stringMatching(/Z$/) as unknown,
    });
    expect(first.offer.priceHistory).toMatchObject({
      totalCount: 4,
      nodes: [price(3, 5), price(2, 5), price(2, null)],
      pageInfo: { hasNextPage: true },
    });
    const after = first.offer.priceHistory.pageInfo.endCursor;
    const second = await catalog.query<Page>(history, { id: offer.id, after }, owner);
    expect(second.offer.priceHistory).toMatchObject({
      nodes: [price(1, null)],
      pageInfo: { hasNextPage: false },
    });
  });

  it('of the past are for the owner and catalog:manage', async () => {
    const { offer } = await catalog.product({}, {}, owner);
    expect(await catalog.query(history, offer, catalog.admin)).toMatchObject({
      offer: { priceHistory: { totalCount: 1 } },
    });
    expect(await catalog.failure(history, offer, await catalog.partner())).toBe('FORBIDDEN');
    expect(await catalog.failure(history, offer, catalog.user())).toBe('FORBIDDEN');
    expect(await catalog.failure(history, offer)).toBe('UNAUTHENTICATED');
  });
});

describe('reads', () => {
  const page = `query ($first: Int!) { listings(first: $first) { nodes {
    id title slug priceRange { min { amount } max { amount } } availability { status available }
    category { name slug path { slug } } partner { id }
    offers { id price { amount } compareAtPrice { amount } availability { status available } listing { id } }
    ... on Event { venue { name timeZone } } } } }`;

  /** The statements of the request alone: nothing else uses the connections of its transaction. */
  async function statementsOf(first: number, query = page, user: TestUser | null = null): Promise<string[]> {
    const { source } = catalog.subgraph.dependencies;
    const statements = await statementsDuring(source, async () => {
      const { listings } = await catalog.query<{ listings: { nodes: object[] } }>(query, { first }, user);
      expect(listings.nodes).toHaveLength(first);
    });
    const tables =
      /\b(?:listing|search_listing|category|offer|offer_price|offer_stock|stock_movement|venue|partner_owner)\b/;
    // Tasks of the process run meanwhile: the sweep of holds, the upkeep of the search.
    const ofTasks = /SKIP LOCKED|refresh_search_listings|search_word/;
    return statements.filter((statement) => tables.test(statement) && !ofTasks.test(statement));
  }

  /** The statements without what depends on the number of listings. */
  const inOrder = (all: string[]): string[] => all.map((statement) => statement.slice(0, 60)).sort();

  it('of a page of 50 listings with all that a card shows take as many statements as of a page of 2', async () => {
    const venue = await catalog.venue();
    const times = { startsAt: inHours(48), endsAt: inHours(50) };
    for (let index = 0; index < 25; index += 1) {
      const { category } = await catalog.mutate<{ category: { id: string } }>(
        'createCategory($name: String!)',
        'category { id }',
        { name: `Category ${index}` },
      );
      const seller = index % 5 === 0 ? await catalog.partner() : catalog.admin;
      const { listing } = await catalog.product({ onHand: index }, { categoryId: category.id }, seller);
      await catalog.offer(listing, { price: eur(index) }, seller);
      const event = await catalog.draft('Event', { listing: { title: 'x' }, venueId: venue.id, ...times });
      await catalog.offer(event, { onHand: 3 });
      await catalog.publish(event);
    }
    const [few, many] = [await statementsOf(2), await statementsOf(50)];
    expect(inOrder(many)).toEqual(inOrder(few));
    // The page, its listings, their offers and stock, their venues, their categories, and the paths.
    expect(many.length).toBe(7);
  });

  it('of the histories of all offers of a page take one statement and one count each', async () => {
    const histories = `query ($first: Int!) { listings(first: $first) { nodes { offers {
      priceHistory { totalCount nodes { validFrom } } stockMovements { totalCount nodes { kind } } } } } }`;
    const [few, many] = [
      await statementsOf(2, histories, catalog.admin),
      await statementsOf(40, histories, catalog.admin),
    ];
    expect(inOrder(many)).toEqual(inOrder(few));
    // The page, its listings, their offers, and two for each history.
    expect(many.length).toBe(7);
  });
});
