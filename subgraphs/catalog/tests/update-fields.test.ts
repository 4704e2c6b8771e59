import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CatalogUnderTest, Made } from './support/catalog.js';
import { eur, refusals, startCatalog } from './support/catalog.js';

// Each field of each input of an update: absent stays, null clears or is refused.

let catalog: CatalogUnderTest;
const fixture: Record<'category' | 'otherCategory' | 'venue' | 'otherVenue', string> = {
  category: '',
  otherCategory: '',
  venue: '',
  otherVenue: '',
};

beforeAll(async () => {
  catalog = await startCatalog();
  const category = async (name: string): Promise<string> =>
    (
      await catalog.mutate<{ category: { id: string } }>(
        'createCategory($name: String!)',
        'category { id }',
        { name },
      )
    ).category.id;
  fixture.category = await category('One');
  fixture.otherCategory = await category('Two');
  fixture.venue = (await catalog.venue()).id;
  fixture.otherVenue = (await catalog.venue([], { name: 'Other' })).id;
});

afterAll(() => catalog.close());

/** The value of a cleared field, or that null is refused. */
type Cleared = { value: unknown } | 'INVALID';

/** A field of an input: how it is read, two values, and what null makes of it. */
interface FieldCase {
  select: string;
  values: () => [unknown, unknown];
  cleared: Cleared;
  /** The value as it is read. */
  read?: (value: unknown) => unknown;
}

const none: Cleared = { value: null };
const day = (days: number): string => new Date(Date.UTC(2030, 0, days)).toISOString();
const images = (name: string): object[] => [{ url: `https://cdn.test/${name}.png`, alt: name }];
const stops = (name: string): object[] => [{ name, description: null, latitude: 1, longitude: 2 }];
const idOf = (id: unknown): unknown => ({ id });

const commonFields: Record<string, FieldCase> = {
  title: { select: 'title', values: () => ['A title', 'Another title'], cleared: 'INVALID' },
  language: { select: 'language', values: () => ['de', 'pt-BR'], cleared: { value: 'en' } },
  slug: { select: 'slug', values: () => ['a-slug', 'another-slug'], cleared: { value: 'a-title' } },
  summary: { select: 'summary', values: () => ['Short', 'Shorter'], cleared: none },
  description: { select: 'description', values: () => ['Long\ntext', 'Longer'], cleared: none },
  seoTitle: { select: 'seoTitle', values: () => ['A page', 'Another page'], cleared: none },
  seoDescription: { select: 'seoDescription', values: () => ['About', 'More about'], cleared: none },
  categoryId: {
    select: 'category { id }',
    values: () => [fixture.category, fixture.otherCategory],
    cleared: none,
    read: idOf,
  },
  tags: { select: 'tags', values: () => [['a', 'b'], ['c']], cleared: { value: [] } },
  images: { select: 'images { url alt }', values: () => [images('a'), images('b')], cleared: { value: [] } },
  features: { select: 'features', values: () => [{ a: [1] }, { b: null }], cleared: none },
};

