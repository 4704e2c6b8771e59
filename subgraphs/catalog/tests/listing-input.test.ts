import type { CatalogUnderTest, Made } from './support/catalog.js';
import { inHours, refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

async function create(type: 'Product' | 'Tour' | 'App' | 'Event', input: object): Promise<string[]> {
  return refusals(await catalog.mutate(`create${type}($input: ${type}Input!)`, 'listing { id }', { input }));
}

describe('listings', () => {
  it.each<['Product' | 'Tour' | 'App' | 'Event', object, string[]]>([
    ['Product', { listing: {} }, ['INVALID input.listing.title']],
    ['Product', { listing: { title: '   ' } }, ['INVALID input.listing.title']],
    ['Product', { listing: { title: 'x'.repeat(201) } }, ['INVALID input.listing.title']],
    ['Product', { listing: { title: 'a\0b' } }, ['INVALID input.listing.title']],
    ['Product', { listing: { title: 'x', slug: 'No Slug' } }, ['INVALID input.listing.slug']],
    ['Product', { listing: { title: 'x', categoryId: 'none' } }, ['NOT_FOUND input.listing.categoryId']],
    ['Product', { listing: { title: 'x', tags: ['ok', ' '] } }, ['INVALID input.listing.tags.1']],
    [
      'Product',
      { listing: { title: 'x', tags: Array.from({ length: 21 }, String) } },
      ['INVALID input.listing.tags'],
    ],
    [
      'Product',
      { listing: { title: 'x', images: [{ url: 'javascript:alert(1)' }] } },
      ['INVALID input.listing.images.0.url'],
    ],
    [
      'Product',
      { listing: { title: 'x', images: [{ url: 'data:text/html,x' }] } },
      ['INVALID input.listing.images.0.url'],
    ],
    ['Product', { listing: { title: 'x', features: { a: '\0' } } }, ['INVALID input.listing.features']],
    ['Product', { listing: { title: 'x', features: { a: '\ud800' } } }, ['INVALID input.listing.features']],
    [
      'Product',
      { listing: { title: 'x', features: { a: 'x'.repeat(20_000) } } },
      ['INVALID input.listing.features'],
    ],
    ['Product', { listing: { title: 'x' }, weightGrams: -1 }, ['INVALID input.weightGrams']],
    ['Tour', { listing: { title: 'x' }, durationMinutes: 0 }, ['INVALID input.durationMinutes']],
    [
      'Tour',
      { listing: { title: 'x' }, itinerary: [{ name: '', latitude: 91, longitude: -181 }] },
      [
        'INVALID input.itinerary.0.name',
        'INVALID input.itinerary.0.latitude',
        'INVALID input.itinerary.0.longitude',
      ],
    ],
    ['App', { listing: { title: 'x' }, website: 'ftp://x.test' }, ['INVALID input.website']],
    ['Event', { listing: { title: 'x' }, venueId: 'venue_x' }, ['NOT_FOUND input.venueId']],
    [
      'Event',
      { listing: { title: 'x' }, startsAt: inHours(2), endsAt: inHours(1), doorsOpenAt: inHours(3) },
      ['INVALID input.endsAt', 'INVALID input.doorsOpenAt'],
    ],
  ])('%s %j is refused', async (type, input, expected) => {
    expect(await create(type, input)).toEqual(expected);
  });

  it('keeps JSON that only looks odd', async () => {
    const features = { 'back\\u0000slash': '\\u0000 \\ud800', emoji: '🎷', deep: [{ a: null }] };
    const made = await catalog.draft('Product', { listing: { title: 'Odd', features } });
    const { listing } = await catalog.query<{ listing: { features: unknown } }>(
      'query ($id: ID!) { listing(id: $id) { features } }',
      made,
      catalog.admin,
    );
    expect(listing.features).toEqual(features);
  });

  it('a draft with only a title resolves every field', async () => {
    const made = {
      Tour: 'location durationMinutes difficulty itinerary { name }',
      App: 'version platforms website',
      Event: 'startsAt endsAt doorsOpenAt venue { id name capacity sections { name } } seats { id }',
      Product: 'brand weightGrams',
    } as const;
    for (const [type, fields] of Object.entries(made)) {
      const draft = await catalog.draft(type as keyof typeof made, { listing: { title: `Only ${type}` } });
      const { listing } = await catalog.query<{ listing: object }>(
        `query ($id: ID!) { listing(id: $id) { slug status priceRange { min { amount } } offers { id } tags images { url }
          ... on ${type} { ${fields} } } }`,
        draft,
        catalog.admin,
      );
      expect(listing).toMatchObject({ slug: `only-${type.toLowerCase()}`, status: 'DRAFT', offers: [] });
    }
  });

  it('accepts a slug once, and generates unique ones', async () => {
    expect(await create('Product', { listing: { title: 'A', slug: 'taken' } })).toEqual([]);
    expect(await create('App', { listing: { title: 'B', slug: 'taken' } })).toEqual([
      'SLUG_TAKEN input.listing.slug',
    ]);
    const refused = await Promise.all(
      Array.from({ length: 12 }, () => create('Product', { listing: { title: 'Same title' } })),
    );
    expect(refused.flat()).toEqual([]);
  });
});

describe('publishListing', () => {
  async function publish(listing: Made): Promise<string[]> {
    return refusals(
      await catalog.mutate('publishListing($id: ID!)', 'listing { status publishedAt }', listing),
    );
  }

  it.each([
    ['Tour', ['INVALID id', 'INVALID input.location', 'INVALID input.durationMinutes']],
    ['App', ['INVALID id', 'INVALID input.version', 'INVALID input.platforms']],
    ['Event', ['INVALID id', 'INVALID input.venueId', 'INVALID input.startsAt', 'INVALID input.endsAt']],
    ['Product', ['INVALID id']],
  ] as const)('reports everything that a %s lacks', async (type, lacks) => {
    expect(await publish(await catalog.draft(type, { listing: { title: type } }))).toEqual(lacks);
  });

  it('refuses an event that is over, and a listing of which nothing can be sold', async () => {
    const venue = await catalog.venue();
    const event = await catalog.draft('Event', {
      listing: { title: 'x' },
      venueId: venue.id,
      startsAt: inHours(1),
      endsAt: inHours(2),
    });
    await catalog.offer(event);
    const set = (startsAt: Date, endsAt: Date): Promise<unknown> =>
      catalog.sql('UPDATE listing SET starts_at = $2, ends_at = $3 WHERE id = $1', [
        event.uuid,
        startsAt,
        endsAt,
      ]);
    await set(inHours(-2), inHours(-1));
    expect(await publish(event)).toEqual(['INVALID input.endsAt']);
    await set(inHours(-2), inHours(2));
    expect(await publish(event)).toEqual(['INVALID id']);
    await catalog.offer(event, { title: 'Late', salesEndAt: inHours(1) });
    expect(await publish(event)).toEqual([]);
  });

  it('may be repeated, and undone by archiving', async () => {
    const { listing } = await catalog.product();
    expect(await publish(listing)).toEqual([]);
    const archived = await catalog.mutate('archiveListing($id: ID!)', 'listing { status }', listing);
    expect(archived).toMatchObject({ listing: { status: 'ARCHIVED' }, userErrors: [] });
    const { listing: seen } = await catalog.query<{ listing: unknown }>(
      'query ($id: ID!) { listing(id: $id) { status offers { availability { status } } } }',
      listing,
    );
    expect(seen).toEqual({ status: 'ARCHIVED', offers: [{ availability: { status: 'NOT_ON_SALE' } }] });
    expect(await publish(listing)).toEqual([]);
  });

  it('does not archive a draft, which would show it', async () => {
    const draft = await catalog.draft('Product', { listing: { title: 'Hidden' } });
    expect(refusals(await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', draft))).toEqual([
      'INVALID id',
    ]);
  });
});
