import type { EntityManager } from 'typeorm';
import { argumentLoader, batchLoader, columnLoader, listLoader, rowLoader } from './loaders.js';

interface Row {
  id: string;
  owner: string;
}

const rows: Row[] = [
  { id: 'b', owner: 'ada' },
  { id: 'a', owner: 'ada' },
  { id: 'c', owner: 'bob' },
];

it('reads the keys of one tick together, each of them once, in batches of bounded size', async () => {
  const batches: (readonly number[])[] = [];
  const loader = batchLoader(
    (keys: readonly number[]) => {
      batches.push(keys);
      return Promise.resolve(keys.map((key) => key * 2));
    },
    { maxBatch: 2 },
  );
  expect(await loader.loadMany([1, 2, 1, 3])).toEqual([2, 4, 2, 6]);
  expect(batches).toEqual([[1, 2], [3]]);
});

it('loads rows by key, null for an unknown one', async () => {
  const loader = rowLoader(
    () => Promise.resolve(rows),
    ({ id }) => id,
  );
  expect(await loader.loadMany(['c', 'x', 'a'])).toEqual([rows[2], null, rows[1]]);
});

it('loads lists in the order of the read, empty for an unknown key', async () => {
  const loader = listLoader(
    () => Promise.resolve(rows),
    ({ owner }) => owner,
  );
  expect(await loader.loadMany(['bob', 'eve', 'ada'])).toEqual([[rows[2]], [], [rows[0], rows[1]]]);
});

it('reports the rows of a column that were read, and that one is missing', async () => {
  const manager = { findBy: () => Promise.resolve(rows.slice(0, 1)) } as unknown as EntityManager;
  const seen: (string | null)[] = [];
  const loader = columnLoader(manager, Object as unknown as new () => Row, 'id', {
    onRead: (row) => seen.push(row?.id ?? null),
  });
  expect(await loader.loadMany(['b', 'x'])).toEqual([rows[0], null]);
  expect(seen).toEqual(['b', null]);
});

describe('keys with arguments', () => {
  const loaderOf = (read: (limit: number, keys: readonly { id: string }[]) => Promise<string[]>) =>
    argumentLoader(({ limit }: { id: string; limit: number }) => limit, read);

  it('share one read if their arguments are equal', async () => {
    const reads: [number, string[]][] = [];
    const loader = loaderOf((limit, keys) => {
      reads.push([limit, keys.map(({ id }) => id)]);
      return Promise.resolve(keys.map(({ id }) => `${id}${limit}`));
    });
    const keys = [
      { id: 'a', limit: 1 },
      { id: 'b', limit: 2 },
      { id: 'c', limit: 1 },
    ];
    expect(await loader.loadMany(keys)).toEqual(['a1', 'b2', 'c1']);
    expect(reads).toEqual([
      [1, ['a', 'c']],
      [2, ['b']],
    ]);
  });

  it('fail together, and no others with them', async () => {
    const loader = loaderOf((limit, keys) =>
      limit === 1 ? Promise.reject(new Error('unknown')) : Promise.resolve(keys.map(({ id }) => id)),
    );
    const loaded = await loader.loadMany([
      { id: 'a', limit: 1 },
      { id: 'b', limit: 2 },
    ]);
    expect(loaded).toEqual([new Error('unknown'), 'b']);
  });
});
