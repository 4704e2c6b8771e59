import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { entities, migrations } from '@souk/catalog/database';
import { SortedTexts1764900000000 } from '@souk/catalog/migrations/1764900000000-sorted-texts';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';
import type { CatalogUnderTest, Made } from './support/catalog.js';
import { eur, inHours, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

const sorted = ['Ærø', 'apple', 'Éclair', 'eclairs', 'Łódź', 'Über', 'Zebra', 'Жизнь'];
const shuffled = ['Zebra', 'Łódź', 'eclairs', 'Жизнь', 'Ærø', 'Über', 'apple', 'Éclair'];

interface Named {
  id: string;
  name: string;
}

/** Reads a plain list page by page. */
async function pages(read: (after: string | null) => Promise<Named[]>): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Named[] = await read(after);
    if (page.length === 0) return names;
    names.push(...page.map(({ name }) => name));
    after = page.at(-1)?.id ?? null;
  }
}

test('titles sort by the alphabet, in pages forward and backward', async () => {
  for (const title of shuffled) await catalog.product({}, { title });
  const read = async (
    page: object,
  ): Promise<{ nodes: { title: string }[]; pageInfo: Record<string, string> }> =>
    (
      await catalog.query<{ listings: { nodes: { title: string }[]; pageInfo: Record<string, string> } }>(
        `query ($first: Int, $after: String, $last: Int, $before: String) {
           listings(sort: TITLE, first: $first, after: $after, last: $last, before: $before) {
             nodes { title } pageInfo { startCursor endCursor } } }`,
        page,
      )
    ).listings;
  const forward: string[] = [];
  const backward: string[] = [];
  for (let page = await read({ first: 3 }); page.nodes.length > 0;) {
    forward.push(...page.nodes.map(({ title }) => title));
    page = await read({ first: 3, after: page.pageInfo['endCursor'] });
  }
  for (let page = await read({ last: 3 }); page.nodes.length > 0;) {
    backward.unshift(...page.nodes.map(({ title }) => title));
    page = await read({ last: 3, before: page.pageInfo['startCursor'] });
  }
  expect(forward).toEqual(sorted);
  expect(backward).toEqual(sorted);
});

test('categories, their children, venues and sections sort by the alphabet, page by page', async () => {
  const category = async (name: string, parentId?: string): Promise<string> =>
    (
      await catalog.mutate<{ category: { id: string } }>(
        'createCategory($name: String!, $parentId: ID)',
        'category { id }',
        { name, parentId },
      )
    ).category.id;
  for (const name of shuffled.filter((other) => other !== 'apple')) await category(name);
  const parent = await category('apple');
  expect(
    await pages(async (after) => {
      const query = 'query ($after: ID) { categories(first: 3, after: $after) { id name } }';
      return (await catalog.query<{ categories: Named[] }>(query, { after })).categories;
    }),
  ).toEqual(sorted);
  for (const name of shuffled) await category(name, parent);
  expect(
    await pages(async (after) => {
      const query = `query ($of: [_Any!]!, $after: ID) { _entities(representations: $of) {
        ... on Category { children(first: 3, after: $after) { id name } } } }`;
      const of = [{ __typename: 'Category', id: parent }];
      const { _entities: found } = await catalog.query<{ _entities: { children: Named[] }[] }>(query, {
        of,
        after,
      });
      return found[0]?.children ?? [];
    }),
  ).toEqual(sorted);
  for (const name of shuffled) await catalog.venue([], { name });
  expect(
    await pages(async (after) => {
      const query = 'query ($after: ID) { venues(first: 3, after: $after) { id name } }';
      return (await catalog.query<{ venues: Named[] }>(query, { after })).venues;
    }),
  ).toEqual(sorted);
  const venue = await catalog.venue(shuffled.map((name) => ({ name, rows: 1, seatsPerRow: 1 })));
  const event = await catalog.draft('Event', {
    listing: { title: 'x' },
    venueId: venue.id,
    startsAt: inHours(1),
    endsAt: inHours(2),
  });
  await catalog.offer(event, { sections: shuffled });
  expect(
    await pages(async (after) => {
      const query = `query ($id: ID!, $after: ID) { listing(id: $id) {
        ... on Event { seats(first: 3, after: $after) { id name: section } } } }`;
      return (
        await catalog.query<{ listing: { seats: Named[] } }>(query, { id: event.id, after }, catalog.admin)
      ).listing.seats;
    }),
  ).toEqual(sorted);
});

test('texts are found in any normal form and case', async () => {
  const [composed, decomposed] = ['München'.normalize('NFC'), 'München'.normalize('NFD')];
  const hall = await catalog.venue([], { name: 'Halle', city: decomposed });
  const event = async (title: string): Promise<Made> => {
    const listing = await catalog.draft('Event', {
      listing: { title, tags: [title] },
      venueId: hall.id,
      startsAt: inHours(10),
      endsAt: inHours(12),
    });
    await catalog.offer(listing, { price: eur(1) });
    await catalog.publish(listing);
    return listing;
  };
  const [one, other] = [await event(`${composed} leuchtet`), await event(`${decomposed} leuchtet`)];
  for (const text of [composed, decomposed]) {
    for (const filter of [{ search: text }, { city: text }, { city: text.toUpperCase() }]) {
      const { listings } = await catalog.query<{ listings: { nodes: { id: string; title: string }[] } }>(
        'query ($filter: ListingFilter) { listings(filter: $filter) { nodes { id title } } }',
        { filter },
      );
      expect(listings.nodes.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
      expect(new Set(listings.nodes.map(({ title }) => title)).size).toBe(1);
    }
    const { listings } = await catalog.query<{ listings: { totalCount: number } }>(
      'query ($filter: ListingFilter) { listings(filter: $filter) { totalCount } }',
      { filter: { tags: [`${text} leuchtet`] } },
    );
    expect(listings.totalCount).toBe(2);
    expect(
      await catalog.query('query ($city: String) { venues(city: $city) { city } }', { city: text }),
    ).toEqual({ venues: [{ city: composed }] });
  }
});

test('rows of before are normalized', async () => {
  const url = freshDatabaseUrl('catalog_texts');
  const open = (all: typeof migrations) =>
    openDataSource({ url, applicationName: 'test-texts', entities, migrations: all, poolSize: 1 });
  const text = 'Zürich'.normalize('NFD');
  const older = await open(migrations.slice(0, migrations.indexOf(SortedTexts1764900000000)));
  await older.query(
    `INSERT INTO listing (id, slug, kind, title, tags, location) VALUES ($1, 'a', 'TOUR', $2, ARRAY['b', $2, 'a'], $2)`,
    [newId(), text],
  );
  await older.query("INSERT INTO category (id, slug, name) VALUES ($1, 'a', $2)", [newId(), text]);
  await older.destroy();
  const newer = await open(migrations);
  try {
    const composed = text.normalize('NFC');
    expect(
      await newer.query('SELECT title, tags, location, (SELECT name FROM category) AS name FROM listing'),
    ).toEqual([{ title: composed, tags: ['b', composed, 'a'], location: composed, name: composed }]);
  } finally {
    await newer.destroy();
  }
});
