import type { SmallSubgraph } from './small-graph.js';

/** A subgraph with queries and mutations of one field each. */
export const account: SmallSubgraph = {
  sdl: `
    type Query { me: User hello(name: String = "you"): String! users(first: Int): [User!] slow: String broken: String!
      secret: String @authenticated }
    type Mutation { login(name: String): String write: Int }
    type User @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: {
      me: () => ({ id: '1', name: 'Ada' }),
      hello: (_root: unknown, { name }: { name: string }) => `hello ${name}`,
      users: () => [{ id: '1', name: 'Ada' }],
      broken: () => null,
      slow: () => 'slow',
      secret: () => 'secret',
    },
    Mutation: { login: () => 'in', write: () => 1 },
  },
};
/** A subgraph that adds a field to an entity of {@link account}. */
export const social: SmallSubgraph = {
  sdl: 'type User @key(fields: "id") { id: ID! likes: Int }',
  resolvers: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 3 }) } },
};
