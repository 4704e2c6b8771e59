import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { refreshCookieHeader } from '@souk/shared/graph/refresh-cookie';
import { withRefreshCookie, RefreshCookie } from '@souk/shared/graph/refresh-cookie';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import type { HttpAnswer, SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const shop = 'https://shop.test';
const subgraphs = {
  account: {
    sdl: `type Query { me: Int } type Mutation { login(name: String): User rename: Int }
      type User @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Mutation: {
        login: (_root: unknown, { name }: { name: string }) => ({ id: name, name }),
        rename: () => 1,
      },
    },
  },
  orders: {
    sdl: `type Query { orders: Int } type Mutation { buy: Int }
      type User @key(fields: "id") { id: ID! orders: Int }`,
    resolvers: { Mutation: { buy: () => 1 }, Query: { orders: () => 1 }, User: { orders: () => 1 } },
  },
};

let graph: SmallGateway;

beforeAll(async () => {
  graph = await startSmallGateway(subgraphs, {
    corsOrigins: [shop],
    refreshCookieSubgraph: 'account',
  });
  // Every subgraph tries to set a cookie with everything that it answers.
  for (const [name, subgraph] of Object.entries(graph.subgraphs)) {
    const answer: SubgraphExecutor = subgraph.answer;
    subgraph.answer = async (request) => {
      const cookie = new RefreshCookie(request.headers[refreshCookieHeader] ?? '');
      cookie.set(`${name}-${cookie.token ?? 'new'}`, new Date(Date.now() + 60_000));
      return withRefreshCookie(await answer(request), cookie);
    };
  }
});

afterAll(() => graph.gateway.close());

beforeEach(() => {
  for (const subgraph of Object.values(graph.subgraphs)) subgraph.requests.length = 0;
});

const login = 'mutation { login(name: "ada") { name } }';
const asked = { 'souk-refresh-cookie': '1', origin: shop };

const send = (query: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  graph.execute(query, { headers: { ...asked, ...headers } });
const cookieOf = ({ headers }: HttpAnswer): string | null => headers.get('set-cookie');
/** The cookie headers that a subgraph has received. */
const received = (name: string): (string | undefined)[] =>
  graph.subgraphs[name]!.requests.map(({ headers }) => headers[refreshCookieHeader]);

test('the cookie is out of reach of scripts, other sites, plain HTTP and other paths', async () => {
  // Twice: the second time on the short path for known operations.
  for (let round = 0; round < 2; round += 1) {
    const answer = await send(login);
    expect(cookieOf(answer)).toMatch(
      /^__Secure-souk-refresh=account-new; Path=\/graphql; Max-Age=(?:59|60); HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.extensions).toBeUndefined();
    expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  }
});

test('the owner alone receives the cookie of a request, with mutations only', async () => {
  const cookie = '__Secure-souk-refresh=mine; other=1';
  const answer = await send('mutation { login(name: "ada") { orders } buy }', { cookie });
  expect(answer.data).toEqual({ login: { orders: 1 }, buy: 1 });
  expect(cookieOf(answer)).toMatch(/^__Secure-souk-refresh=account-mine;/);
  expect(received('account')).toEqual(['mine']);
  expect(received('orders').length).toBeGreaterThan(0);
  expect(received('orders').every((token) => token === undefined)).toBe(true);
  for (const query of ['{ me }', '{ orders }', 'mutation { buy }'])
    expect(cookieOf(await send(query, { cookie }))).toBeNull();
  expect(received('account')).toEqual(['mine', undefined]);
  const headers = Object.values(graph.subgraphs).flatMap(({ requests }) =>
    requests.map((each) => each.headers),
  );
  expect(headers.some((each) => each['cookie'] !== undefined)).toBe(false);
});

test('without the header no cookie is read or set, whatever a client claims', async () => {
  const answer = await graph.execute(login, {
    headers: { origin: shop, cookie: '__Secure-souk-refresh=mine', [refreshCookieHeader]: 'forged' },
  });
  expect(answer.data).toEqual({ login: { name: 'ada' } });
  expect(cookieOf(answer)).toBeNull();
  expect(received('account')).toEqual([undefined]);
  expect(graph.subgraphs['account']!.requests[0]?.headers[gatewaySecretHeader]).toBeDefined();
});

test.each([
  ['a page of another origin', { origin: 'https://evil.test' }],
  ['a page of another scheme', { origin: 'http://shop.test' }],
  ['a page without an origin', { origin: 'null' }],
  ['a client that is no browser', { origin: '' }],
])('%s is FORBIDDEN, and nothing runs', async (_who, { origin }) => {
  const response = await fetch(`${graph.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'souk-refresh-cookie': '1',
      cookie: '__Secure-souk-refresh=mine; souk-refresh=mine',
      ...(origin && { origin }),
    },
    body: JSON.stringify({ query: login }),
  });
  expect(response.status).toBe(403);
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(received('account')).toEqual([]);
});

