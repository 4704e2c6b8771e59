import { ApolloServer } from '@apollo/server';
import { metricsText } from '@souk/shared/telemetry';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../tests/support/until.js';
import { loginFields } from '../src/limits/rate-limit.js';
import type { HttpAnswer, SmallGateway, SmallSubgraph } from './small-graph.js';
import { composed, short, startSmallGateway } from './small-graph.js';

const account: SmallSubgraph = {
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
const social: SmallSubgraph = {
  sdl: 'type User @key(fields: "id") { id: ID! likes: Int }',
  resolvers: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 3 }) } },
};

/** The parts of a response that are equal on both paths: all but the request id. */
function comparable({ status, headers, text }: HttpAnswer): unknown {
  const id = headers.get('x-request-id') ?? '-';
  const kept = [...headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
  return { status, headers: Object.fromEntries(kept), text: text.replaceAll(id, 'ID') };
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
      const { data } = await small.ask('{ users { id likes } }');
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
      const { text } = await graph.ask(query);
      expect(text).toBe(
        '{"data":{"me":{"__proto__":"Ada","constructor":3,"toString":"1"},"hasOwnProperty":"hello you"}}\n',
      );
    }
  });
});

describe('queries under way at one time', () => {
  async function held(options: Parameters<typeof startSmallGateway>[1] = {}) {
    const graph = await startSmallGateway({ account }, options);
    await graph.ask('{ slow }');
    const subgraph = graph.subgraphs['account'];
    if (!subgraph) throw new Error('There is no subgraph.');
    let answer = (): void => undefined;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    const normal = subgraph.answer;
    subgraph.answer = async (request) => {
      if (request.query.includes('slow')) await gate;
      return normal(request);
    };
    subgraph.requests.length = 0;
    return { graph, requests: subgraph.requests, answer };
  }

  /** How many have joined a run, by all gateways here. */
  const shared = async (): Promise<number> => {
    const { text } = await metricsText();
    return Number(/^souk_gateway_queries_shared_total (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  test('are run once for one caller, and never for two', async () => {
    const { graph, requests, answer } = await held();
    try {
      const before = await shared();
      const same = [1, 2, 3].map(() => graph.ask('{ slow }'));
      const other = graph.ask('{ slow }', { scopes: ['a'] });
      await until('both callers at the subgraph', () => requests.length >= 2);
      await until('two to join', async () => (await shared()) - before === 2);
      answer();
      const answers = await Promise.all([...same, other]);
      expect(answers.map(({ data }) => data)).toEqual(Array(4).fill({ slow: 'slow' }));
      expect(requests.filter(({ query }) => query.includes('slow'))).toHaveLength(2);
      expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4);
    } finally {
      await graph.gateway.close();
    }
  });

  test('a query that comes after a mutation is run anew', async () => {
    const { graph, requests, answer } = await held();
    try {
      const before = graph.ask('{ slow }');
      await until('the first at the subgraph', () => requests.length === 1);
      await graph.ask('mutation { write }');
      const after = graph.ask('{ slow }');
      await until('the second at the subgraph', () => requests.length === 3);
      answer();
      expect([(await before).data, (await after).data]).toEqual([{ slow: 'slow' }, { slow: 'slow' }]);
    } finally {
      await graph.gateway.close();
    }
  });

  test('are run each for itself where sharing is off', async () => {
    const { graph, requests, answer } = await held({ shareQueries: false });
    try {
      const all = [1, 2, 3].map(() => graph.ask('{ slow }'));
      await until('all three at the subgraph', () => requests.length === 3);
      answer();
      await Promise.all(all);
    } finally {
      await graph.gateway.close();
    }
  });
});

describe('an operation that is not run', () => {
  const limits = { depthLimit: 3, maxCost: 20 };
  const told = 'application/json';
  const refusals: readonly [string, { query: string; variables?: object; operationName?: string }][] = [
    ['GRAPHQL_PARSE_FAILED', { query: '{' }],
    ['GRAPHQL_VALIDATION_FAILED', { query: '{ nothing }' }],
    ['OPERATION_RESOLUTION_FAILURE', { query: 'query A { hello }', operationName: 'B' }],
    ['BAD_USER_INPUT', { query: 'query ($n: Int!) { users(first: $n) { id } }', variables: { n: 'x' } }],
    ['OPERATION_TOO_LARGE', { query: '{ users { pals { pals { id } } } }' }],
    ['OPERATION_TOO_LARGE', { query: '{ users { pals { id } } }' }],
    ['OPERATION_TOO_LARGE', { query: `{ ${'hello '.repeat(4_100)} }` }],
  ];
  const befriended: SmallSubgraph = {
    sdl: account.sdl.replace('name: String }', 'name: String pals: [User!] }'),
    resolvers: account.resolvers ?? {},
  };

  test.each(refusals)(
    'is a 200 for clients that accept application/json alone, else a 400: %s',
    async (code, body) => {
      const graph = await startSmallGateway({ account: befriended }, limits);
      const text = JSON.stringify(body);
      const statusFor = async (accept: string | null): Promise<number> => {
        const answer = await graph.post(text, accept === null ? {} : { accept });
        expect([answer.errors[0]?.extensions?.['code'], answer.data]).toEqual([code, undefined]);
        return answer.status;
      };
      try {
        // The second time some of them go the short way; ranges that are not known beforehand never do.
        for (let turn = 0; turn < 2; turn += 1) {
          for (const accept of [told, 'application/json, */*', 'Application/JSON;q=0.9, text/html']) {
            expect([accept, await statusFor(accept)]).toEqual([accept, 200]);
          }
          const response = 'application/graphql-response+json';
          for (const accept of [
            null,
            '*/*',
            response,
            `${told}, ${response}`,
            `${response}, ${told};q=0.5`,
          ]) {
            expect([accept, await statusFor(accept)]).toEqual([accept, 400]);
          }
        }
        const address = new URL(`${graph.url}/graphql`);
        for (const [name, value] of Object.entries(body)) {
          address.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
        }
        const get = { 'apollo-require-preflight': 'yes' };
        if (address.href.length < 16_000) {
          expect((await fetch(address, { headers: { ...get, accept: told } })).status).toBe(200);
          expect((await fetch(address, { headers: get })).status).toBe(400);
        }
        expect(graph.subgraphs['account']?.requests).toEqual([]);
      } finally {
        await graph.gateway.close();
      }
    },
  );

  test('keeps the status of HTTP errors, whatever the client accepts', async () => {
    const trusted = { byId: new Map([['1', '{ hello }']]), only: true };
    // Four requests, and two operations that are planned anew for 6 points each; two more of the second one.
    const perMinute = { store: { kind: 'memory' }, perMinute: 18, sensitiveFields: loginFields } as const;
    const graph = await startSmallGateway(
      { account },
      { rateLimits: { ...perMinute, sensitivePerMinute: 0 } },
    );
    const strict = await startSmallGateway({ account }, { trustedDocuments: trusted, maxBodyBytes: 200 });
    const accept = 'application/json';
    const post = (at: SmallGateway, body: object, headers = {}): Promise<number> =>
      at.post(JSON.stringify(body), { accept, ...headers }).then(({ status }) => status);
    try {
      expect(await post(graph, { qeury: '{ hello }' })).toBe(400);
      expect(await post(graph, { query: '{ hello }', variables: 'x' })).toBe(400);
      expect(await post(graph, { query: '{ hello }' }, { authorization: 'Bearer forged' })).toBe(401);
      expect(await post(graph, { query: '{ hello }' }, { 'content-encoding': 'unheard-of' })).toBe(415);
      expect(await post(graph, { query: 'mutation { login }' })).toBe(429);
      for (let left = 3; left > 0; left -= 1) expect(await post(graph, { query: '{ hello }' })).toBe(200);
      expect(await post(graph, { query: '{ hello }' })).toBe(429);
      expect(await post(strict, { query: '{ slow }' })).toBe(403);
      expect(await post(strict, { documentId: 'sha256:2' })).toBe(404);
      expect(await post(strict, { query: '{ hello }', pad: 'x'.repeat(300) })).toBe(413);
    } finally {
      await graph.gateway.close();
      await strict.gateway.close();
    }
  });
});

describe('refused requests', () => {
  const asked = (graph: SmallGateway): number => graph.subgraphs['account']?.requests.length ?? 0;

  test.each([
    ['aliases', `{ ${Array.from({ length: 6 }, (_, index) => `a${index}: hello`).join(' ')} }`],
    ['root fields', '{ me { id } hello broken slow }'],
    ['directives', '{ hello @include(if: true) @include(if: true) slow @skip(if: false) }'],
    [
      'aliases in fragments',
      '{ ...f ...f ...g } fragment f on Query { a: hello b: slow } fragment g on Query { c: hello ...f d: slow }',
    ],
  ])('too many %s', async (_what, query) => {
    const graph = await startSmallGateway(
      { account },
      { countLimits: { aliases: 5, rootFields: 3, directives: 2 } },
    );
    try {
      const answer = await graph.ask(query);
      expect([answer.status, ...new Set(short(answer.errors))]).toEqual([400, 'OPERATION_TOO_LARGE -']);
      const byGet = await fetch(`${graph.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      });
      expect(byGet.status).toBe(400);
      expect(asked(graph)).toBe(0);
    } finally {
      await graph.gateway.close();
    }
  });

  test('several operations at once, and a form of another page', async () => {
    const graph = await startSmallGateway({ account });
    try {
      expect(short((await graph.post('[{"query":"{ hello }"}]')).errors)).toEqual(['BAD_REQUEST -']);
      const form = await graph.post('{"query":"{ hello }"}', { 'content-type': 'text/plain' });
      expect(form.status).toBe(400);
      expect(asked(graph)).toBe(0);
    } finally {
      await graph.gateway.close();
    }
  });

  test('operations over the cost limit, with sized and unsized lists', async () => {
    const costly: SmallSubgraph = {
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])
        type Query {
          told(first: Int = 3): [Thing!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
          untold: [Thing!]
          assumed: [Thing!] @listSize(assumedSize: 4)
          page(first: Int): Page
          dear: Int @cost(weight: 50)
        }
        type Page { nodes: [Thing!] }
        type Thing { id: ID! inner: Inner heavy: Int @cost(weight: 2) }
        type Inner @cost(weight: 5) { id: ID }`,
      resolvers: {
        Query: {
          told: () => [1, 2].map((id) => ({ id, heavy: id })),
          page: () => ({ nodes: [{ id: 1 }] }),
          dear: () => 1,
        },
      },
    };
    const graph = await startSmallGateway({ costly }, { maxCost: 100 });
    const cost = async (query: string, variables?: Record<string, unknown>): Promise<unknown> => {
      const { extensions } = await graph.ask(query, {
        headers: { 'x-souk-cost': '1' },
        ...(variables ? { variables } : {}),
      });
      return (extensions as { cost: unknown }).cost;
    };
    try {
      expect(await cost('{ told { id } }')).toEqual({ estimate: 3, actual: 2 });
      expect(await cost('query ($n: Int) { told(first: $n) { id heavy } }', { n: 7 })).toEqual({
        estimate: 21,
        actual: 6,
      });
      expect(await cost('{ untold { id } assumed { inner { id } } }')).toEqual({ estimate: 34, actual: 0 });
      expect(await cost('{ page(first: 20) { nodes { id } } }')).toEqual({ estimate: 21, actual: 2 });
      // A negative size has no defined result: some subgraphs return everything.
      expect(await cost('{ page(first: -1) { nodes { id } } }')).toEqual({ estimate: 11, actual: 2 });
      expect(await cost('query ($n: Int) { told(first: $n) { id } }', { n: -1 })).toEqual({
        estimate: 10,
        actual: 2,
      });
      expect(await cost('{ dear }')).toEqual({ estimate: 50, actual: 50 });
      graph.subgraphs['costly']?.requests.splice(0);
      for (let turn = 0; turn < 2; turn += 1) {
        const refused = await graph.ask('{ told(first: 101) { id } }');
        expect([refused.status, ...short(refused.errors)]).toEqual([400, 'OPERATION_TOO_LARGE -']);
        expect(refused.extensions).toBeUndefined();
      }
      expect(graph.subgraphs['costly']?.requests).toHaveLength(0);
    } finally {
      await graph.gateway.close();
    }
  });

  test('too many requests, and fewer of those that guess', async () => {
    const graph = await startSmallGateway(
      { account },
      {
        rateLimits: {
          store: { kind: 'memory' },
          perMinute: 23,
          sensitivePerMinute: 2,
          sensitiveFields: loginFields,
        },
      },
    );
    try {
      const first = await graph.ask('{ hello }');
      expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=23;w=60');
      // One for the request, 5 for an operation that is planned anew.
      expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=17;t=(59|60)$/);
      expect((await graph.ask('mutation { a: login b: login }')).data).toEqual({ a: 'in', b: 'in' });
      const guess = await graph.ask('mutation { ...f } fragment f on Mutation { login }');
      expect([guess.status, ...short(guess.errors)]).toEqual([429, 'RATE_LIMITED -']);
      expect(guess.errors[0]?.extensions?.['retryAfter']).toEqual(expect.any(Number));
      for (let left = 5; left > 0; left -= 1) expect((await graph.ask('{ hello }')).status).toBe(200);
      const refused = await graph.ask('{ hello }');
      expect([refused.status, ...short(refused.errors)]).toEqual([429, 'RATE_LIMITED -']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      // Users are counted for themselves.
      expect((await graph.ask('{ hello }', { scopes: [] })).status).toBe(200);
    } finally {
      await graph.gateway.close();
    }
  });

  test('too many requests with tokens that are not valid, or from addresses of one network', async () => {
    const perMinute = 6;
    const graph = await startSmallGateway(
      { account },
      {
        trustedProxies: 1,
        rateLimits: {
          store: { kind: 'memory' },
          perMinute,
          sensitivePerMinute: 2,
          sensitiveFields: loginFields,
        },
      },
    );
    const statuses = async (
      requests: readonly Record<string, string>[],
      query = '{ hello }',
    ): Promise<number[]> => {
      const seen: number[] = [];
      for (const headers of requests) seen.push((await graph.ask(query, { headers })).status);
      return seen;
    };
    const from = (...addresses: string[]): Record<string, string>[] =>
      addresses.map((address) => ({ 'x-forwarded-for': address }));
    try {
      // Another client has both operations planned.
      await statuses(from('10.0.0.1'));
      await statuses(from('10.0.0.2'), 'mutation { login }');
      const forged = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((token) => ({
        authorization: `Bearer ${token}`,
      }));
      expect(await statuses(forged)).toEqual([...new Array<number>(6).fill(401), 429]);
      const network = from(
        '2001:db8:0:7::1',
        '2001:DB8:0:7:ffff::2',
        '2001:db8::7:0:0:0:3',
        '2001:0db8:0:0007::4',
      );
      expect(await statuses([...network, ...network])).toEqual([
        ...new Array<number>(6).fill(200),
        ...new Array<number>(2).fill(429),
      ]);
      expect(await statuses(from('2001:db8:0:8::1', '::1', '::', '2001:db8::8', '1.2.3.4'))).toEqual(
        new Array(5).fill(200),
      );
      const mapped = from(
        '::ffff:198.51.100.1',
        '198.51.100.1:4711',
        '::FFFF:c633:6401',
        '"[::ffff:198.51.100.1]:4711"',
      );
      expect(await statuses([...mapped, ...mapped])).toEqual([
        ...new Array<number>(6).fill(200),
        ...new Array<number>(2).fill(429),
      ]);
      // Values that are no address count for the connection's own, which the forged tokens have used up.
      expect(await statuses(from('junk', '_hidden', '1.2.3.4.5'))).toEqual([429, 429, 429]);
      const guesses = from('2001:db8:0:9::1', '2001:db8:0:9::2', '2001:db8:0:9::3');
      expect(await statuses(guesses, 'mutation { login }')).toEqual([200, 200, 429]);
    } finally {
      await graph.gateway.close();
    }
  });

  test('unknown documents, if only trusted ones are allowed', async () => {
    const known = '{ hello(name: "known") }';
    const id = createHash('sha256').update(known).digest('hex');
    const byId = new Map([[id, known]]);
    const graph = await startSmallGateway({ account }, { trustedDocuments: { byId, only: true } });
    try {
      for (const body of [
        { documentId: `sha256:${id}` },
        { extensions: { persistedQuery: { version: 1, sha256Hash: id } } },
        { query: known },
      ]) {
        expect((await graph.post(JSON.stringify(body))).data).toEqual({ hello: 'hello known' });
      }
      const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
      const named = await graph.post(JSON.stringify({ query: known, extensions }));
      expect(named.data).toEqual({ hello: 'hello known' });
      const foreign = await graph.ask('{ hello }');
      expect([foreign.status, ...short(foreign.errors)]).toEqual([403, 'FORBIDDEN -']);
      const unknown = await graph.post(JSON.stringify({ documentId: 'sha256:00' }));
      expect(short(unknown.errors)).toEqual(['PERSISTED_QUERY_NOT_FOUND -']);
      const byGet = await fetch(`${graph.url}/graphql?query={hello}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      });
      expect(byGet.status).toBe(403);
    } finally {
      await graph.gateway.close();
    }
  });
});

test('the hash of a trusted document beside another query is refused as that of an automatic persisted query is', async () => {
  const known = '{ hello(name: "known") }';
  const sha256Hash = createHash('sha256').update(known).digest('hex');
  const byId = new Map([[sha256Hash, known]]);
  const mismatched = JSON.stringify({
    query: '{ hello }',
    extensions: { persistedQuery: { version: 1, sha256Hash } },
  });
  const told = [];
  for (const trustedDocuments of [undefined, { byId, only: false }, { byId, only: true }]) {
    const graph = await startSmallGateway({ account }, trustedDocuments && { trustedDocuments });
    try {
      const { status, data, errors } = await graph.post(mismatched);
      told.push([status, data, errors[0]?.message, ...short(errors)]);
    } finally {
      await graph.gateway.close();
    }
  }
  const refusal = [400, undefined, 'provided sha does not match query', 'BAD_REQUEST -'];
  expect(told).toEqual([refusal, refusal, refusal]);
});

describe('pages of other origins', () => {
  test('may send requests if they are listed', async () => {
    const graph = await startSmallGateway({ account }, { corsOrigins: ['https://shop.test'] });
    const allowed = async (origin: string): Promise<string | null> =>
      (await graph.ask('{ hello }', { headers: { origin } })).headers.get('access-control-allow-origin');
    try {
      expect(await allowed('https://shop.test')).toBe('https://shop.test');
      expect(await allowed('https://shop.test.evil')).toBeNull();
    } finally {
      await graph.gateway.close();
    }
  });
});

describe('another supergraph', () => {
  test('is served without a request lost, and one that cannot be served is not', async () => {
    const graph = await startSmallGateway({ account, social });
    const wider = { ...account, sdl: `${account.sdl} extend type Query { more: Int }` };
    try {
      expect((await graph.ask('{ me { likes } }')).data).toEqual({ me: { likes: 3 } });
      expect(short((await graph.ask('{ more }')).errors)).toEqual(['GRAPHQL_VALIDATION_FAILED -']);
      let isOver = false;
      const answers: HttpAnswer[] = [];
      const client = async (): Promise<void> => {
        while (!isOver) answers.push(await graph.ask('{ me { likes } }'));
      };
      const clients = [client(), client()];
      await graph.gateway.reload(composed({ account: wider, social }));
      await graph.ask('{ me { likes } }');
      isOver = true;
      await Promise.all(clients);
      expect(answers.filter(({ data, errors }) => !data || errors.length > 0)).toEqual([]);
      // The subgraph has not changed: it receives the query, and does not know the field.
      expect(short((await graph.ask('{ more }')).errors)).toEqual(['INTERNAL_SERVER_ERROR -']);

      await expect(graph.gateway.reload('type Query { a: Int @authenticated }')).rejects.toThrow(
        'not linked',
      );
      await expect(graph.gateway.reload('no schema')).rejects.toThrow('Syntax Error');
      expect((await graph.ask('{ me { likes } }')).data).toEqual({ me: { likes: 3 } });
    } finally {
      await graph.gateway.close();
    }
  });
});

describe('a subgraph in trouble', () => {
  test('is tried once more for a query whose connection broke, and never for a mutation', async () => {
    let calls = 0;
    const server = createServer((request, response) => {
      calls += 1;
      if (calls % 2 === 1) request.socket.destroy();
      else response.end('{"data":{"hello":"again"}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const graph = await startSmallGateway({ account }, { subgraphs: null, urls: { account: url } });
    try {
      expect((await graph.ask('{ hello }')).data).toEqual({ hello: 'again' });
      expect(calls).toBe(2);
      const lost = await graph.ask('mutation { write }');
      expect(short(lost.errors)).toEqual(['SERVICE_UNAVAILABLE -']);
      expect(calls).toBe(3);
    } finally {
      await graph.gateway.close();
      server.close();
      server.closeAllConnections();
    }
  });

  test('opens its circuit, and the rest is answered', async () => {
    const graph = await startSmallGateway({ account, social }, { subgraphResetTimeoutMs: 1_000 });
    const subgraph = graph.subgraphs['social'];
    if (!subgraph) throw new Error('There is no subgraph.');
    const normal = subgraph.answer;
    try {
      subgraph.answer = () => Promise.reject(new Error('away'));
      const query = '{ me { name likes } }';
      for (let call = 0; call < 25; call += 1) await graph.ask(query);
      // Now and then, when it has rested, one asks how it is.
      const answer = await until('it to be left alone', async () => {
        const called = subgraph.requests.length;
        const given = await graph.ask(query);
        return subgraph.requests.length === called && given;
      });
      expect(answer.data).toEqual({ me: { name: 'Ada', likes: null } });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 1 });
      expect(answer.extensions).toEqual({ degraded: ['social'] });
      subgraph.answer = normal;
      await until('the circuit closes', async () => (await graph.ask(query)).errors.length === 0);
    } finally {
      await graph.gateway.close();
    }
  });

  test('is not waited for when the client has gone', async () => {
    let isAborted = false;
    let isAsked = false;
    const server = createServer((request) => {
      isAsked = true;
      request.socket.once('close', () => (isAborted = true));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const graph = await startSmallGateway({ account }, { subgraphs: null, urls: { account: url } });
    const client = new AbortController();
    try {
      const asked = fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ slow }"}',
        signal: client.signal,
      }).catch(() => 'gone');
      await until('the subgraph is asked', () => isAsked);
      client.abort();
      expect(await asked).toBe('gone');
      await until('the call is given up', () => isAborted, 5_000);
    } finally {
      await graph.gateway.close();
      server.close();
      server.closeAllConnections();
    }
  });
});
