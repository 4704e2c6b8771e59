import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { ClientGone } from '@souk/shared/cancellation';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../tests/support/until.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { answerOf, gatewaySecret, RecordingSubgraph, short, startSmallGateway } from './small-graph.js';

const account: SmallSubgraph = {
  sdl: 'type Query { hello: String! slow: String }',
  resolvers: { Query: { hello: () => 'hello' } },
};
const catalog: SmallSubgraph = {
  sdl: 'type Query { items: [String!] }',
  resolvers: { Query: { items: () => ['a'] } },
};

describe('headers for subgraphs', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account });
  });
  afterAll(() => graph.gateway.close());

  test('these headers and no others', async () => {
    const { headers } = await graph.execute('{ hello }', {
      scopes: [],
      headers: {
        'accept-language': 'de',
        'user-agent': 'test/1',
        'x-request-id': 'abc-1.2_3',
        'x-forwarded-for': '6.6.6.6',
        [gatewaySecretHeader]: 'forged',
        cookie: 'a=b',
      },
    });
    expect(headers.get('x-request-id')).toBe('abc-1.2_3');
    expect(graph.subgraphs['account']?.requests.at(-1)?.headers).toEqual({
      authorization: 'Bearer valid=',
      'accept-language': 'de',
      'user-agent': 'test/1',
      'x-request-id': 'abc-1.2_3',
      'x-forwarded-for': '127.0.0.1',
      [gatewaySecretHeader]: gatewaySecret,
      'x-souk-timeout-ms': '10000',
    });
  });

  test('a language or an agent of more than a thousand characters does not', async () => {
    const long = 'x'.repeat(1_001);
    await graph.execute('{ hello }', { headers: { 'accept-language': long, 'user-agent': long } });
    const { headers = {} } = graph.subgraphs['account']?.requests.at(-1) ?? {};
    expect(headers).not.toHaveProperty('accept-language');
    expect(headers).not.toHaveProperty('user-agent');
  });

  test.each(['', 'a b', 'x'.repeat(65), 'né', 'a"b'])('a request id like %j is replaced', async (id) => {
    const { headers } = await graph.execute('{ hello }', { headers: { 'x-request-id': id } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a trusted proxy sets the client's address", async () => {
    const behind = await startSmallGateway({ account }, { trustedProxies: 1 });
    try {
      // Some proxies add the port of the connection, or write IPv4 as IPv6.
      for (const hop of [
        '7.7.7.7',
        '7.7.7.7:1234',
        '::ffff:7.7.7.7',
        '[::ffff:7.7.7.7]:80',
        '::FFFF:7.7.7.7:9',
      ]) {
        await behind.execute('{ hello }', { headers: { 'x-forwarded-for': `6.6.6.6, ${hop}` } });
        const { headers } = behind.subgraphs['account']?.requests.at(-1) ?? {};
        expect([hop, headers?.['x-forwarded-for']]).toEqual([hop, '7.7.7.7']);
      }
    } finally {
      await behind.gateway.close();
    }
  });
});

describe('a client that disconnects', () => {
  test.each([
    ['cancels the call of a query', '{ slow }', true],
    ['does not cancel the call of a mutation', 'mutation { slow }', false],
  ])('%s', async (_what, query, isCancelled) => {
    let answer = (): void => undefined;
    const slow = (): Promise<string> => new Promise((resolve) => (answer = () => resolve('done')));
    const sdl = 'type Query { slow: String } type Mutation { slow: String }';
    const graph = await startSmallGateway({
      account: { sdl, resolvers: { Query: { slow }, Mutation: { slow } } },
    });
    try {
      const controller = new AbortController();
      const response = fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: controller.signal,
      });
      const received = await until('the call to the subgraph', () => graph.subgraphs['account']?.requests[0]);
      controller.abort();
      await expect(response).rejects.toThrow();
      if (isCancelled) {
        await until('the call to be canceled', () => received.cancellation?.reason instanceof ClientGone);
      } else {
        // By then the gateway has noticed: it answers the next request.
        await graph.execute('{ __typename }');
        expect(received.cancellation?.reason ?? null).toBeNull();
      }
    } finally {
      answer();
      await graph.gateway.close();
    }
  });
});

interface Upstream {
  url: string;
  seen: { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer }[];
  close: () => Promise<void>;
}

/** A server that answers GraphQL at /graphql, and says what else it was sent. */
async function upstream(source: SmallSubgraph): Promise<Upstream> {
  const subgraph = new RecordingSubgraph(source);
  const seen: Upstream['seen'] = [];
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      seen.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body });
      if (incoming.url !== '/graphql') {
        response.writeHead(202, { 'x-answer': 'yes', 'content-type': 'text/plain' }).end('taken');
        return;
      }
      const { query, variables } = JSON.parse(body.toString()) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      if (query.includes('slow')) return;
      void subgraph
        .execute({ query, variables, headers: {} })
        .then((result) => response.end(JSON.stringify(result)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The status of a path below an address, sent as it is written: fetch would make it shorter. */
function statusOf(address: string, below: string): Promise<number | undefined> {
  const { hostname, port, pathname } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: `${pathname}${below}`, method: 'POST' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end('{"query":"{ hello }"}');
  });
}