test('a page of this gateway may use it: by plain HTTP on this machine without the prefix, elsewhere never', async () => {
  const own = await send(login, {
    origin: graph.url,
    cookie: 'souk-refresh=mine; __Secure-souk-refresh=not',
  });
  expect(cookieOf(own)).toMatch(/^souk-refresh=account-mine;.*; Secure; /);
  const { request } = await import('node:http');
  // fetch does not let a host be chosen.
  const status = await new Promise((resolve, reject) => {
    const headers = {
      ...asked,
      host: 'souk.example',
      origin: 'http://souk.example',
      'content-type': 'application/json',
    };
    const sent = request(`${graph.url}/graphql`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query: login }));
  });
  expect(status).toBe(403);
});

test.each([
  ['twice', '__Secure-souk-refresh=one; __Secure-souk-refresh=two'],
  ['with letters that no token has', '__Secure-souk-refresh=a b'],
  ['empty', '__Secure-souk-refresh='],
  ['too long', `__Secure-souk-refresh=${'a'.repeat(501)}`],
])('a cookie that comes %s is none', async (_how, cookie) => {
  await send(login, { cookie });
  expect(received('account')).toEqual(['']);
});

test('equal mutations at once are not shared: each caller gets their own cookie', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `token${index}`);
  const answers = await Promise.all(
    names.map((name) => send(login, { cookie: `__Secure-souk-refresh=${name}` })),
  );
  expect(answers.map((answer) => cookieOf(answer)?.split(';')[0])).toEqual(
    names.map((name) => `__Secure-souk-refresh=account-${name}`),
  );
});

test('an event stream cannot set it', async () => {
  const answer = await send(login, { accept: 'text/event-stream' });
  expect([answer.status, answer.errors[0]?.extensions?.['code']]).toEqual([400, 'BAD_REQUEST']);
  expect(received('account')).toEqual([]);
});

test('responses may be read with credentials by allowed pages, where the header comes, and nowhere else', async () => {
  const preflight = (origin: string, announced: string): Promise<Response> =>
    fetch(`${graph.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': announced,
      },
    });
  const allows = async (response: Promise<{ headers: Headers }>): Promise<string | null> =>
    (await response).headers.get('access-control-allow-credentials');
  expect(await allows(preflight(shop, 'content-type, Souk-Refresh-Cookie'))).toBe('true');
  expect(await allows(preflight(shop, 'content-type'))).toBeNull();
  expect(await allows(preflight('https://evil.test', 'souk-refresh-cookie'))).toBeNull();
  expect(await allows(graph.execute(login, { headers: { origin: shop } }))).toBeNull();
});

test('a supergraph without such a subgraph ignores the header', async () => {
  const other = await startSmallGateway(subgraphs, { corsOrigins: [shop] });
  try {
    const answer = await other.execute(login, { headers: { 'souk-refresh-cookie': '1' } });
    expect([answer.data, cookieOf(answer)]).toEqual([{ login: { name: 'ada' } }, null]);
  } finally {
    await other.gateway.close();
  }
});
