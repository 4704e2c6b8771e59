import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { createLog } from '../log.js';
import type { RequestContext } from './context.js';
import { graphError } from './errors.js';
import { loadSchema } from './schema.js';
import { createSubgraphServer, maskError } from './server.js';

const log = createLog('test', 'silent');
const secretive = 'the password of the database is hush';

/** The error that a client receives for a thrown one. */
function maskedError(thrown: Error): { message: string; code: unknown } {
  const error = new GraphQLError(thrown.message, { originalError: thrown });
  const { message, extensions } = maskError(error.toJSON(), error, log);
  return { message, code: extensions?.['code'] };
}

const failed = (code: string): Error =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(secretive), { code }));

describe('an error that a resolver throws', () => {
  it.each([
    ['a server that shuts down', failed('57P01')],
    ['a server that starts', failed('57P03')],
    ['no server', Object.assign(new Error(secretive), { code: 'ECONNREFUSED' })],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
  ])('of %s is passing for the client', (_what, thrown) => {
    const { message, code } = maskedError(thrown);
    expect(code).toBe('SERVICE_UNAVAILABLE');
    expect(message).not.toMatch(/database|connection/i);
  });

  it('of a statement that PostgreSQL ended is a timeout', () => {
    expect(maskedError(failed('57014'))).toEqual({ code: 'TIMEOUT', message: 'The request timed out.' });
  });

  it.each([
    ['a unique key', failed('23505')],
    ['a mistake', new TypeError(secretive)],
  ])('of %s is ours', (_what, thrown) => {
    const { message, code } = maskedError(thrown);
    expect(code).toBe('INTERNAL_SERVER_ERROR');
    expect(message).not.toContain('hush');
  });
});

