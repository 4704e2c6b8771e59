import type { SmallSubgraph } from './small-graph.js';
import { composed, startSmallGateway } from './small-graph.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])`;

const first: SmallSubgraph = {
  sdl: `${link} type Query { item: Item } type Item @key(fields: "id") { id: ID! name: String }`,
  resolvers: { Query: { item: () => ({ id: '1', name: 'first' }) } },
};

function second(label: string): SmallSubgraph {
  return {
    sdl: `${link} type Item @key(fields: "id") { id: ID! name: String @override(from: "first", label: "${label}") }`,
    resolvers: { Item: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'second' }) } },
  };
}

test.each([
  ['percent(0)', (share: number) => share === 0],
  ['percent(100)', (share: number) => share === 1],
  ['percent(50)', (share: number) => share > 0 && share < 1],
])('@override under the label %s holds for that share of requests', async (label, isRight) => {
  const graph = await startSmallGateway({ first, second: second(label) });
  try {
    let moved = 0;
    const count = 100;
    for (let request = 0; request < count; request += 1) {
      const { data, errors } = await graph.execute('{ item { name } again: item { name } }');
      expect(errors).toEqual([]);
      const { item, again } = data as Record<'item' | 'again', { name: string }>;
      expect(again).toEqual(item);
      if (item.name === 'second') moved += 1;
    }
    expect([moved / count, isRight(moved / count)]).toEqual([moved / count, true]);
  } finally {
    await graph.gateway.close();
  }
});

test('a supergraph with a label that the gateway cannot decide is refused', async () => {
  const labeled = { first, second: second('beta-users') };
  await expect(startSmallGateway(labeled)).rejects.toThrow(
    'Item.name is overridden under the label "beta-users"',
  );
  const graph = await startSmallGateway({ first, second: second('percent(0)') });
  try {
    await expect(graph.gateway.reload(composed(labeled))).rejects.toThrow('beta-users');
    expect((await graph.execute('{ item { name } }')).data).toEqual({ item: { name: 'first' } });
  } finally {
    await graph.gateway.close();
  }
});
