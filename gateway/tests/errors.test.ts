import { graphError } from '@souk/shared/graph/errors';
import { GraphQLError } from 'graphql';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { until } from '../../tests/support/until.js';
import type { HttpAnswer, SmallGateway } from './small-graph.js';
import { answerOf, short, startSmallGateway } from './small-graph.js';

const account = {
  sdl: `
    scalar EmailAddress
    type Query { hello(name: String): String! fails(how: String!): String tree: Tree mail(to: EmailAddress!): String }
    type Tree { tree: Tree leaf: Int }
    enum Colour { RED GREEN }
    input Paint { colour: Colour!, amount: Int! }
    extend type Query { paint(input: Paint!): String }
    type Mutation { hello: String }
  `,
  resolvers: {
    Query: {
      hello: (_root: unknown, { name }: { name?: string }) => `hello ${name ?? ''}`,
      tree: () => ({ leaf: 1 }),
      mail: () => 'sent',
      paint: () => 'painted',
      fails: (_root: unknown, { how }: { how: string }) => {
        if (how === 'fault') throw new Error('SELECT secret FROM users; connect ECONNREFUSED 10.0.0.5:5432');
        if (how === 'validation')
          throw graphError('GRAPHQL_VALIDATION_FAILED', 'Cannot query field "internal".');
        if (how === 'odd')
          throw new GraphQLError('odd', { extensions: { code: 'SOME_CODE', stacktrace: ['at x'] } });
        throw graphError('SERVICE_UNAVAILABLE', 'The card provider is away.', {
          retryAfter: 7,
          field: 'fails',
          exception: { stacktrace: ['at secret'] },
          host: '10.0.0.5',
        });
      },
    },
  },
};
const catalog = { sdl: 'type Query { items: [String!] }', resolvers: { Query: { items: () => ['a'] } } };

