import { administrator, anonymous, newUser, souk, soukUrl } from '../support/suite-clients.js';
import { stockEvent } from '../support/shop.js';
import { until } from '../support/until.js';

const get = (path: string, accept = '*/*'): Promise<Response> =>
  fetch(`${soukUrl}${path}`, { headers: { accept }, redirect: 'manual' });

it('is alive and ready', async () => {
  expect((await get('/health/live')).status).toBe(200);
  // A part that is at full load for a moment may miss its probe.
  await until('the gateway is ready', async () => (await get('/health/ready')).status === 200);
});

it('publishes the keys that verify access tokens', async () => {
  const { keys } = (await (await get('/.well-known/jwks.json')).json()) as {
    keys: Record<string, unknown>[];
  };
  expect(keys).toEqual([
    expect.objectContaining({ kty: 'EC', crv: 'P-256', kid: expect.any(String) as string }),
  ]);
  expect(keys[0]).not.toHaveProperty('d');
});

it('serves Apollo Sandbox at /graphql and GraphiQL at /graphiql to browsers', async () => {
  const sandbox = await get('/graphql', 'text/html');
  expect(sandbox.headers.get('content-type')).toContain('text/html');
  expect(await sandbox.text()).toContain('sandbox');
  const ide = await get('/graphiql', 'text/html');
  expect(ide.headers.get('content-type')).toContain('text/html');
  const page = await ide.text();
  const script = /<script src="([^"]+)"/.exec(page)?.[1] ?? '';
  expect(await (await get(script)).text()).toContain('"endpoint":"/graphql"');
  // Works offline: nothing is loaded from anywhere else.
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
});

it('serves a first page that links to the endpoints', async () => {
  const html = await (await get('/', 'text/html')).text();
  for (const path of ['/graphql', '/graphiql', '/_simulator', '/dev/mailbox', '/admin/queues'])
    expect(html).toContain(`href="${path}"`);
});

it('shows e-mails in the development mailbox, and unsubscribes with one click', async () => {
  const [user, follower] = [await newUser(), await newUser()];
  const follow = (): Promise<unknown> =>
    follower.run('mutation ($id: ID!) { follow(userId: $id) { userErrors { code } } }', { id: user.userId });
  await follow();
  const { subject, text, html } = await souk.mailTo(user.email ?? '', 'new follower');
  expect(subject).toBe('You have a new follower');
  const page = await get('/dev/mailbox', 'text/html');
  const [source = ''] = /\/dev\/mailbox\/[0-9a-f-]{36}/.exec(await page.text()) ?? [];
  const shown = await get(source, 'text/html');
  expect(shown.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(shown.headers.get('content-security-policy')).toMatch(/^sandbox;/);

  const [link = ''] = /https?:\S+\/notifications\/unsubscribe\S+/.exec(text) ?? [];
  expect(html).toContain(link.replaceAll('&', '&amp;'));
  const { pathname, search } = new URL(link);
  expect((await get(`${pathname}${search}`)).status).toBe(200);
  const response = await fetch(`${soukUrl}${pathname}${search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(response.status).toBe(200);
  const { me } = (await user.run('{ me { notificationPreferences { type channels } } }')) as {
    me: { notificationPreferences: object[] };
  };
  expect(me.notificationPreferences).toContainEqual({ type: 'NEW_FOLLOWER', channels: ['IN_APP'] });
});

it('serves the files of a ticket at its links, without a login', async () => {
  const soon = new Date(Date.now() + 30 * 86_400_000);
  const [buyer, { offerId }] = [await newUser(), await stockEvent(await administrator(), soon, 10)];
  const checkout = await buyer.untilEnded(await buyer.buy([{ offerId }]));
  const { order } = (await buyer.run(
    'query ($id: ID!) { order(id: $id) { tokens { ticketPdfUrl calendarUrl } } }',
    { id: checkout.order.id },
  )) as { order: { tokens: { ticketPdfUrl: string; calendarUrl: string }[] } };
  const [token] = order.tokens;
  const fetched = [token?.ticketPdfUrl, token?.calendarUrl].map((link) => {
    const { pathname, search, port } = new URL(link ?? '');
    expect(port).toBe(new URL(soukUrl).port);
    return get(`${pathname}${search}`);
  });
  const [pdf, calendar] = await Promise.all(fetched);
  expect([pdf?.status, pdf?.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(pdf?.headers.get('cache-control')).toBe('no-store');
  expect(pdf?.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await calendar?.text()).toContain('BEGIN:VEVENT');
  expect((await get('/tickets/ticket.pdf?token=token_x.y')).status).toBe(404);
});

it('serves the simulator’s page', async () => {
  const page = await get('/_simulator', 'text/html');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('payment');
});

it('shows the queues to administrators only', async () => {
  const path = `${soukUrl}/admin/queues/api/queues`;
  const [admin, buyer] = [await administrator(), await newUser()];
  const request = (token: string | null): Promise<Response> =>
    fetch(path, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  expect((await request(null)).status).toBe(401);
  expect((await request(buyer.accessToken)).status).toBe(403);
  const { queues } = (await (await request(admin.accessToken)).json()) as { queues: { name: string }[] };
  expect(queues.map(({ name }) => name)).toEqual(['account', 'catalog', 'order', 'payment', 'social']);
});

it('returns the whole contract by introspection', async () => {
  const { __schema } = (await anonymous().run(
    '{ __schema { mutationType { fields { name } } types { name } } }',
  )) as {
    __schema: { mutationType: { fields: { name: string }[] }; types: { name: string }[] };
  };
  expect(__schema.mutationType.fields.length).toBeGreaterThan(80);
  for (const name of ['Checkout', 'PurchaseToken', 'EventSeat', 'Payment', 'Notification']) {
    expect(__schema.types.map((type) => type.name)).toContain(name);
  }
});

it('returns 404 for an unknown path', async () => {
  const response = await get('/nowhere');
  expect(response.status).toBe(404);
});

it('finds listings by kind, category, text and price', async () => {
  const { listings } = (await anonymous().run(
    `{ listings(filter: { kinds: [APP], priceMin: { amount: 1, currency: "EUR" } }, first: 2) {
         totalCount nodes { __typename kind priceRange { min { amount formatted } } } pageInfo { hasNextPage endCursor } } }`,
  )) as { listings: { totalCount: number; nodes: { __typename: string; kind: string }[] } };
  expect(listings.nodes.every(({ __typename, kind }) => __typename === 'App' && kind === 'APP')).toBe(true);
});

it('exports metrics of sagas, batches and messages', async () => {
  const answer = await get('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  for (const name of ['souk_saga_step_seconds', 'souk_batch_messages', 'souk_messages_failed_total']) {
    expect(text).toContain(`# TYPE ${name} `);
  }
});