const kinds: Record<'Product' | 'Tour' | 'App' | 'Event', Record<string, FieldCase>> = {
  Product: {
    brand: { select: 'brand', values: () => ['Acme', 'Other'], cleared: none },
    weightGrams: { select: 'weightGrams', values: () => [1, 2], cleared: none },
  },
  Tour: {
    location: { select: 'location', values: () => ['Lisbon', 'Porto'], cleared: { value: '' } },
    itinerary: {
      select: 'itinerary { name description latitude longitude }',
      values: () => [stops('a'), stops('b')],
      cleared: { value: [] },
    },
    durationMinutes: { select: 'durationMinutes', values: () => [60, 90], cleared: { value: 0 } },
    timeZone: { select: 'timeZone', values: () => ['Europe/Lisbon', 'Atlantic/Azores'], cleared: none },
    difficulty: { select: 'difficulty', values: () => ['HARD', 'EASY'], cleared: { value: 'MODERATE' } },
  },
  App: {
    version: { select: 'version', values: () => ['1.0', '2.0'], cleared: { value: '' } },
    platforms: { select: 'platforms', values: () => [['linux'], ['macos']], cleared: { value: [] } },
    website: { select: 'website', values: () => ['https://a.test/', 'https://b.test/'], cleared: none },
  },
  Event: {
    venueId: {
      select: 'venue { id }',
      values: () => [fixture.venue, fixture.otherVenue],
      cleared: { value: { id: expect.stringMatching(/^venue_0{26}$/) as unknown } },
      read: idOf,
    },
    startsAt: {
      select: 'startsAt',
      values: () => [day(3), day(4)],
      cleared: { value: '1970-01-01T00:00:00.000Z' },
    },
    endsAt: {
      select: 'endsAt',
      values: () => [day(5), day(6)],
      cleared: { value: '1970-01-01T00:00:00.000Z' },
    },
    doorsOpenAt: { select: 'doorsOpenAt', values: () => [day(2), day(1)], cleared: none },
  },
};

const offerFields: Record<string, FieldCase> = {
  upc: { select: 'upc', values: () => ['UPC-1', 'UPC-2'], cleared: none },
  title: { select: 'title', values: () => ['Large', 'Small'], cleared: { value: 'A tour' } },
  price: { select: 'price { amount currency }', values: () => [eur(500), eur(600)], cleared: 'INVALID' },
  compareAtPrice: {
    select: 'compareAtPrice { amount currency }',
    values: () => [eur(700), eur(800)],
    cleared: none,
  },
  maxPerOrder: { select: 'maxPerOrder', values: () => [2, 3], cleared: { value: 10 } },
  salesStartAt: { select: 'salesStartAt', values: () => [day(1), day(2)], cleared: none },
  salesEndAt: { select: 'salesEndAt', values: () => [day(5), day(6)], cleared: none },
  startsAt: { select: 'startsAt', values: () => [day(8), day(9)], cleared: none },
};

/** Fields of an offer that an update treats in another way, tested in update-offer.test.ts. */
const otherOfferFields = ['onHand', 'sections'];

const inputNames = (input: string): string[] => {
  const file = path.join(__dirname, '../src/schema.graphql');
  const schema = readFileSync(file, 'utf8');
  const body = new RegExp(String.raw`^input ${input} \{\n(.*?)^\}`, 'ms').exec(schema)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name).sort();
};

test('has a case for every field of every input', () => {
  expect(Object.keys(commonFields).sort()).toEqual(inputNames('ListingInput'));
  for (const [kind, fields] of Object.entries(kinds))
    expect([...Object.keys(fields), 'listing'].sort()).toEqual(inputNames(`${kind}Input`));
  expect([...Object.keys(offerFields), ...otherOfferFields].sort()).toEqual(inputNames('OfferInput'));
});

/** One thing, how it is updated and read. */
interface Subject {
  update: (name: string, value: unknown) => Promise<string[]>;
  read: () => Promise<Record<string, unknown>>;
}

/** Changes one field, then clears it; the others stay each time. */
async function checkField(
  { update, read }: Subject,
  name: string,
  { values, cleared, read: readValue = (value) => value, select }: FieldCase,
): Promise<void> {
  const key = /^\w+/.exec(select)?.[0] ?? '';
  const before = await read();
  const [first, second] = values();
  expect(before[key]).toEqual(readValue(first));
  expect(await update(name, second)).toEqual([]);
  expect(await read()).toEqual({ ...before, [key]: readValue(second) });
  const refused = await update(name, null);
  if (cleared === 'INVALID') {
    expect(refused).toEqual([
      expect.stringMatching(new RegExp(String.raw`^INVALID input\..*${name}$`)) as unknown,
    ]);
    expect(await read()).toEqual({ ...before, [key]: readValue(second) });
  } else {
    expect(refused).toEqual([]);
    expect(await read()).toEqual({ ...before, [key]: cleared.value });
  }
}