describe('errors', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account, catalog });
  });
  afterAll(() => graph.gateway.close());

  const get = async (path: string, init: RequestInit = {}): Promise<HttpAnswer> =>
    answerOf(await fetch(`${graph.url}${path}`, init));

  function expectOnly(answer: HttpAnswer, status: number, code: string): void {
    expect({ status: answer.status, errors: short(answer.errors) }).toEqual({
      status,
      errors: [`${code} -`],
    });
    expect(answer.headers.get('content-type')).toMatch(/json/);
    expect(answer.errors[0]?.extensions?.['requestId']).toBe(answer.headers.get('x-request-id'));
  }

  test('a fault of a subgraph is masked', async () => {
    for (const how of ['fault', 'validation', 'odd']) {
      const { data, errors, text } = await graph.execute(`{ hello fails(how: "${how}") }`);
      expect(data).toEqual({ hello: 'hello ', fails: null });
      expect(errors).toEqual([
        {
          message: 'Something went wrong. The request id helps us to find out what.',
          path: ['fails'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) as string },
        },
      ]);
      expect(text).not.toMatch(/SELECT|10\.0|account|stack|SOME_CODE|Cannot query/);
    }
  });

  test('a deliberate error of a subgraph keeps its message and its public extensions only', async () => {
    const { errors } = await graph.execute('{ fails(how: "away") }');
    expect(errors).toEqual([
      {
        message: 'The card provider is away.',
        path: ['fails'],
        extensions: {
          code: 'SERVICE_UNAVAILABLE',
          retryAfter: 7,
          field: 'fails',
          requestId: expect.any(String) as string,
        },
      },
    ]);
  });

  test('a subgraph that is away costs its part only', async () => {
    const subgraph = graph.subgraphs['catalog'];
    if (!subgraph) throw new Error('no catalog');
    const { answer } = subgraph;
    try {
      subgraph.answer = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:4002'));
      const away = await graph.execute('{ hello items }');
      expect(away.data).toEqual({ hello: 'hello ', items: null });
      expect(short(away.errors)).toEqual(['SERVICE_UNAVAILABLE -']);
      expect(away.text).not.toMatch(/10\.0|ECONN/);
      expect(away.extensions).toEqual({ degraded: ['catalog'] });

      subgraph.answer = () => Promise.resolve('<html>' as never);
      expect(short((await graph.execute('{ items }')).errors)).toEqual(['SERVICE_UNAVAILABLE -']);

      subgraph.answer = () => Promise.resolve({ data: { items: ['a', null] } });
      const broken = await graph.execute('{ items }');
      expect(broken.data).toEqual({ items: null });
      expect(short(broken.errors)).toEqual(['INTERNAL_SERVER_ERROR items.1']);
    } finally {
      subgraph.answer = answer;
    }
    expect((await graph.execute('{ items }')).data).toEqual({ items: ['a'] });
  });

  test('a subgraph that is late costs its part only', async () => {
    const impatient = await startSmallGateway({ account, catalog }, { subgraphTimeoutMs: 150 });
    try {
      const { catalog: subgraph } = impatient.subgraphs;
      if (subgraph) subgraph.answer = () => new Promise(() => undefined);
      const late = await impatient.execute('{ hello items }');
      expect(late.data).toEqual({ hello: 'hello ', items: null });
      expect(short(late.errors)).toEqual(['TIMEOUT -']);
    } finally {
      await impatient.gateway.close();
    }
  });

  test('bodies that are no request', async () => {
    expectOnly(await graph.post('{"query": "{ hello }"'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('[]'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('"text"'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post(''), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('{}'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('{"query": ""}'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('{"query": 5}'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('{"query": "{ hello }", "variables": "x"}'), 400, 'BAD_REQUEST');
    expectOnly(await graph.post('[{"query": "{ hello }"}]'), 400, 'BAD_REQUEST');
    expectOnly(
      await graph.post('{"query": "{ hello }"}', { 'content-type': 'text/plain' }),
      400,
      'BAD_REQUEST',
    );
    expectOnly(await graph.post('x', { 'content-encoding': 'unheard-of' }), 415, 'BAD_REQUEST');
  });

  test('operations that are too large', async () => {
    const query = `{ hello(name: "${'x'.repeat(2_000_000)}") }`;
    expectOnly(await graph.post(JSON.stringify({ query })), 413, 'OPERATION_TOO_LARGE');
    const fields = Array.from({ length: 3_000 }, (_, index) => `a${index}: hello`).join(' ');
    expectOnly(await graph.execute(`{ ${fields} }`), 400, 'OPERATION_TOO_LARGE');
    const deep = `{ ${'tree { '.repeat(15)} leaf ${'}'.repeat(15)} }`;
    expectOnly(await graph.execute(deep), 400, 'OPERATION_TOO_LARGE');
    const allowed = `{ ${'tree { '.repeat(14)} leaf ${'}'.repeat(14)} }`;
    expect((await graph.execute(allowed)).status).toBe(200);
  });

  test('a client that is still sending a body that is too large gets the refusal, and keeps the connection', async () => {
    const head = (length: number): string =>
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    const socket = connect(Number(new URL(graph.url).port), '127.0.0.1');
    const heard: string[] = [];
    socket.on('data', (chunk) => heard.push(String(chunk)));
    socket.on('error', (error) => heard.push(error.message));
    try {
      socket.write(`${head(2_000_000)}${'x'.repeat(1_500_000)}`);
      await until('the refusal', () => heard.join('').includes('OPERATION_TOO_LARGE'));
      const next = '{"query": "{ hello }"}';
      socket.write(`${'x'.repeat(500_000)}${head(next.length)}${next}`);
      await until('the next answer', () => heard.join('').includes('{"data":{"hello":"hello "}}'));
    } finally {
      socket.destroy();
    }
    expect(heard.join('')).toMatch(/^HTTP\/1\.1 413 [^]*HTTP\/1\.1 200 /);
  });

  test('operations that are wrong', async () => {
    expectOnly(await graph.execute('{ hello '), 400, 'GRAPHQL_PARSE_FAILED');
    const unknown = await graph.execute('{ helo }');
    expectOnly(unknown, 400, 'GRAPHQL_VALIDATION_FAILED');
    expect(unknown.text).not.toMatch(/Did you mean|hello/);
    expectOnly(
      await graph.execute('query A { hello }', { operationName: 'B' }),
      400,
      'OPERATION_RESOLUTION_FAILURE',
    );
    expectOnly(
      await graph.execute('query A { hello } query B { hello }'),
      400,
      'OPERATION_RESOLUTION_FAILURE',
    );
    expectOnly(await graph.execute('{ __schema { types { name } } }'), 400, 'GRAPHQL_VALIDATION_FAILED');
    const paint = 'query ($input: Paint!) { paint(input: $input) }';
    const wrong = await graph.execute(paint, { variables: { input: { colour: 'REDD', amount: 1 } } });
    expectOnly(wrong, 400, 'BAD_USER_INPUT');
    expect(wrong.text).not.toMatch(/Did you mean|GREEN/);
    expectOnly(
      await graph.execute(paint, { variables: { input: { colour: 'RED', amount: 2 ** 31 } } }),
      400,
      'BAD_USER_INPUT',
    );
    expectOnly(await graph.execute(paint), 400, 'BAD_USER_INPUT');
  });

  test('values of custom scalars are validated by the gateway', async () => {
    const before = graph.subgraphs['account']?.requests.length;
    expectOnly(await graph.execute('{ mail(to: "nobody") }'), 400, 'GRAPHQL_VALIDATION_FAILED');
    const query = 'query ($to: EmailAddress!) { mail(to: $to) }';
    expectOnly(await graph.execute(query, { variables: { to: 'nobody' } }), 400, 'BAD_USER_INPUT');
    expect(graph.subgraphs['account']?.requests.length).toBe(before);
    expect((await graph.execute(query, { variables: { to: 'ada@souk.test' } })).data).toEqual({
      mail: 'sent',
    });
  });

  test('ways in that are none', async () => {
    expectOnly(await get('/nowhere'), 404, 'NOT_FOUND');
    expectOnly(await get('/graphiql'), 404, 'NOT_FOUND');
    const headers = { 'content-type': 'application/json' };
    expectOnly(await get('/graphql', { method: 'PUT', headers, body: '{}' }), 405, 'BAD_REQUEST');
    // Without a header that a form cannot send, a request could be another site's.
    expectOnly(await get('/graphql?query={hello}'), 400, 'BAD_REQUEST');
    const mutation = `/graphql?query=${encodeURIComponent('mutation { hello }')}`;
    expectOnly(await get(mutation, { headers: { 'apollo-require-preflight': '1' } }), 405, 'BAD_REQUEST');
  });

  test('persisted queries: unknown, registered, known', async () => {
    const query = '{ hello(name: "again") }';
    const persisted = (text: string) => ({
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') },
    });
    const extensions = persisted(query);
    expectOnly(await graph.post(JSON.stringify({ extensions })), 200, 'PERSISTED_QUERY_NOT_FOUND');
    const other = JSON.stringify({ query, extensions: persisted('another') });
    expectOnly(await graph.post(other), 400, 'BAD_REQUEST');
    await graph.post(JSON.stringify({ query, extensions }));
    expect((await graph.post(JSON.stringify({ extensions }))).data).toEqual({ hello: 'hello again' });
  });

  test('outside production names are suggested', async () => {
    const development = await startSmallGateway({ account }, { production: false });
    try {
      expect((await development.execute('{ helo }')).text).toMatch(/Did you mean \\"hello\\"/);
    } finally {
      await development.gateway.close();
    }
  });
});

describe('exceptions of graphql-js', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account, catalog }, { introspection: true });
  });
  afterAll(() => graph.gateway.close());

  test.each([
    ['query ($n: String = "Tree") { one: __type(name: $n) { name } items }', { n: null }, ['one']],
    [
      'query ($n: String = "Tree") { ...F items } fragment F on Query { __type(name: $n) { name } }',
      { n: null },
      ['__type'],
    ],
  ])('a null for the name of a type is an error at its field: %s', async (query, variables, [field = '']) => {
    for (let turn = 0; turn < 2; turn += 1) {
      const { status, data, errors } = await graph.execute(query, { variables });
      expect([status, data]).toEqual([200, { [field]: null, items: ['a'] }]);
      expect(short(errors)).toEqual([`BAD_USER_INPUT ${field}`]);
      const { data: named } = await graph.execute(query);
      expect(named).toEqual({ [field]: { name: 'Tree' }, items: ['a'] });
    }
  });

  test.each(['skip', 'include'])('a null for the condition of @%s is refused', async (directive) => {
    const query = `query ($s: Boolean = true) { items @${directive}(if: $s) hello }`;
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await graph.execute(query, { variables: { s: null } });
      expect([answer.status, answer.data, ...short(answer.errors)]).toEqual([
        400,
        undefined,
        'BAD_USER_INPUT -',
      ]);
    }
  });
});
