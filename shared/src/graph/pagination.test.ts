import { execute, parse } from 'graphql';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { exactCount } from '../db/row-count.js';
import { toConnection } from './pagination.js';

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { list: Connection }
    type Connection { nodes: [Int!]! totalCount: Int totalCountIsEstimate: Boolean }
  `,
});

async function read(fields: string, count = jest.fn(async () => exactCount(3))) {
  const list = toConnection(
    { limit: 2, cursor: null, backward: false },
    [1, 2, 3],
    { cursor: (row) => row, node: (row) => row },
    count,
  );
  const result = await execute({ schema, document: parse(`{ list { ${fields} } }`), rootValue: { list } });
  return { ...result, counts: count.mock.calls.length };
}

describe('the number of items', () => {
  test('is not counted unless a field of it is selected', async () => {
    expect(await read('nodes')).toEqual({ data: { list: { nodes: [1, 2] } }, counts: 0 });
  });

  test.each([
    ['totalCount', { totalCount: 3 }],
    ['totalCountIsEstimate', { totalCountIsEstimate: false }],
    ['totalCount totalCountIsEstimate', { totalCount: 3, totalCountIsEstimate: false }],
  ])('is counted once for %s', async (fields, list) => {
    expect(await read(fields)).toEqual({ data: { list }, counts: 1 });
  });

  test('costs its fields alone if it cannot be counted', async () => {
    const failing = jest.fn(() => Promise.reject(new Error('The database is away.')));
    const { data, errors, counts } = await read('nodes totalCount totalCountIsEstimate', failing);
    expect(data).toEqual({ list: { nodes: [1, 2], totalCount: null, totalCountIsEstimate: null } });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['list', 'totalCount'],
      ['list', 'totalCountIsEstimate'],
    ]);
    expect(counts).toBe(1);
  });
});