const firstValues = (fields: Record<string, FieldCase>): object =>
  Object.fromEntries(Object.entries(fields).map(([name, { values }]) => [name, values()[0]]));

async function listingSubject(kind: keyof typeof kinds): Promise<Subject> {
  const listing = await catalog.draft(kind, {
    listing: firstValues(commonFields),
    ...firstValues(kinds[kind]),
  });
  const selection = [...Object.values(commonFields), ...Object.values(kinds[kind])].map(
    ({ select }) => select,
  );
  return {
    update: async (name, value) => {
      const input = name in commonFields ? { listing: { [name]: value } } : { listing: {}, [name]: value };
      return refusals(
        await catalog.mutate(`update${kind}($id: ID!, $input: ${kind}Input!)`, 'listing { id }', {
          id: listing.id,
          input,
        }),
      );
    },
    read: async () => {
      const query = `query ($id: ID!) { listing(id: $id) { ... on ${kind} { ${selection.join(' ')} } } }`;
      const data = await catalog.query<{ listing: Record<string, unknown> }>(query, listing, catalog.admin);
      return data.listing;
    },
  };
}

describe.each(Object.entries(kinds))('update%s', (kind, own) => {
  const ofKind = kind as keyof typeof kinds;
  afterEach(async () => {
    await catalog.sql('UPDATE listing SET slug = id::text');
    await catalog.sql('DELETE FROM former_slug');
  });

  it.each(Object.entries({ ...commonFields, ...own }))('%s', async (name, field) => {
    await checkField(await listingSubject(ofKind), name, field);
  });
});

describe('updateOffer', () => {
  let listing: Made;
  beforeAll(async () => {
    listing = await catalog.draft('Tour', { listing: { title: 'A tour' } });
  });
  afterEach(() => catalog.sql('UPDATE offer SET upc = NULL'));

  it.each(Object.entries(offerFields))('%s', async (name, field) => {
    const offer = await catalog.offer(listing, firstValues(offerFields));
    const selection = Object.values(offerFields).map(({ select }) => select);
    await checkField(
      {
        update: async (changed, value) =>
          refusals(
            await catalog.mutate('updateOffer($id: ID!, $input: OfferInput!)', 'offer { id }', {
              id: offer.id,
              input: { [changed]: value },
            }),
          ),
        read: async () => {
          const query = `query ($id: ID!) { offer(id: $id) { ${selection.join(' ')} } }`;
          return (
            await catalog.query<{ offer: Record<string, unknown> }>(query, { id: offer.id }, catalog.admin)
          ).offer;
        },
      },
      name,
      field,
    );
  });
});

test('updateCategory', async () => {
  const made = await catalog.mutate<{ category: { id: string } }>(
    'createCategory($name: String!, $slug: String, $parentId: ID)',
    'category { id }',
    { name: 'Garden', slug: 'plants', parentId: fixture.category },
  );
  const { id } = made.category;
  const update = (change: object): ReturnType<typeof catalog.mutate> =>
    catalog.mutate(
      'updateCategory($id: ID!, $name: String, $slug: String, $parentId: ID)',
      'category { name slug parent { id } }',
      { id, ...change },
    );
  const before = { name: 'Garden', slug: 'plants', parent: { id: fixture.category } };
  for (const [change, expected] of [
    [{}, before],
    [{ name: 'Yard' }, { ...before, name: 'Yard' }],
    [{ slug: null }, { ...before, name: 'Yard', slug: 'yard' }],
    [{ slug: 'plants' }, { ...before, name: 'Yard' }],
    [{ parentId: null }, { ...before, name: 'Yard', parent: null }],
    [{ parentId: fixture.otherCategory }, { ...before, name: 'Yard', parent: { id: fixture.otherCategory } }],
  ] as const)
    expect(await update(change)).toEqual({ category: expected, userErrors: [] });
  expect(refusals(await update({ name: null }))).toEqual(['INVALID name']);
});
