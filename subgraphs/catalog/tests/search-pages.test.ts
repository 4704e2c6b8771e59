import fc from 'fast-check';
import { connect } from '@souk/shared/postgres';
import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;
const stable = 60;

beforeAll(async () => {
  catalog = await startCatalog();
  await catalog.sql(
    `INSERT INTO listing (id, slug, kind, title, description, tags, status, price_min, price_max, price_currency,
       published_at)
     SELECT uuidv7(), 'stable-' || n, 'PRODUCT', CASE WHEN n % 3 = 0 THEN 'Lamp' ELSE 'Desk' END || ' number ' || n % 7,
       'A lamp for a desk', ARRAY['stable'], 'PUBLISHED', n % 5, n % 5, 'EUR', now() - n % 4 * interval '1 day'
     FROM generate_series(1, $1::int) AS t (n)`,
    [stable],
  );
});

afterAll(() => catalog.close());

interface Page {
  nodes: { id: string; tags: string[] }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

async function read(variables: Record<string, unknown>): Promise<Page> {
  const data = await catalog.query<{ listings: Page }>(
    `query ($filter: ListingFilter, $sort: ListingSort, $first: Int, $after: String, $last: Int, $before: String) {
      listings(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
        nodes { id tags } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    variables,
  );
  return data.listings;
}

/** Reads a list to its end in pages, forward or backward; between pages, `write` runs. */
async function readAll(
  list: Record<string, unknown>,
  { size, isBackward, write }: { size: number; isBackward: boolean; write: () => Promise<unknown> },
): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = null; ;) {
    const page: Page = await read({
      ...list,
      ...(isBackward ? { last: size, before: cursor } : { first: size, after: cursor }),
    });
    const ids = page.nodes.filter(({ tags }) => tags.includes('stable')).map(({ id }) => id);
    if (isBackward) seen.unshift(...ids);
    else seen.push(...ids);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(isBackward ? hasPreviousPage : hasNextPage)) return seen;
    cursor = isBackward ? startCursor : endCursor;
    await write();
  }
}

const sorts = ['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'STARTS_AT', 'TITLE', 'RATING'];
const texts = [null, 'lamp', 'lamp desk', 'desk OR lamp', 'lamq', '"number 3"', 'lamp -3'];

test('no listing that stays as it is is skipped or repeated while others are written', async () => {
  let count = 0;
  const writer = await connect(catalog.subgraph.databaseUrl);
  const write = async (): Promise<void> => {
    count += 1;
    await writer.query(
      `INSERT INTO listing (id, slug, kind, title, description, status, price_min, price_max, price_currency, published_at)
       VALUES (uuidv7(), 'new-' || $1::int, 'PRODUCT', 'Lamp desk number 3', 'lamp', 'PUBLISHED', $1 % 5, $1 % 5, 'EUR', now())`,
      [count],
    );
    await writer.query(
      `UPDATE listing SET price_min = price_max - price_min, title = 'Desk lamp ' || $1::int, published_at = now() - $1 * interval '1 hour'
       WHERE slug = 'new-' || $1::int / 2`,
      [count],
    );
    if (count % 3 === 0)
      await writer.query("DELETE FROM listing WHERE slug = 'new-' || $1::int / 3", [count]);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sorts),
      fc.constantFrom(...texts),
      fc.integer({ min: 3, max: 25 }),
      fc.boolean(),
      async (sort, search, size, isBackward) => {
        const list = { sort, filter: search === null ? null : { search } };
        const [{ nodes: all }, { nodes: tail }] = [
          await read({ ...list, filter: { ...list.filter, tags: ['stable'] }, first: 100 }),
          await read({ ...list, filter: { ...list.filter, tags: ['stable'] }, last: 100 }),
        ];
        expect(tail).toEqual(all);
        expect(all.length).toBeGreaterThan(0);
        expect(await readAll(list, { size, isBackward, write })).toEqual(all.map(({ id }) => id));
      },
    ),
    { numRuns: 40 },
  );
  await writer.end();
}, 180_000);

test('the pages of a corrected text keep its words, also when a listing has the misspelled one meanwhile', async () => {
  const list = { filter: { search: 'lamqs' }, first: 10 };
  const first = await read(list);
  expect(first.nodes).toHaveLength(10);
  await catalog.product({}, { title: 'Lamqs' });
  const second = await read({ ...list, after: first.pageInfo.endCursor });
  expect(second.nodes).toHaveLength(10);
  expect((await read(list)).nodes).toHaveLength(1);
});

function cursor(...parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

const uuid = '00000000-0000-4000-8000-000000000000';

test.each<[string, Record<string, unknown>, string]>([
  ['first of 101', { first: 101 }, 'first'],
  ['last of 101', { last: 101 }, 'last'],
  ['a negative first', { first: -1 }, 'first'],
  ['first with last', { first: 1, last: 1 }, 'last'],
  [
    'after with before',
    { after: cursor('NEWEST', '1', uuid), before: cursor('NEWEST', '1', uuid) },
    'before',
  ],
  ['rubbish', { after: 'rubbish' }, 'after'],
  ['rubbish before', { before: '%%%' }, 'before'],
  ['a cursor of another sort', { sort: 'TITLE', after: cursor('NEWEST', '1', uuid) }, 'after'],
  [
    'corrections that are none',
    { filter: { search: 'a' }, after: cursor('RELEVANCE', '1', uuid, [['a']]) },
    'after',
  ],
  ['a score that is none', { filter: { search: 'a' }, after: cursor('RELEVANCE', '-1', uuid) }, 'after'],
])('%s is refused as input that names the argument', async (_what, variables, argument) => {
  const { errors } = await catalog.subgraph.run(
    `query ($filter: ListingFilter, $sort: ListingSort, $first: Int, $after: String, $last: Int, $before: String) {
      listings(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) { totalCount } }`,
    variables,
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
});
