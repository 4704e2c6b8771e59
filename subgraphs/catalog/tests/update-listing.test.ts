import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { inHours, refusals, startCatalog } from './support/catalog.js';
import { replyCode, TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

type Kind = 'Product' | 'Tour' | 'App' | 'Event';
type Updated = Payload<{ listing: Record<string, unknown> | null }>;

function update(
  kind: Kind,
  listing: Made,
  input: object,
  more: { expectedRevision?: number; user?: TestUser } = {},
): Promise<Updated> {
  return catalog.mutate(
    `update${kind}($id: ID!, $expectedRevision: Int, $input: ${kind}Input!)`,
    'listing { title slug revision }',
    { id: listing.id, input: { listing: {}, ...input }, ...more },
    more.user ?? catalog.admin,
  );
}

const remove = async (listing: Made, user: TestUser = catalog.admin): Promise<string[]> =>
  refusals(await catalog.mutate('deleteListing($id: ID!)', 'ok', listing, user));

describe('an update', () => {
  it('of two editors: the later one is told the revision, and overwrites nothing', async () => {
    const { listing } = await catalog.product();
    const titles = await Promise.all(
      ['One', 'Two', 'Three'].map((title) =>
        update('Product', listing, { listing: { title } }, { expectedRevision: 1 }),
      ),
    );
    expect(titles.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const refused = await update('Product', listing, { brand: 'x' }, { expectedRevision: 1 });
    const message = 'The listing is at revision 2, not 1: read it again.';
    expect(refused.userErrors).toMatchObject([
      { __typename: 'StaleWriteError', code: 'STALE_WRITE', message, field: ['expectedRevision'] },
    ]);
    expect(refused.userErrors[0]).toHaveProperty('currentRevision', 2);
    expect(refusals(await update('Product', listing, { brand: 'x' }, { expectedRevision: 2 }))).toEqual([]);
  });

  it('to the present state changes nothing', async () => {
    const { listing } = await catalog.product({}, { title: 'Same', tags: ['a'] });
    const same = await update('Product', listing, { listing: { title: ' Same ', tags: ['a', 'a'] } });
    expect(same).toMatchObject({ listing: { revision: 1 }, userErrors: [] });
  });

  it('of a listing of another kind, or of nobody: NOT_FOUND', async () => {
    const { listing } = await catalog.product();
    expect(refusals(await update('Tour', listing, {}))).toEqual(['NOT_FOUND id']);
    expect(refusals(await update('Tour', { id: 'x', uuid: '' }, {}))).toEqual(['NOT_FOUND id']);
  });

  it('reports all refusals at once', async () => {
    const { listing } = await catalog.product();
    const input = { listing: { title: ' ', slug: 'No', categoryId: 'none' }, weightGrams: -1 };
    expect(refusals(await update('Product', listing, input, { expectedRevision: 7 }))).toEqual([
      'STALE_WRITE expectedRevision',
      'INVALID input.listing.slug',
      'INVALID input.listing.title',
      'NOT_FOUND input.listing.categoryId',
      'INVALID input.weightGrams',
    ]);
  });

  it("of the title renames the offers that have it, and leaves others' titles", async () => {
    const { listing, offer } = await catalog.product({}, { title: 'Lamp' });
    const own = await catalog.offer(listing, { title: 'Large' });
    await update('Product', listing, { listing: { title: 'Light' } });
    const query = 'query ($ids: [ID!]!) { offers(ids: $ids) { title } }';
    expect(await catalog.query(query, { ids: [offer.id, own.id] })).toEqual({
      offers: [{ title: 'Light' }, { title: 'Large' }],
    });
    const reserved = await new TestCheckout(catalog, [{ offer }]).reserve();
    expect(reserved).toMatchObject({ output: { lines: [{ title: 'Light' }] } });
  });
});

describe('a published listing', () => {
  it.each<[Kind, object, object, string[]]>([
    [
      'Tour',
      { location: 'Faro', durationMinutes: 5 },
      { location: ' ', durationMinutes: null },
      ['INVALID input.location', 'INVALID input.durationMinutes'],
    ],
    [
      'App',
      { version: '1', platforms: ['linux'] },
      { version: null, platforms: [] },
      ['INVALID input.version', 'INVALID input.platforms'],
    ],
  ])('%s keeps what publishing needs', async (kind, own, cleared, expected) => {
    const listing = await catalog.draft(kind, { listing: { title: kind }, ...own });
    await catalog.offer(listing);
    expect(refusals(await update(kind, listing, cleared))).toEqual([]);
    expect(refusals(await update(kind, listing, own))).toEqual([]);
    await catalog.publish(listing);
    expect(refusals(await update(kind, listing, cleared))).toEqual(expected);
  });

  it('Event keeps its place and times, and cannot be moved into the past', async () => {
    const venue = await catalog.venue();
    const times = { startsAt: inHours(48), endsAt: inHours(50) };
    const event = await catalog.draft('Event', { listing: { title: 'Gig' }, venueId: venue.id, ...times });
    await catalog.offer(event);
    await catalog.publish(event);
    const change = (input: object): Promise<string[]> => update('Event', event, input).then(refusals);
    expect(await change({ venueId: null, startsAt: null, endsAt: null })).toEqual([
      'INVALID input.venueId',
      'INVALID input.startsAt',
      'INVALID input.endsAt',
    ]);
    expect(await change({ startsAt: inHours(-4), endsAt: inHours(-2) })).toEqual(['INVALID input.endsAt']);
    expect(await change({ startsAt: inHours(51) })).toEqual(['INVALID input.endsAt']);
    expect(await change({ startsAt: inHours(51), endsAt: inHours(52) })).toEqual([]);
    await catalog.sql(
      "UPDATE listing SET starts_at = now() - interval '2 h', ends_at = now() - interval '1 h' WHERE id = $1",
      [event.uuid],
    );
    expect(await change({ listing: { summary: 'It was good.' } })).toEqual([]);
  });
});

describe('an event with buyers', () => {
  it('keeps its time once tickets are held or sold, and its venue while seats are on sale', async () => {
    const { listing, offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 3 });
    const other = await catalog.venue();
    const change = (input: object): Promise<string[]> => update('Event', listing, input).then(refusals);
    expect(await change({ venueId: other.id })).toEqual(['CONFLICT input.venueId']);
    expect(await change({ startsAt: inHours(47) })).toEqual([]);
    const checkout = new TestCheckout(catalog, [{ offer, seats: seats.slice(0, 1) }]);
    expect(replyCode(await checkout.reserve())).toBe('done');
    expect(await change({ startsAt: inHours(46), endsAt: inHours(49) })).toEqual([
      'CONFLICT input.startsAt',
      'CONFLICT input.endsAt',
    ]);
    expect(await change({ doorsOpenAt: inHours(45), listing: { title: 'Concert!' } })).toEqual([]);
    await checkout.release();
    expect(await change({ startsAt: inHours(46) })).toEqual([]);
  });
});

describe('deleteListing', () => {
  const found = (id: string): Promise<unknown> =>
    catalog.query('query ($id: ID!) { listing(id: $id) { id } }', { id }, catalog.admin);

  it('removes a draft with its offers, seats and movements', async () => {
    const venue = await catalog.venue([{ name: 'A', rows: 1, seatsPerRow: 2 }]);
    const event = await catalog.draft('Event', { listing: { title: 'x', slug: 'gone' }, venueId: venue.id });
    await catalog.offer(event, { sections: ['A'] });
    await catalog.offer(event, { title: 'Standing', onHand: 5 });
    expect(await remove(event)).toEqual([]);
    expect(await found(event.id)).toEqual({ listing: null });
    for (const table of ['offer', 'event_seat'])
      expect(await catalog.sql(`SELECT FROM ${table} WHERE listing_id = $1`, [event.uuid])).toEqual([]);
    expect(await catalog.sql('SELECT FROM listing WHERE id = $1', [event.uuid])).toEqual([]);
    expect(await remove(event)).toEqual(['NOT_FOUND id']);
  });

  it('leaves of a published one what carts and orders refer to, and frees its slug and UPC', async () => {
    const { listing, offer, seats } = await catalog.concert({ rows: 2, seatsPerRow: 3 });
    await catalog.sql("UPDATE listing SET slug = 'reused', description = 'Secret' WHERE id = $1", [
      listing.uuid,
    ]);
    const standing = await catalog.offer(listing, { title: 'Standing', onHand: 5, upc: 'REUSED' });
    const checkout = new TestCheckout(catalog, [{ offer, seats: seats.slice(0, 2) }, { offer: standing }]);
    await checkout.reserve();
    expect(await remove(listing)).toEqual(['IN_USE id']);
    await checkout.release();
    expect(await remove(listing)).toEqual([]);

    const read = await catalog.query(
      `query ($id: ID!, $offer: ID!) { byId: listing(id: $id) { id } bySlug: listing(slug: "reused") { id }
        offer(id: $offer) { id } offers(ids: [$offer]) { id } }`,
      { id: listing.id, offer: standing.id },
      catalog.admin,
    );
    expect(read).toEqual({ byId: null, bySlug: null, offer: null, offers: [null] });
    const { _entities: referred } = await catalog.query<{ _entities: unknown[] }>(
      `query ($of: [_Any!]!) { _entities(representations: $of) {
        ... on Event { title status description } ... on EventSeat { section seat: status }
        ... on Offer { title upc availability { status available } listing { title } } } }`,
      {
        of: [
          { __typename: 'Event', id: listing.id },
          { __typename: 'Offer', id: standing.id },
          { __typename: 'EventSeat', id: seats[0]?.id },
        ],
      },
    );
    expect(referred).toEqual([
      { title: 'Concert', status: 'ARCHIVED', description: null },
      {
        title: 'Standing',
        upc: null,
        availability: { status: 'NOT_ON_SALE', available: 0 },
        listing: { title: 'Concert' },
      },
      { section: 'Stalls', seat: 'BLOCKED' },
    ]);
    for (const status of ['PUBLISHED', 'ARCHIVED', 'DRAFT']) {
      const { listings } = await catalog.query<{ listings: { nodes: { id: string }[] } }>(
        'query ($status: ListingStatus) { listings(filter: { status: $status }, first: 100) { nodes { id } } }',
        { status },
        catalog.admin,
      );
      expect(listings.nodes.map(({ id }) => id)).not.toContain(listing.id);
    }
    expect(refusals(await update('Event', listing, {}))).toEqual(['NOT_FOUND id']);
    expect(await remove(listing)).toEqual(['NOT_FOUND id']);
    expect(replyCode(await new TestCheckout(catalog, [{ offer: standing }]).reserve())).toBe('NOT_FOUND');
    await catalog.product({ upc: 'REUSED' }, { slug: 'reused' });
  });

  it.each(['sold', 'returned', 'expired'])('refuses one whose units were %s', async (what) => {
    const { listing, offer } = await catalog.product({ onHand: 5 });
    const checkout = new TestCheckout(catalog, [{ offer }]);
    await checkout.reserve();
    if (what === 'expired')
      await catalog.sql("UPDATE reservation SET status = 'EXPIRED' WHERE saga_id = $1", [checkout.sagaId]);
    else await checkout.confirm();
    if (what === 'returned') await checkout.undoConfirm();
    await catalog.sql('UPDATE offer SET reserved = 0 WHERE id = $1', [offer.uuid]);
    expect(await remove(listing)).toEqual(['IN_USE id']);
  });

  it('refuses one whose seats a buyer holds', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const ids = seats.map(({ id }) => id);
    const buyer = catalog.user();
    await catalog.mutate('holdSeats($seatIds: [ID!]!)', 'heldUntil', { seatIds: ids }, buyer);
    expect(await remove(listing)).toEqual(['IN_USE id']);
    await catalog.mutate('releaseSeats($seatIds: [ID!]!)', 'heldUntil', { seatIds: ids }, buyer);
    expect(await remove(listing)).toEqual([]);
  });

  it('in a race with checkouts either fails or leaves nothing behind', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const isSeated = index % 2 === 0;
        const { listing, offer, seats } = isSeated
          ? await catalog.concert({ rows: 1, seatsPerRow: 1 })
          : { ...(await catalog.product({ onHand: 1 })), seats: [] };
        const checkout = new TestCheckout(catalog, [{ offer, ...(isSeated && { seats }) }]);
        const [reserved, refused] = await Promise.all([checkout.reserve(), remove(listing)]);
        const rows = await catalog.sql('SELECT FROM reservation WHERE offer_id = $1', [offer.uuid]);
        return [replyCode(reserved) === 'done', refused.length === 0, rows.length];
      }),
    );
    for (const outcome of outcomes)
      expect([
        [true, false, 1],
        [false, true, 0],
      ]).toContainEqual(outcome);
  });
});

