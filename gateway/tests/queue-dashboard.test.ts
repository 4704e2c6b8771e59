import type { QueueDashboard } from '@souk/shared/queue/queue-dashboard';
import type { SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const sources = { one: { sdl: 'type Query { hello: String }' } };
const seen: string[] = [];
const board: QueueDashboard = {
  handler: (request, response) => {
    seen.push(`${request.method} ${request.originalUrl}`);
    response.send('the queues');
  },
  close: () => Promise.resolve(),
};
const admin = 'valid=system:manage';
const buyer = 'valid=';

let graph: SmallGateway;

beforeAll(async () => {
  graph = await startSmallGateway(sources, { queueBoard: board });
});
afterAll(() => graph.gateway.close());
beforeEach(() => seen.splice(0));

const at = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${graph.url}/admin/queues${path}`, { redirect: 'manual', ...init });
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });
const begin = (accessToken: string, headers: Record<string, string> = {}): Promise<Response> =>
  at('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ accessToken }),
  });

test('an anonymous caller gets 401, and a browser the sign-in page', async () => {
  for (const path of ['', '/api/queues', '/static/js/main.js']) {
    const answer = await at(path);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }
  const page = await at('', { headers: { accept: 'text/html' } });
  expect(page.status).toBe(401);
  const policy = page.headers.get('content-security-policy') ?? '';
  const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(policy) ?? [];
  expect(await page.text()).toContain(`<script nonce="${nonce}">`);
  expect(policy).not.toContain('unsafe-inline');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(seen).toEqual([]);
});

test('a buyer gets 403, by token and by cookie', async () => {
  expect((await at('', bearer(buyer))).status).toBe(403);
  expect((await at('', { headers: { cookie: `souk_queues=${buyer}` } })).status).toBe(403);
  const refused = await begin(buyer);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('set-cookie')).toBeNull();
  expect(seen).toEqual([]);
});

test('an administrator gets in by access token, and by a cookie limited to this path', async () => {
  expect(await (await at('/api/queues', bearer(admin))).text()).toBe('the queues');
  const signedIn = await begin(admin);
  expect(signedIn.status).toBe(204);
  const cookie = signedIn.headers.get('set-cookie') ?? '';
  const [pair = '', ...attributes] = cookie.split('; ');
  expect(attributes).toEqual(
    expect.arrayContaining(['Path=/admin/queues', 'HttpOnly', 'Secure', 'SameSite=Strict']),
  );
  const maxAge = Number(/Max-Age=(\d+)/.exec(cookie)?.[1]);
  expect(maxAge).toBeGreaterThan(800);
  expect(maxAge).toBeLessThanOrEqual(900);
  const answer = await at('', { headers: { cookie: `other=1; ${pair}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(seen).toEqual(['GET /admin/queues/api/queues', 'GET /admin/queues']);
  const signedOut = await at('/session', { method: 'DELETE', headers: { cookie: pair } });
  expect(signedOut.headers.get('set-cookie')).toContain('souk_queues=;');
});

test('a token that is not valid any more leads back to signing in, and is forgotten', async () => {
  const answer = await at('', { headers: { cookie: 'souk_queues=old', accept: 'text/html' } });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('set-cookie')).toContain('souk_queues=;');
  expect((await at('', { headers: { authorization: 'Basic eA==' } })).status).toBe(401);
});

test('pages of others begin no session, nor do forms', async () => {
  expect((await begin(admin, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await begin(admin, { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await begin(admin, { origin: graph.url })).status).toBe(204);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s changes nothing: the queues are for reading',
  async (method) => {
    expect((await at('/api/queues/order/pause', { method, ...bearer(admin) })).status).toBe(405);
    expect(seen).toEqual([]);
  },
);

test('without queues, or without tokens, there is nothing at the path', async () => {
  const without = await startSmallGateway(sources);
  const unverified = await startSmallGateway(sources, { queueBoard: board, verifyToken: null });
  try {
    for (const { url } of [without, unverified]) {
      expect((await fetch(`${url}/admin/queues`, bearer(admin))).status).toBe(404);
    }
  } finally {
    await Promise.all([without.gateway.close(), unverified.gateway.close()]);
  }
});
