import type { CatalogUnderTest, Payload } from './support/catalog.js';
import { refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

async function create(name: string, parentId: string | null = null): Promise<string> {
  const payload = await catalog.mutate<{ category: { id: string } | null }>(
    'createCategory($name: String!, $parentId: ID)',
    'category { id }',
    { name, parentId },
  );
  if (!payload.category) throw new Error(JSON.stringify(payload.userErrors));
  return payload.category.id;
}

const move = (id: string, parentId: string | null): Promise<Payload> =>
  catalog.mutate('updateCategory($id: ID!, $parentId: ID)', 'category { id }', { id, parentId });

const remove = (id: string): Promise<Payload> => catalog.mutate('deleteCategory($id: ID!)', 'ok', { id });

test('a circle of parents is refused, however long', async () => {
  const top = await create('Top');
  const middle = await create('Middle', top);
  const low = await create('Low', middle);
  for (const parent of [top, middle, low])
    expect(refusals(await move(top, parent))).toEqual(['CONFLICT parentId']);
  expect(refusals(await move(low, top))).toEqual([]);
});

test('moves at the same time never make a circle', async () => {
  for (let round = 0; round < 5; round += 1) {
    const ring = await Promise.all(['a', 'b', 'c'].map((name) => create(`${name} ${round}`)));
    const answers = await Promise.all(
      ring.map((id, index) => move(id, ring[(index + 1) % ring.length] ?? null)),
    );
    expect(answers.flatMap(refusals)).toEqual(['CONFLICT parentId']);
  }
});

test('the tree has 10 levels at most, also after a move of a part of it', async () => {
  const chain = [await create('Level 1')];
  for (let level = 2; level <= 10; level += 1) chain.push(await create(`Level ${level}`, chain.at(-1)));
  const deepest = chain.at(-1) ?? '';
  const payload = await catalog.mutate('createCategory($name: String!, $parentId: ID)', 'category { id }', {
    name: 'Level 11',
    parentId: deepest,
  });
  expect(refusals(payload)).toEqual(['INVALID parentId']);
  const pair = await create('Pair');
  await create('Of it', pair);
  expect(refusals(await move(pair, chain[8] ?? ''))).toEqual(['INVALID parentId']);
  expect(refusals(await move(pair, chain[7] ?? ''))).toEqual([]);
});

test('a category with listings or children says how many, and an empty one is deleted', async () => {
  const parent = await create('Parent');
  const child = await create('Child', parent);
  const { listing } = await catalog.product({}, { categoryId: parent });
  expect((await remove(parent)).userErrors).toMatchObject([
    {
      __typename: 'CategoryInUseError',
      code: 'IN_USE',
      field: ['id'],
      message: 'The category has 1 listing and 1 category below it.',
      listings: 1,
      children: 1,
    },
  ]);
  expect(await remove(child)).toEqual({ ok: true, userErrors: [] });
  await catalog.mutate('updateProduct($id: ID!, $input: ProductInput!)', 'listing { id }', {
    id: listing.id,
    input: { listing: { categoryId: null } },
  });
  expect(await remove(parent)).toEqual({ ok: true, userErrors: [] });
  expect(refusals(await remove(parent))).toEqual(['NOT_FOUND id']);
});

test('a category that gets a listing while it is deleted either stays or is unknown to the listing', async () => {
  for (let round = 0; round < 8; round += 1) {
    const category = await create(`Contested ${round}`);
    const [removed, created] = await Promise.all([
      remove(category),
      catalog.mutate('createProduct($input: ProductInput!)', 'listing { id }', {
        input: { listing: { title: 'x', categoryId: category } },
      }),
    ]);
    expect([
      [['IN_USE id'], []],
      [[], ['NOT_FOUND input.listing.categoryId']],
    ]).toContainEqual([refusals(removed), refusals(created)]);
  }
});

test('a rename keeps the slug, and a slug of another category is refused', async () => {
  const [one, two] = [await create('Books'), await create('Films')];
  const change = (variables: object): Promise<Payload> =>
    catalog.mutate(
      'updateCategory($id: ID!, $name: String, $slug: String)',
      'category { name slug }',
      variables,
    );
  expect(await change({ id: one, name: 'Novels' })).toMatchObject({
    category: { name: 'Novels', slug: 'books' },
  });
  expect(refusals(await change({ id: two, slug: 'books' }))).toEqual(['SLUG_TAKEN slug']);
  expect(refusals(await change({ id: two, slug: 'No' }))).toEqual(['INVALID slug']);
  expect(refusals(await change({ id: 'none', name: 'x' }))).toEqual(['NOT_FOUND id']);
});