describe('slugs', () => {
  const slugOf = async (slug: string): Promise<unknown> => {
    const query = 'query ($slug: String!) { listing(slug: $slug) { id slug } }';
    return (await catalog.query<{ listing: unknown }>(query, { slug })).listing;
  };

  it.each([
    ['Прогулка по Лиссабону', 'progulka-po-lissabonu'],
    ['Ξενάγηση στην Αθήνα', 'ksenagisi-stin-athina'],
    ['東京タワー', 'dong-jing-tawa'],
    ['الدار البيضاء', 'aldar-albydae'],
    ['🎷🎸', 'listing'],
  ])('are made of %s', async (title, expected) => {
    const draft = await catalog.draft('Product', { listing: { title } });
    expect(await update('Product', draft, {})).toMatchObject({ listing: { slug: expected } });
  });

  it('stay when the title changes, and change on request; the former one finds the listing', async () => {
    const { listing } = await catalog.product({}, { title: 'Red boots' });
    expect(await update('Product', listing, { listing: { title: 'Blue boots' } })).toMatchObject({
      listing: { slug: 'red-boots' },
    });
    expect(await update('Product', listing, { listing: { slug: null } })).toMatchObject({
      listing: { slug: 'blue-boots' },
    });
    for (const slug of ['red-boots', 'blue-boots'])
      expect(await slugOf(slug)).toEqual({ id: listing.id, slug: 'blue-boots' });
    // The listing may have it back.
    await update('Product', listing, { listing: { slug: 'red-boots' } });
    for (const slug of ['red-boots', 'blue-boots'])
      expect(await slugOf(slug)).toEqual({ id: listing.id, slug: 'red-boots' });
  });

  it('that a listing had before are refused to others, until it is deleted', async () => {
    const { listing } = await catalog.product({}, { slug: 'first-name' });
    const { listing: other } = await catalog.product({}, { slug: 'other-name' });
    await update('Product', listing, { listing: { slug: 'second-name' } });
    const taken = { listing: { slug: 'first-name' } };
    expect(refusals(await update('Product', other, taken))).toEqual(['SLUG_TAKEN input.listing.slug']);
    const create = (): Promise<Payload> =>
      catalog.mutate('createProduct($input: ProductInput!)', 'listing { slug }', {
        input: { listing: { title: 'x', slug: 'first-name' } },
      });
    expect(refusals(await create())).toEqual(['SLUG_TAKEN input.listing.slug']);
    const generated = await catalog.mutate('createProduct($input: ProductInput!)', 'listing { slug }', {
      input: { listing: { title: 'First name' } },
    });
    expect(generated).toMatchObject({ listing: { slug: expect.stringMatching(/^first-name-/) as unknown } });
    expect(await remove(listing)).toEqual([]);
    expect(refusals(await create())).toEqual([]);
  });

  it('are unique when many listings ask for one at once', async () => {
    const listings = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        catalog.draft('Product', { listing: { title: 'Racer', slug: `racer-start-${index}` } }),
      ),
    );
    const given = await Promise.all(
      listings.map((listing) => update('Product', listing, { listing: { slug: 'the-one' } })),
    );
    expect(given.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const generated = await Promise.all(
      listings.map((listing) => update('Product', listing, { listing: { slug: null } })),
    );
    expect(generated.flatMap(refusals)).toEqual([]);
    expect(new Set(generated.map(({ listing }) => listing?.['slug'])).size).toBe(8);
  });

  it('of the past are at most 20', async () => {
    const { listing } = await catalog.product({}, { slug: 'number-0' });
    for (let number = 1; number <= 22; number += 1)
      await update('Product', listing, { listing: { slug: `number-${number}` } });
    expect(await slugOf('number-1')).toBeNull();
    expect(await slugOf('number-2')).toMatchObject({ slug: 'number-22' });
  });
});
