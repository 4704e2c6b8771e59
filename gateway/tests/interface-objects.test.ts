import type { SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const catalog: SmallSubgraph = {
  sdl: `type Query { tour: Tour listings: [Listing] }
    interface Listing @key(fields: "id") { id: ID! title: String }
    type Tour implements Listing @key(fields: "id") { id: ID! title: String days: Int }`,
  resolvers: {
    Query: {
      tour: () => ({ id: '1', title: 'Alps', days: 3 }),
      listings: () => [{ id: '1', title: 'Alps' }],
    },
    Listing: { __resolveType: () => 'Tour' },
  },
};
const social: SmallSubgraph = {
  sdl: 'type Listing @key(fields: "id") @interfaceObject { id: ID! likes: Int! }',
  resolvers: { Listing: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 7 }) } },
};

test('an entity keeps its type where a subgraph knows it as an interface object, and says so', async () => {
  const graph = await startSmallGateway({ catalog, social });
  try {
    const query = `{
      tour { ...t days }
      listings { ... on Tour { __typename likes } title }
    }
    fragment t on Tour { __typename kind: __typename likes title }`;
    const { data, errors } = await graph.execute(query);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      tour: { __typename: 'Tour', kind: 'Tour', likes: 7, title: 'Alps', days: 3 },
      listings: [{ __typename: 'Tour', likes: 7, title: 'Alps' }],
    });
  } finally {
    await graph.gateway.close(0);
  }
});