describe('a repeated query', () => {
  const mutations: string[] = [];
  const schema = loadSchema(
    /* GraphQL */ `
      extend schema
        @link(
          url: "https://specs.apollo.dev/federation/v2.11"
          import: ["@key", "@shareable", "@authenticated", "@tag", "@cost", "@listSize"]
        )
      type Query {
        things(first: Int = 2, kinds: [Kind!]): [Thing!]!
        thing(id: ID!): Thing
        mine: String @authenticated
        late: String
      }
      type Mutation {
        touch: String
      }
      enum ErrorCode {
        INVALID
      }
      enum Kind {
        BOOK
        GAME
      }
      interface Thing {
        id: ID!
        name: String
        price: Int!
      }
      type Book implements Thing @key(fields: "id") {
        id: ID!
        name: String
        price: Int!
        pages: Int
        next: Book
      }
      type Game implements Thing @key(fields: "id") {
        id: ID!
        name: String
        price: Int!
        players: [Int]!
      }
    `,
    {
      Query: {
        things: (_: unknown, { first, kinds }: { first: number; kinds?: string[] }) =>
          things.filter(({ kind }) => kinds?.includes(kind) ?? true).slice(0, first),
        thing: (_: unknown, { id }: { id: string }) => things.find((thing) => thing.id === id) ?? null,
        mine: () => 'yours',
        late: () => Promise.resolve('at last'),
      },
      Mutation: { touch: () => (mutations.push('touch'), 'done') },
      Thing: { __resolveType: ({ kind }: { kind: string }) => (kind === 'BOOK' ? 'Book' : 'Game') },
      Book: {
        __resolveReference: ({ id }: { id: string }) =>
          Promise.resolve(things.find((thing) => thing.id === id) ?? null),
        name: ({ id }: { id: string }) => {
          if (id === '3') throw graphError('FORBIDDEN', 'This name is not for you.');
          return Promise.resolve(`Book ${id}`);
        },
        next: ({ id }: { id: string }) => things.find((thing) => Number(thing.id) === Number(id) + 1) ?? null,
      },
    },
    [],
  );
  const things = [
    { id: '1', kind: 'BOOK', price: 3, pages: 100 },
    { id: '2', kind: 'GAME', name: 'Chess', price: 9, players: [2, 'many'] },
    { id: '3', kind: 'BOOK', price: null, pages: null },
    { id: '4', kind: 'BOOK', price: 4, pages: 'none' },
  ];
  const server = createSubgraphServer<RequestContext>({
    schema,
    contextOf: (request) => request,
    verifyToken: () => Promise.reject(new Error('no caller has a token')),
    gatewaySecret: null,
    log,
  });
  const execute = (query: string, variables?: Record<string, unknown>, operationName?: string) =>
    server.execute({ query, variables, operationName, headers: {} });

  /** As it travels; errors come in no particular order. */
  const comparable = (answer: FormattedExecutionResult): FormattedExecutionResult => {
    const { data, errors } = JSON.parse(JSON.stringify(answer)) as FormattedExecutionResult;
    const sorted = errors?.toSorted((a, b) => String(a.path).localeCompare(String(b.path)));
    return { ...(data !== undefined && { data }), ...(sorted && { errors: sorted }) };
  };

  it.each<{ query: string; variables?: Record<string, unknown>; operationName?: string }>([
    { query: '{ things { id name price ... on Book { pages next { name } } ... on Game { players } } }' },
    {
      query: 'query ($n: Int, $kinds: [Kind!]) { things(first: $n, kinds: $kinds) { __typename id } }',
      variables: { n: 4, kinds: ['BOOK'] },
    },
    { query: 'query ($n: Int) { things(first: $n) { __typename id } }', variables: {} },
    { query: 'query ($n: Int = 1) { things(first: $n) { id } }', variables: {} },
    // A null that climbs up to a list, and nulls that stay where they are.
    { query: '{ things(first: 4) { id price } late }' },
    {
      query: '{ a: thing(id: "3") { id price } b: thing(id: "3") { name } c: thing(id: "1") { price } late }',
    },
    { query: '{ thing(id: "4") { ... on Book { pages } } }' },
    {
      query: 'query ($on: Boolean!) { late @include(if: $on) thing(id: "1") @skip(if: $on) { id } }',
      variables: { on: true },
    },
    {
      query: 'query ($on: Boolean!) { late @include(if: $on) thing(id: "1") @skip(if: $on) { id } }',
      variables: { on: false },
    },
    {
      query: `query ($id: ID!) { thing(id: $id) { ...named ... on Book { next { ...named } } } }
        fragment named on Thing { label: name price }`,
      variables: { id: '1' },
    },
    { query: 'query A { late } query B { thing(id: "1") { id } }', operationName: 'B' },
    {
      query: 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { name } __typename } }',
      variables: { of: ['1', '3', '9'].map((id) => ({ __typename: 'Book', id })) },
    },
    {
      query:
        'query ($id: ID!) { _entities(representations: [{ __typename: "Book", id: $id }]) { ... on Book { id name } } }',
      variables: { id: '1' },
    },
    { query: 'query ($kind: Kind!) { things(kinds: [$kind]) { id } }', variables: { kind: 'GAME' } },
    { query: '{ mine late }' },
    { query: '{ __typename __schema { queryType { name } } }' },
    // An invalid request repeats its error.
    { query: 'query ($id: ID!) { thing(id: $id) { id } }', variables: {} },
    { query: 'query ($kinds: [Kind!]) { things(kinds: $kinds) { id } }', variables: { kinds: ['HAT'] } },
    { query: '{ nothing }' },
    { query: '{ thing(' },
  ])(
    'is answered as it was the first time: $query $variables',
    async ({ query, variables, operationName }) => {
      const first = comparable(await execute(query, variables, operationName));
      for (let again = 0; again < 2; again += 1) {
        expect(comparable(await execute(query, variables, operationName))).toEqual(first);
      }
    },
  );

  it('may differ in its variables', async () => {
    const query = 'query ($id: ID!) { thing(id: $id) { id name } }';
    await execute(query, { id: '1' });
    expect(await execute(query, { id: '2' })).toEqual({ data: { thing: { id: '2', name: 'Chess' } } });
    const refused = await execute(query, {});
    expect(refused.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(await execute(query, { id: '3' })).toMatchObject({
      data: { thing: { id: '3', name: null } },
      errors: [
        { message: 'This name is not for you.', path: ['thing', 'name'], extensions: { code: 'FORBIDDEN' } },
      ],
    });
  });

  it('excludes mutations, which run every time', async () => {
    for (let times = 1; times <= 3; times += 1) {
      expect(await execute('mutation { touch }')).toEqual({ data: { touch: 'done' } });
      expect(mutations).toHaveLength(times);
    }
  });
});
