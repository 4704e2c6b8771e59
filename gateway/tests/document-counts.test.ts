import type { HttpAnswer, SmallGateway, SmallSubgraph } from './small-graph.js';
import { answerOf, short, startSmallGateway } from './small-graph.js';

const shop: SmallSubgraph = {
  sdl: `type Query { hello(a: Int): String thing: Thing } type Thing { id: ID thing: Thing }`,
  resolvers: { Query: { hello: () => 'hello', thing: () => ({ id: '1' }) } },
};

let graph: SmallGateway;
beforeAll(async () => {
  graph = await startSmallGateway({ shop }, { production: true, introspection: false });
});
afterAll(() => graph.gateway.close());
beforeEach(() => graph.subgraphs['shop']?.requests.splice(0));

const times = (count: number, of: (index: number) => string, separator = ' '): string =>
  Array.from({ length: count }, (_none, index) => of(index)).join(separator);

/** The same operation by each way that Apollo Server, or we, take. */
const ways: readonly [string, (query: string) => Promise<HttpAnswer>][] = [
  ['POST', (query) => graph.execute(query)],
  [
    'POST for HTML too',
    (query) => graph.execute(query, { headers: { accept: 'text/html, application/json;q=0.9' } }),
  ],
  [
    'GET',
    async (query) =>
      answerOf(
        await fetch(`${graph.url}/graphql?query=${encodeURIComponent(query)}`, {
          headers: { 'apollo-require-preflight': '1', accept: 'application/graphql-response+json' },
        }),
      ),
  ],
];

describe.each(ways)('%s', (_way, execute) => {
  test.each([
    ['aliases of __typename', `{ ${times(151, (index) => `a${index}: __typename`)} }`],
    ['aliases of __typename below', `{ thing { ${times(151, (index) => `a${index}: __typename`)} } }`],
    ['root fields that are __typename', `{ ${times(31, () => '__typename')} }`],
    ['directives that are unknown', `{ hello ${times(10, (index) => `@unknown${index}`)} }`],
    ['directives that are repeated', `{ hello ${times(6, () => '@include(if: true)')} }`],
    ['directives of an operation', `query ${times(6, () => '@x')} { hello }`],
    ['directives of a fragment', `{ ...F } fragment F on Query ${times(6, () => '@x')} { hello }`],
    ['directives of variables', `query (${times(61, (index) => `$v${index}: Int @x`)}) { hello }`],
    ['fields', `{ thing { ${times(3_001, () => 'id')} } }`],
    [
      'fields, by fragments',
      `{ thing { ...A } } fragment A on Thing { ${times(60, () => '...B')} } fragment B on Thing { ${times(60, () => 'id')} }`,
    ],
    [
      'objects, by fragments',
      `{ thing { ...A } } fragment A on Thing { ${times(26, () => '...B')} } fragment B on Thing { ${times(20, () => 'thing { id }')} }`,
    ],
    ['operations', times(21, (index) => `query Q${index} { hello }`)],
    ['fragments', `{ ...F0 } ${times(201, (index) => `fragment F${index} on Query { hello }`)}`],
    ['variables', `query (${times(101, (index) => `$v${index}: Int`)}) { hello }`],
    ['characters', `{ hello } # ${'x'.repeat(100_000)}`],
  ])('too many %s', async (_what, query) => {
    if (query.length > 15_000 && _way === 'GET') return;
    const answer = await execute(query);
    expect(new Set(short(answer.errors))).toEqual(new Set(['OPERATION_TOO_LARGE -']));
    expect(answer.errors.length).toBeLessThanOrEqual(6);
    expect(graph.subgraphs['shop']?.requests).toEqual([]);
  });

  test('a document that is wrong in many places has few errors', async () => {
    for (const query of [
      `{ ${times(29, (index) => `nothing${index}`)} }`,
      `{ ${times(20, (index) => `a${index}: hello @unknown${index}`)} }`,
      `query (${times(50, (index) => `$v${index}: Nothing${index}`)}) { hello }`,
    ]) {
      const { errors } = await execute(query);
      expect(errors).toHaveLength(6);
      expect(errors[5]?.message).toContain('Too many validation errors');
      expect(new Set(short(errors))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED -']));
    }
  });

  test('errors repeat little of the document', async () => {
    const long = 'x'.repeat(10_000);
    for (const query of [
      `{ ${long} }`,
      `{ hello } ${long}`,
      `{ hello(a: "${long}") }`,
      `query A { hello(b: "${long}") }`,
    ]) {
      const { errors } = await execute(query);
      expect(errors.length).toBeGreaterThan(0);
      for (const { message } of errors) expect(message.length).toBeLessThanOrEqual(301);
    }
  });
});

test('values of variables are not repeated in full, nor each of them', async () => {
  const query = `query (${times(20, (index) => `$v${index}: Int`)}) { ${times(20, (index) => `a${index}: hello(a: $v${index})`)} }`;
  const variables = Object.fromEntries(
    Array.from({ length: 20 }, (_none, index) => [`v${index}`, 'x'.repeat(10_000)]),
  );
  const { errors } = await graph.execute(query, { variables });
  expect(new Set(short(errors))).toEqual(new Set(['BAD_USER_INPUT -']));
  expect(errors.length).toBeLessThanOrEqual(6);
  for (const { message } of errors) expect(message.length).toBeLessThanOrEqual(301);
});

test('usual documents are accepted', async () => {
  const query = `query A($v: Int = 1, $w: Boolean = true) {
    __typename t: __typename hello(a: $v) @include(if: $w) @skip(if: false)
    ...F thing { __typename id }
  } fragment F on Query { other: hello }`;
  expect((await graph.execute(query)).errors).toEqual([]);
});
