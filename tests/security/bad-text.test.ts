import type { SoukError, SoukResponse } from '@souk/client/souk-client';
import type { TestClient } from '@souk/testing/test-client';
import { administrator, anonymous, newUser, soukUrl } from '../support/suite-clients.js';
import { stockLicences } from '../support/shop.js';

interface Refusal {
  code: string;
  message: string;
  field: string[] | null;
}

let admin: TestClient;
let buyer: TestClient;

beforeAll(async () => {
  admin = await administrator();
  buyer = await newUser();
});

/** The refusals of a mutation with one field, as `CODE path`. */
async function refusals(client: TestClient, mutation: string, variables: object): Promise<string[]> {
  const data = (await client.run(mutation, variables as Record<string, unknown>)) as Record<
    string,
    { userErrors: Refusal[] }
  >;
  const [payload] = Object.values(data);
  return (payload?.userErrors ?? []).map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`);
}

const register = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken userErrors { code message field } } }`;
const createOrder = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) { checkout { id } userErrors { code message field } } }`;
const cancelOrder = `mutation ($id: ID!, $reason: String!, $key: String!) {
  cancelOrder(id: $id, reason: $reason, idempotencyKey: $key) { userErrors { code message field } } }`;
const refundPayment = `mutation ($input: RefundInput!) {
  refundPayment(input: $input) { userErrors { code message field } } }`;
const createProduct = `mutation ($input: ProductInput!) {
  createProduct(input: $input) { listing { id title } userErrors { code message field } } }`;

const orderOf = (offerId: string, more: object = {}): object => ({
  input: {
    items: [{ offerId }],
    idempotencyKey: crypto.randomUUID(),
    payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa', ...more },
  },
});

const half = 'Zo\ud83d';

test('a registration with a name of combining marks is refused, and says how long a name may be', async () => {
  const input = {
    email: `marks-${crypto.randomUUID()}@example.com`,
    password: 'correct horse battery',
    firstName: `a${'\u0301\u0316'.repeat(80_000)}`,
    lastName: 'x',
  };
  const data = (await anonymous().run(register, { input })) as { register: { userErrors: Refusal[] } };
  expect(data.register.userErrors).toEqual([
    {
      code: 'INVALID',
      field: ['input', 'firstName'],
      message: 'Must have at most 100 characters; it has 160,001.',
    },
  ]);
});

test('half of a surrogate pair in a return URL does not affect concurrent requests', async () => {
  const app = await stockLicences(admin, 50);
  const buyers = await Promise.all(Array.from({ length: 8 }, () => newUser()));
  const [refused, ...started] = await Promise.all([
    refusals(buyer, createOrder, orderOf(app.offerId, { returnUrl: `https://shop.test/back?name=${half}` })),
    ...buyers.map((other) => other.buy([{ offerId: app.offerId }])),
  ]);
  expect(refused).toEqual(['INVALID input.payment.returnUrl']);
  const ended = await Promise.all(buyers.map((other, index) => other.untilEnded(started[index] ?? '')));
  expect(ended.map(({ status }) => status)).toEqual(buyers.map(() => 'COMPLETED'));
});

test('a return URL holds no password', async () => {
  const app = await stockLicences(admin, 5);
  const returnUrl = 'https://user:password@shop.test/back';
  await expect(refusals(buyer, createOrder, orderOf(app.offerId, { returnUrl }))).resolves.toEqual([
    'INVALID input.payment.returnUrl',
  ]);
});

test.each([half, 'a\0b'])(
  '%j is no reason and no key: an order and its payment stay as they were',
  async (text) => {
    const app = await stockLicences(admin, 5);
    const checkout = await buyer.untilEnded(await buyer.buy([{ offerId: app.offerId }]));
    const { id, payment } = checkout.order;
    const key = crypto.randomUUID();
    await expect(refusals(buyer, cancelOrder, { id, reason: text, key })).resolves.toEqual([
      'INVALID reason',
    ]);
    await expect(refusals(buyer, cancelOrder, { id, reason: 'x', key: text })).resolves.toEqual([
      'INVALID idempotencyKey',
    ]);
    const refund = { paymentId: payment?.id, reason: text, idempotencyKey: text };
    for (let tries = 0; tries < 2; tries += 1)
      await expect(refusals(admin, refundPayment, { input: refund })).resolves.toEqual([
        'INVALID input.reason',
        'INVALID input.idempotencyKey',
      ]);
    await expect(
      refusals(buyer, createOrder, {
        input: {
          items: [{ offerId: app.offerId }],
          idempotencyKey: text,
          payment: { method: 'CREDIT_CARD' },
        },
      }),
    ).resolves.toEqual(['INVALID input.idempotencyKey']);
    const { order } = await buyer.readCheckout(checkout.id);
    expect(order).toMatchObject({ status: 'COMPLETED', payment: { refunded: { amount: 0 } } });
    expect(order.tokens.map(({ status }) => status)).toEqual(['ACTIVE']);
  },
);

