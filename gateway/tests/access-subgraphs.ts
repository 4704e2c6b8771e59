import type { SmallSubgraph } from './small-graph.js';

const things = [
  { __typename: 'Book', id: '1', title: 'Go', secret: 'b1', price: 5 },
  { __typename: 'Lamp', id: '2', title: 'Lux', secret: 'l2', watts: 9 },
];
const person = {
  id: 'u1',
  name: 'Ada',
  email: 'ada@souk.test',
  salary: 10,
  friends: [{ id: 'u2', name: 'Bob', email: 'b' }],
};

/** People and things, with rules of every kind. */
export const shop: SmallSubgraph = {
  sdl: `
    type Query {
      person(id: ID): Person
      people: [Person!]!
      things: [Thing!]!
      anything: [Anything!]!
      lamp: Lamp
      reports: Reports! @requiresScopes(scopes: [["reports:read"]])
      mine: String! @authenticated
      both(a: Int, b: Int): Int @requiresScopes(scopes: [["a", "b"], ["c"]])
      vault: Vault
      open: String
    }
    type Mutation {
      first(text: String!): String
      second(text: String!): String @authenticated
      third(text: String!): String
      strict: String! @authenticated
    }
    type Reports { total: Int! }
    type Vault @authenticated { gold: Int }
    type Person @key(fields: "id") {
      id: ID!
      name: String!
      email: String @authenticated
      salary: Int! @requiresScopes(scopes: [["money"]])
      friends(first: Int): [Person!]
      matrix: [[Person!]]
    }
    interface Thing { id: ID! title: String! secret: String }
    type Book implements Thing { id: ID! title: String! secret: String @authenticated price: Int @requiresScopes(scopes: [["money"]]) }
    type Lamp implements Thing { id: ID! title: String! secret: String watts: Int }
    union Anything = Book | Lamp
  `,
  resolvers: {
    Query: {
      person: (_root: unknown, { id }: { id?: string }) => (id === 'none' ? null : person),
      people: () => [person, { ...person, id: 'u3', name: 'Cy' }],
      things: () => things,
      anything: () => things,
      lamp: () => things[1],
      reports: () => ({ total: 1 }),
      mine: () => 'mine',
      both: () => 1,
      vault: () => ({ gold: 1 }),
      open: () => 'open',
    },
    Mutation: {
      first: (_root: unknown, { text }: { text: string }) => text,
      second: (_root: unknown, { text }: { text: string }) => text,
      third: (_root: unknown, { text }: { text: string }) => text,
      strict: () => 'strict',
    },
    Person: { matrix: () => [[person], null, [person, person]] },
  },
};
/** Another subgraph's part of people. */
export const ratings: SmallSubgraph = {
  sdl: `
    type Query { ratingsOpen: Boolean }
    type Person @key(fields: "id") { id: ID! rating: Int rank: Int @authenticated }
  `,
  resolvers: {
    Query: { ratingsOpen: () => true },
    Person: { __resolveReference: ({ id }: { id: string }) => ({ id, rating: 5, rank: 1 }) },
  },
};
