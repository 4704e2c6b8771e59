import { ApolloServer } from '@apollo/server';
import { createHash } from 'node:crypto';
import { account, social } from './account-subgraphs.js';
import type { HttpAnswer, SmallGateway, SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

/** The parts of a response that are equal on both paths: all but the request id. */
function comparable({ status, headers, text }: HttpAnswer): unknown {
  const id = headers.get('x-request-id') ?? '-';
  const stable = [...headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
  return { status, headers: Object.fromEntries(stable), text: text.replaceAll(id, 'ID') };
}

describe('the short way', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account, social });
  });
  afterAll(() => graph.gateway.close());

  test.each([
    ['plain', { query: '{ me { id name likes } }' }],
    ['with variables', { query: 'query ($n: String) { hello(name: $n) }', variables: { n: 'Bo' } }],
    ['with a default', { query: 'query ($n: String = "dee") { hello(name: $n) }' }],
    [
      'with wrong variables',
      { query: 'query ($n: Int!) { users(first: $n) { id } }', variables: { n: 'x' } },
    ],
    ['by name', { query: 'query A { hello } query B { me { id } }', operationName: 'B' }],
    ['refused', { query: '{ hello secret }' }],
    ['that breaks the schema', { query: '{ broken }' }],
    ['of the schema', { query: '{ __typename }' }],
  ])('gives the answer of the long way, byte by byte: an operation %s', async (_how, body) => {
    const text = JSON.stringify(body);
    const cold = await graph.post(text);
    const hot = await graph.post(text);
    expect(comparable(hot)).toEqual(comparable(cold));
    for (const accept of ['application/graphql-response+json', 'application/json', 'text/html']) {
      const [first, second] = [await graph.post(text, { accept }), await graph.post(text, { accept })];
      expect(comparable(second)).toEqual(comparable(first));
    }
  });

  test('an entity is fetched once, however often it occurs', async () => {
    const many: SmallSubgraph = {
      ...account,
      resolvers: {
        Query: { users: () => ['1', '2', '1', '1'].map((id) => ({ id, name: id })) },
      },
    };
    const small = await startSmallGateway({ account: many, social });
    try {
      const { data } = await small.execute('{ users { id likes } }');
      expect(data).toEqual({ users: ['1', '2', '1', '1'].map((id) => ({ id, likes: 3 })) });
      expect(small.subgraphs['social']?.requests[0]?.variables).toEqual({
        representations: [
          { __typename: 'User', id: '1' },
          { __typename: 'User', id: '2' },
        ],
      });
    } finally {
      await small.gateway.close();
    }
  });

  test('automatic persisted queries', async () => {
    const query = '{ hello(name: "apq") }';
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const byHash = JSON.stringify({ extensions: { persistedQuery } });
    expect(short((await graph.post(byHash)).errors)).toEqual(['PERSISTED_QUERY_NOT_FOUND -']);
    await graph.post(JSON.stringify({ query, extensions: { persistedQuery } }));
    expect((await graph.post(byHash)).data).toEqual({ hello: 'hello apq' });
    const forged = JSON.stringify({ query: '{ me { id } }', extensions: { persistedQuery } });
    for (let turn = 0; turn < 2; turn += 1) expect((await graph.post(forged)).status).toBe(400);
  });

  test('automatic persisted queries take it too, with the same answers', async () => {
    const query = 'query ($n: String) { hello(name: $n) }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const byHash = { variables: { n: 'apq' }, extensions: { persistedQuery: { version: 1, sha256Hash } } };
    const long = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
    try {
      const cold = await graph.post(JSON.stringify({ query, ...byHash }));
      expect(long).toHaveBeenCalledTimes(1);
      for (const body of [byHash, { query, ...byHash }]) {
        expect(comparable(await graph.post(JSON.stringify(body)))).toEqual(comparable(cold));
      }
      expect(long).toHaveBeenCalledTimes(1);
      const otherVersion = { query, extensions: { persistedQuery: { version: 2, sha256Hash } } };
      expect((await graph.post(JSON.stringify(otherVersion))).status).toBe(400);
      expect(long).toHaveBeenCalledTimes(2);
    } finally {
      long.mockRestore();
    }
  });

  test('a body that is compressed is read, up to the limit', async () => {
    const { gzipSync } = await import('node:zlib');
    const send = (text: string): Promise<Response> =>
      fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(text),
      });
    expect(await (await send('{"query":"{ hello }"}')).json()).toEqual({ data: { hello: 'hello you' } });
    expect((await send(JSON.stringify({ query: '{ hello }', pad: 'x'.repeat(1_100_000) }))).status).toBe(413);
  });

  test('aliases that objects inherit are no way out', async () => {
    const query = '{ me { __proto__: name constructor: likes toString: id } hasOwnProperty: hello }';
    for (let turn = 0; turn < 2; turn += 1) {
      const { text } = await graph.execute(query);
      expect(text).toBe(
        '{"data":{"me":{"__proto__":"Ada","constructor":3,"toString":"1"},"hasOwnProperty":"hello you"}}\n',
      );
    }
  });
});
