import { socialStates } from '@souk/shared/contracts/social';
import { toApiId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest, TestPartner } from './support/catalog.js';
import { eur, inHours, startCatalog } from './support/catalog.js';
import type { Market } from './support/market.js';
import { fillMarket } from './support/market.js';

const uuid = '00000000-0000-4000-8000-000000000000';

function cursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

let catalog: CatalogUnderTest;
let market: Market;

beforeAll(async () => {
  catalog = await startCatalog();
  market = await fillMarket(catalog);
});

afterAll(() => catalog.close());

interface Found {
  totalCount: number;
  nodes: { title: string }[];
  edges: { cursor: string; score: number | null; node: { title: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

async function find(
  arguments_: Record<string, unknown> = {},
  user: TestPartner | null = null,
): Promise<Found> {
  const data = await catalog.query<{ listings: Found }>(
    `query ($filter: ListingFilter, $sort: ListingSort, $first: Int, $after: String, $last: Int, $before: String) {
      listings(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
        totalCount nodes { title } edges { cursor score node { title } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    arguments_,
    user,
  );
  return data.listings;
}

async function titles(filter: object, sort?: string): Promise<string[]> {
  return (await find({ filter, sort })).nodes.map((node) => node.title);
}

describe('filters', () => {
  it.each<[string, object, string[]]>([
    ['kind', { kinds: ['APP', 'EVENT'] }, ['Harbour Jazz', 'Trail Maps']],
    [
      'no kind in particular',
      { kinds: [] },
      ['Boots', 'Harbour Jazz', 'Lisbon before breakfast', 'Sourdough', 'Trail Maps'],
    ],
    ['all tags', { tags: ['walking', 'food'] }, ['Lisbon before breakfast']],
    ['city of a venue', { city: 'porto' }, ['Harbour Jazz']],
    ['city of a tour', { city: 'LISBON' }, ['Lisbon before breakfast']],
    ['price from', { priceMin: eur(4_600) }, ['Boots', 'Lisbon before breakfast']],
    ['price up to', { priceMax: eur(2_000) }, ['Harbour Jazz', 'Trail Maps']],
    ['price between', { priceMin: eur(4_600), priceMax: eur(5_300) }, ['Lisbon before breakfast']],
    ['price in another currency', { priceMin: { amount: 0, currency: 'USD' } }, ['Sourdough']],
    ['starts after', { startsAfter: inHours(90) }, ['Harbour Jazz', 'Lisbon before breakfast']],
    ['starts before', { startsBefore: inHours(90) }, ['Lisbon before breakfast']],
    ['starts between', { startsAfter: inHours(90), startsBefore: inHours(110) }, ['Harbour Jazz']],
    ['available only', { availableOnly: true, kinds: ['PRODUCT', 'APP'] }, ['Sourdough', 'Trail Maps']],
    ['unknown category', { categoryId: toApiId('category', '00000000-0000-4000-8000-000000000000') }, []],
    ['malformed partner', { partnerId: 'nobody' }, []],
  ])('%s', async (_name, filter, expected) => {
    expect(await titles(filter, 'TITLE')).toEqual(expected);
    expect((await find({ filter })).totalCount).toBe(expected.length);
  });

  it('a category includes its descendants', async () => {
    expect(await titles({ categoryId: market.category.outdoors.id }, 'TITLE')).toEqual([
      'Boots',
      'Lisbon before breakfast',
    ]);
    expect(await titles({ categoryId: market.category.walks.id })).toEqual(['Lisbon before breakfast']);
  });

  it('a partner restricts to their listings', async () => {
    expect(await titles({ partnerId: toApiId('partner', market.seller.partnerId) }, 'TITLE')).toEqual([
      'Boots',
      'Trail Maps',
    ]);
  });

  it('availableOnly follows the stock, and agrees with Offer.availability', async () => {
    const only = async (): Promise<string[]> => titles({ availableOnly: true }, 'TITLE');
    const buyable = async (): Promise<string[]> => {
      const { listings } = await catalog.query<{
        listings: { nodes: { title: string; offers: { availability: { status: string } }[] }[] };
      }>('{ listings(sort: TITLE) { nodes { title offers { availability { status } } } } }');
      return listings.nodes
        .filter(({ offers }) => offers.some(({ availability }) => /STOCK$/.test(availability.status)))
        .map(({ title }) => title);
    };
    const offSale = [
      { salesStartAt: inHours(1) },
      { salesStartAt: inHours(-2), salesEndAt: inHours(-1) },
      { salesStartAt: inHours(-1), salesEndAt: inHours(1), onHand: 0 },
    ];
    const extras = [{ salesStartAt: inHours(-1), salesEndAt: inHours(1) }, ...offSale];
    // Past dates are refused, so time passes by SQL.
    const listings = await Promise.all(
      extras.map(
        async ({ onHand, ...dates }: { onHand?: number; salesStartAt: Date; salesEndAt?: Date }, index) => {
          const { listing } = await catalog.product({ onHand: onHand ?? null }, { title: `Extra ${index}` });
          await catalog.sql('UPDATE offer SET sales_start_at = $2, sales_end_at = $3 WHERE listing_id = $1', [
            listing.uuid,
            dates.salesStartAt,
            dates.salesEndAt,
          ]);
          return listing;
        },
      ),
    );
    const gone = await catalog.draft('Tour', {
      listing: { title: 'Gone' },
      location: 'Rome',
      durationMinutes: 1,
    });
    await catalog.offer(gone, { startsAt: inHours(1) });
    await catalog.publish(gone);
    await catalog.sql('UPDATE offer SET starts_at = $2 WHERE listing_id = $1', [gone.uuid, inHours(-1)]);
    const begun = await Promise.all(
      [inHours(1), undefined].map(async (salesEndAt, index) => {
        const event = { listing: { title: `Begun ${index}` }, startsAt: inHours(1), endsAt: inHours(2) };
        const { listing } = await catalog.concert(
          { rows: 1, seatsPerRow: 1 },
          { event, offer: { salesEndAt } },
        );
        await catalog.sql('UPDATE listing SET starts_at = $2 WHERE id = $1', [listing.uuid, inHours(-1)]);
        return listing;
      }),
    );
    const seller = await catalog.partner();
    const { listing: suspended } = await catalog.product({}, { title: 'Suspended' }, seller);
    await catalog.suspend(seller);
    expect((await only()).filter((title) => /^(Extra|Gone|Begun|Suspended)/.test(title))).toEqual([
      'Begun 0',
      'Extra 0',
    ]);
    expect(await only()).toEqual(await buyable());
    for (const listing of [...listings, gone, ...begun, suspended])
      await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', listing);
    expect(await only()).toContain('Harbour Jazz');
    expect(await only()).toEqual(await buyable());
    const set = (reserved: number): Promise<unknown> =>
      catalog.sql('UPDATE offer SET reserved = $2 WHERE listing_id = $1', [market.jazz.uuid, reserved]);
    await set(1);
    expect(await only()).not.toContain('Harbour Jazz');
    expect(await only()).toEqual(await buyable());
    await set(0);
  });
});

describe('search', () => {
  it.each([
    ['a word of the title', 'jazz', 'Harbour Jazz'],
    ['another form of a word in the description', 'alfamas', 'Lisbon before breakfast'],
    ['a tag', 'leather', 'Boots'],
    ['words in any order', 'breakfast lisbon', 'Lisbon before breakfast'],
    ['a misspelling', 'harbor jaz', 'Harbour Jazz'],
    ['another misspelling', 'sourdogh', 'Sourdough'],
    ['a misspelling of one word', 'lisbn', 'Lisbon before breakfast'],
    ['a quoted phrase', '"before breakfast"', 'Lisbon before breakfast'],
  ])('%s', async (_name, search, expected) => {
    const { edges, totalCount } = await find({ filter: { search } });
    expect(edges.map(({ node }) => node.title)).toEqual([expected]);
    expect(totalCount).toBe(1);
    expect(edges[0]?.score).toBeGreaterThan(0);
  });

  it('returns nothing for unknown words, and accepts any text', async () => {
    for (const search of ['zeppelin', '"', "'; DROP TABLE listing; --", '& | ! ( <->', '%', 'the', '\\'])
      expect(await titles({ search })).toEqual([]);
  });

  it('puts the title above the description, and pages by score', async () => {
    const first = await find({ filter: { search: 'walking OR maps OR boots' }, first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const seen = [...first.nodes];
    let { endCursor } = first.pageInfo;
    for (let more = true; more;) {
      const page = await find({ filter: { search: 'walking OR maps OR boots' }, first: 1, after: endCursor });
      seen.push(...page.nodes);
      endCursor = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen.map(({ title }) => title).sort()).toEqual(['Boots', 'Lisbon before breakfast', 'Trail Maps']);
    expect(seen.at(-1)?.title).toBe('Lisbon before breakfast');
  });

  it('has no score without words', async () => {
    const { edges } = await find({ filter: { search: '  ' }, sort: 'RELEVANCE' });
    expect(edges).toHaveLength(5);
    expect(edges.every(({ score }) => score === null)).toBe(true);
  });
});

describe('order and pages', () => {
  it.each<[string, string[]]>([
    ['NEWEST', ['Sourdough', 'Boots', 'Trail Maps', 'Harbour Jazz', 'Lisbon before breakfast']],
    ['PRICE_ASC', ['Sourdough', 'Trail Maps', 'Harbour Jazz', 'Lisbon before breakfast', 'Boots']],
    ['PRICE_DESC', ['Boots', 'Lisbon before breakfast', 'Harbour Jazz', 'Trail Maps', 'Sourdough']],
    ['TITLE', ['Boots', 'Harbour Jazz', 'Lisbon before breakfast', 'Sourdough', 'Trail Maps']],
  ])('%s, page by page, forward and backward', async (sort, expected) => {
    const forward: string[] = [];
    let page = await find({ sort, first: 2 });
    expect(page.pageInfo.hasPreviousPage).toBe(false);
    for (;;) {
      forward.push(...page.nodes.map((node) => node.title));
      if (!page.pageInfo.hasNextPage) break;
      page = await find({ sort, first: 2, after: page.pageInfo.endCursor });
      expect(page.pageInfo.hasPreviousPage).toBe(true);
    }
    expect(forward).toEqual(expected);
    const backward: string[] = [];
    page = await find({ sort, last: 2 });
    for (;;) {
      backward.unshift(...page.nodes.map((node) => node.title));
      if (!page.pageInfo.hasPreviousPage) break;
      page = await find({ sort, last: 2, before: page.pageInfo.startCursor });
      expect(page.pageInfo.hasNextPage).toBe(true);
    }
    expect(backward).toEqual(expected);
  });

  it('STARTS_AT begins with the next departure; listings without a start come last', async () => {
    const first = await find({ sort: 'STARTS_AT', first: 3 });
    expect(first.nodes.slice(0, 2).map((node) => node.title)).toEqual([
      'Lisbon before breakfast',
      'Harbour Jazz',
    ]);
    const rest = await find({ sort: 'STARTS_AT', first: 3, after: first.pageInfo.endCursor });
    expect(rest.nodes).toHaveLength(2);
  });

  it('RATING follows the ratings of social, also when social loses some', async () => {
    const byTitle = new Map(
      (await catalog.sql<{ id: string; title: string }>('SELECT id, title FROM listing')).map(
        ({ id, title }) => [title, id],
      ),
    );
    const rate = (title: string, ...votes: [number, number, number, number, number]): void => {
      const listingId = byTitle.get(title) ?? '';
      catalog.subgraph.states.put(socialStates.ratings, listingId, { listingId, votes });
    };
    const untilOrder = async (...expected: string[]): Promise<void> => {
      let last: string[] = [];
      await until(`the order ${expected.join(', ')}`, async () => {
        last = await titles({}, 'RATING');
        return last.slice(0, expected.length).join() === expected.join();
      });
      expect(last).toHaveLength(5);
    };
    rate('Boots', 0, 0, 0, 1, 1);
    rate('Sourdough', 0, 0, 0, 0, 1);
    rate('Trail Maps', 0, 0, 0, 2, 2);
    await untilOrder('Sourdough', 'Trail Maps', 'Boots');
    // The number stays when the search row is written anew.
    await catalog.sql('SELECT refresh_search_listings(ARRAY[$1::uuid])', [byTitle.get('Boots')]);
    const first = await find({ sort: 'RATING', first: 2 });
    const rest = await find({ sort: 'RATING', first: 3, after: first.pageInfo.endCursor });
    expect(rest.nodes[0]?.title).toBe('Boots');
    const back = await find({ sort: 'RATING', last: 2, before: rest.pageInfo.startCursor });
    expect(back.nodes).toEqual(first.nodes);
    expect(await titles({ kinds: ['PRODUCT'] }, 'RATING')).toEqual(['Sourdough', 'Boots']);
    expect((await titles({ search: 'walking' }, 'RATING'))[0]).toBe('Trail Maps');
    rate('Sourdough', 3, 0, 0, 0, 1);
    await untilOrder('Trail Maps', 'Boots', 'Sourdough');
    catalog.subgraph.states.lose(socialStates.ratings, byTitle.get('Trail Maps') ?? '');
    await untilOrder('Boots', 'Sourdough');
  });

  it('cursors stay valid when listings are added', async () => {
    const first = await find({ sort: 'TITLE', first: 2 });
    const { listing } = await catalog.product({}, { title: 'Aardvark' });
    const second = await find({ sort: 'TITLE', first: 2, after: first.pageInfo.endCursor });
    expect(second.nodes.map((node) => node.title)).toEqual(['Lisbon before breakfast', 'Sourdough']);
    await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', listing);
  });

  it.each<[string, Record<string, unknown>]>([
    ['more than 100', { first: 101 }],
    ['fewer than 0', { first: -1 }],
    ['both ways', { first: 1, last: 1 }],
    ['a cursor that is none', { after: 'abc' }],
    ["another order's cursor", { sort: 'TITLE', after: cursor(['NEWEST', '1', uuid]) }],
    ['a made up time', { sort: 'NEWEST', after: cursor(['NEWEST', '9999999999999999', uuid]) }],
    ['a made up rating', { sort: 'RATING', after: cursor(['RATING', '5e15', uuid]) }],
    ['a made up id', { sort: 'TITLE', after: cursor(['TITLE', 'a', 'x']) }],
    ['a negative price', { filter: { priceMin: eur(-1) } }],
    ['an unknown currency', { filter: { priceMin: { amount: 1, currency: 'XXX1' } } }],
    ['two currencies', { filter: { priceMin: eur(1), priceMax: { amount: 2, currency: 'USD' } } }],
    ['prices from high to low', { filter: { priceMin: eur(2), priceMax: eur(1) } }],
    ['a time after its end', { filter: { startsAfter: inHours(2), startsBefore: inHours(1) } }],
    ['too long a text', { filter: { search: 'a'.repeat(10_001) } }],
    ['no text', { filter: { city: 'a\0b' } }],
  ])('refuses %s', async (_name, arguments_) => {
    await expect(find(arguments_)).rejects.toThrow(/\S/);
    expect(
      await catalog.failure(
        `query ($filter: ListingFilter, $sort: ListingSort, $first: Int, $after: String, $last: Int) {
          listings(filter: $filter, sort: $sort, first: $first, after: $after, last: $last) { totalCount } }`,
        arguments_,
      ),
    ).toBe('BAD_USER_INPUT');
  });
});