test.each([half, 'a\0b'])('%j is refused as an unknown id', async (id) => {
  const { errors } = await admin.send('query ($id: ID!) { listing(id: $id) { id } }', { id });
  expect(errors?.map(({ extensions }) => [extensions.code, extensions['field']])).toEqual([
    ['BAD_USER_INPUT', 'id'],
  ]);
  await expect(
    refusals(admin, 'mutation ($id: ID!) { publishListing(id: $id) { userErrors { code message field } } }', {
      id,
    }),
  ).resolves.toEqual(['INVALID id']);
});

describe('a number that is too large', () => {
  const post = async (body: string): Promise<readonly SoukError[]> => {
    const response = await fetch(`${soukUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${admin.accessToken ?? ''}` },
      body,
    });
    expect(response.status).toBeLessThan(500);
    return ((await response.json()) as SoukResponse<unknown>).errors ?? [];
  };

  const refund = 'mutation { refundPayment(input: { paymentId: "x", reason: "x", idempotencyKey: "x", ';
  const tour = 'mutation { createTour(input: { listing: { title: "x" }, ';

  test.each([
    [
      'JSON',
      'mutation { createProduct(input: { listing: { title: "x", features: { a: [1e999] } } }) { userErrors { code } } }',
    ],
    ['SafeInt', `${refund} amount: { amount: 1e999, currency: "EUR" } }) { userErrors { code } } }`],
    [
      'SafeInt of digits',
      `${refund} amount: { amount: ${'9'.repeat(400)}, currency: "EUR" } }) { userErrors { code } } }`,
    ],
    ['Int', `${tour} durationMinutes: 1e999 }) { userErrors { code } } }`],
    [
      'Float',
      `${tour} itinerary: [{ name: "x", latitude: 1e999, longitude: -1e999 }] }) { userErrors { code } } }`,
    ],
  ])('is refused in a literal of %s', async (_type, query) => {
    const errors = await post(JSON.stringify({ query }));
    expect(errors).not.toEqual([]);
    for (const { extensions } of errors)
      expect(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']).toContain(extensions.code);
  });

  test.each([
    ['JSON', '"listing": { "title": "x", "features": { "a": [1e999] } }'],
    ['Int', '"listing": { "title": "x" }, "weightGrams": 1e999'],
  ])('is refused in a variable of %s', async (_type, input) => {
    const query = JSON.stringify(createProduct);
    const errors = await post(`{ "query": ${query}, "variables": { "input": { ${input} } } }`);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

test('a scalar’s error does not echo a megabyte', async () => {
  const email = `${'x'.repeat(900_000)}@souk.test`;
  const { errors } = await anonymous().send(
    'mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ok } }',
    { email },
  );
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  expect(errors?.[0]?.message.length).toBeLessThanOrEqual(1_000);
});

describe('a listing', () => {
  const create = (listing: object): Promise<string[]> =>
    refusals(admin, createProduct, { input: { listing: { title: 'A book', ...listing } } });

  test.each([
    ['a control character', 'A \u0007book'],
    ['a line break', 'A\nbook'],
    ['an override', 'A \u202ekoob'],
    ['an isolate', 'A \u2067book'],
  ])('is not called by %s', async (_what, title) => {
    await expect(create({ title })).resolves.toEqual(['INVALID input.listing.title']);
  });

  test('has its title in one normalization form, however it was typed', async () => {
    const data = (await admin.run(createProduct, { input: { listing: { title: 'Mu\u0308nchen' } } })) as {
      createProduct: { listing: { title: string } };
    };
    expect(data.createProduct.listing.title).toBe('M\u00fcnchen');
  });

  const svg = (inner: string): string =>
    `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`)}`;

  test.each([
    ['an SVG with a script', svg('<script>alert(1)</script>')],
    ['an SVG with an event handler', svg('<rect onload="alert(1)"/>')],
    ['a document', 'data:text/html,<script>alert(1)</script>'],
    ['a password', 'https://user:password@cdn.test/a.png'],
    ['another protocol', 'ftp://cdn.test/a.png'],
  ])('has no image by an address of %s', async (_what, url) => {
    await expect(create({ images: [{ url }] })).resolves.toEqual(['INVALID input.listing.images.0.url']);
  });

  test('accepts SVG images of plain shapes only', async () => {
    await expect(create({ images: [{ url: svg('<rect width="1" height="1"/>') }] })).resolves.toEqual([]);
  });
});