describe('over HTTP', () => {
  test('subgraphs answer, are shown the secret, and may be away', async () => {
    const [first, second] = await Promise.all([upstream(account), upstream(catalog)]);
    const urls = { account: `${first.url}/graphql`, catalog: `${second.url}/graphql` };
    const graph = await startSmallGateway({ account, catalog }, { subgraphs: null, urls, production: false });
    const impatient = await startSmallGateway({ account }, { subgraphs: null, urls, subgraphTimeoutMs: 300 });
    /** Waits until the probe says so: it waits for a second, in which a subgraph on a busy machine may not answer. */
    const readiness = (status: number, body: object): Promise<boolean> =>
      until(`readiness ${status}, ${JSON.stringify(body)}`, async () => {
        const answer = await fetch(`${graph.url}/health/ready`);
        return answer.status === status && (await answer.text()) === JSON.stringify(body);
      });
    try {
      expect((await graph.execute('{ hello items }')).data).toEqual({ hello: 'hello', items: ['a'] });
      expect(first.seen[0]?.headers[gatewaySecretHeader]).toBe(gatewaySecret);
      await readiness(200, { ready: true, away: [] });

      expect(short((await impatient.execute('{ slow }')).errors)).toEqual(['TIMEOUT -']);

      await second.close();
      const away = await graph.execute('{ hello items }');
      expect(away.data).toEqual({ hello: 'hello', items: null });
      expect(short(away.errors)).toEqual(['SERVICE_UNAVAILABLE -']);
      expect(away.text).not.toMatch(/127\.0\.0\.1|ECONN/);
      await readiness(503, { ready: false, away: ['catalog'] });
      expect((await fetch(`${graph.url}/health/live`)).status).toBe(200);
    } finally {
      await Promise.all([graph.gateway.close(), impatient.gateway.close()]);
      await first.close();
    }
  });

  test('proxied endpoints are forwarded byte for byte', async () => {
    const other = await upstream(account);
    const graph = await startSmallGateway(
      { account },
      {
        maxBodyBytes: 1_000,
        forwards: [
          { path: '/webhooks/stripe', url: `${other.url}/webhooks/stripe`, isSubgraph: true },
          { path: '/_simulator', url: `${other.url}/_simulator`, isSubgraph: false },
        ],
      },
    );
    try {
      const body = Buffer.from('{ "a":1,\r\n  "ü": 2 }');
      const response = await fetch(`${graph.url}/webhooks/stripe?x=1`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'stripe-signature': 't=1,v1=x',
          [gatewaySecretHeader]: 'forged',
        },
        body,
      });
      expect([response.status, response.headers.get('x-answer'), await response.text()]).toEqual([
        202,
        'yes',
        'taken',
      ]);
      expect(other.seen[0]).toMatchObject({ method: 'POST', url: '/webhooks/stripe?x=1' });
      expect(other.seen[0]?.body.equals(body)).toBe(true);
      expect(other.seen[0]?.headers).toMatchObject({
        'stripe-signature': 't=1,v1=x',
        [gatewaySecretHeader]: gatewaySecret,
        'x-forwarded-for': '127.0.0.1',
      });

      await fetch(`${graph.url}/_simulator/payment_intents/pi_1?y=2`);
      expect(other.seen[1]).toMatchObject({ method: 'GET', url: '/_simulator/payment_intents/pi_1?y=2' });
      expect(other.seen[1]?.headers).not.toHaveProperty(gatewaySecretHeader);

      const { length } = other.seen;
      for (const out of [
        '/../graphql',
        '/../../graphql',
        '/%2e%2e/%2E%2E/graphql',
        '/..\\..\\graphql',
        '/../stripe-other',
      ]) {
        expect([out, await statusOf(`${graph.url}/webhooks/stripe`, out)]).toEqual([out, 404]);
      }
      expect(other.seen).toHaveLength(length);

      const large = await fetch(`${graph.url}/webhooks/stripe`, { method: 'POST', body: 'x'.repeat(2_000) });
      expect(large.status).toBe(413);
      await other.close();
      const away = await answerOf(await fetch(`${graph.url}/webhooks/stripe`, { method: 'POST', body }));
      expect([away.status, ...short(away.errors)]).toEqual([503, 'SERVICE_UNAVAILABLE -']);
    } finally {
      await graph.gateway.close();
    }
  });

  test('a route that streams passes on bodies of any size while they arrive, and its upstream’s refusals', async () => {
    const other = await upstream(account);
    const path = '/uploads';
    const graph = await startSmallGateway(
      { account },
      {
        maxBodyBytes: 1_000,
        corsOrigins: ['https://shop.test'],
        production: true,
        forwards: [{ path, url: `${other.url}${path}`, isSubgraph: true, streamsBody: true }],
      },
    );
    try {
      const file = Buffer.alloc(3_000_000, 'file');
      const response = await fetch(`${graph.url}/uploads/token`, { method: 'PUT', body: file });
      expect(response.status).toBe(202);
      expect(other.seen[0]).toMatchObject({ method: 'PUT', url: '/uploads/token' });
      expect(other.seen[0]?.body.equals(file)).toBe(true);
      expect(other.seen[0]?.headers).toMatchObject({ 'content-length': '3000000' });

      const preflight = (origin: string): Promise<Response> =>
        fetch(`${graph.url}/uploads/token`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'PUT' },
        });
      const allowed = await preflight('https://shop.test');
      expect(allowed.headers.get('access-control-allow-methods')).toBe('PUT');
      expect((await preflight('https://evil.test')).headers.has('access-control-allow-methods')).toBe(false);
      expect(other.seen).toHaveLength(1);
    } finally {
      await Promise.all([graph.gateway.close(), other.close()]);
    }
  });
});
