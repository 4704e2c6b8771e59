import { gzipSync } from 'node:zlib';
import type { Client } from '../support/client.js';
import { administrator, anonymous, newUser, soukUrl } from '../support/gate.js';
import { stockLicences } from '../support/shop.js';

const register = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken userErrors { code field message } }
}`;

const registration = (over: object): Record<string, unknown> => ({
  input: {
    email: `${crypto.randomUUID()}@example.com`,
    password: 'correct horse battery',
    firstName: 'Test',
    lastName: 'Flood',
    ...over,
  },
});

/** Milliseconds that a call takes. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await call();
  return performance.now() - begun;
}

/** Normalizing so many combining marks took ten seconds of processor time. */
const marks = `a${'\u0301\u0316'.repeat(80_000)}`;
const letters = 'a'.repeat(marks.length);

it('refuses a name of combining marks as fast as one of letters, and says which field', async () => {
  const client = anonymous();
  const refused = (firstName: string): Promise<unknown> =>
    expect(client.run(register, registration({ firstName }))).resolves.toMatchObject({
      register: { accessToken: null, userErrors: [{ code: 'INVALID', field: ['input', 'firstName'] }] },
    });
  const ofLetters = await timed(() => refused(letters));
  const ofMarks = await timed(() => refused(marks));
  // Generous, for a machine that has much else to do: it was a factor of thousands.
  expect(ofMarks).toBeLessThan(5 * ofLetters + 2_000);
});

it('does not unpack a body without bound', async () => {
  const body = gzipSync(
    JSON.stringify({ query: register, variables: registration({ firstName: 'a'.repeat(50_000_000) }) }),
  );
  const response = await fetch(`${soukUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body,
  });
  expect([413, 415]).toContain(response.status);
});

const createOrder = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) { checkout { id } userErrors { code field } }
}`;

it("refuses half a character in one buyer's input, and completes the checkouts of all others", async () => {
  const admin = await administrator();
  const { offerId } = await stockLicences(admin, 50);
  const buyers = await Promise.all(Array.from({ length: 8 }, () => newUser()));
  const attacker = await newUser('attacker');
  const order = (client: Client, returnUrl: string | null): Promise<unknown> =>
    client.run(createOrder, {
      input: {
        items: [{ offerId, quantity: 1 }],
        idempotencyKey: crypto.randomUUID(),
        payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa', returnUrl },
      },
    });
  const [refused, ...started] = await Promise.all([
    order(attacker, 'https://shop.test/back?name=Zo\ud83d'),
    ...buyers.map((buyer) => order(buyer, null)),
  ]);
  expect(refused).toMatchObject({
    createOrder: {
      checkout: null,
      userErrors: [{ code: 'INVALID', field: ['input', 'payment', 'returnUrl'] }],
    },
  });
  const ends = await Promise.all(
    started.map((answer, index) => {
      const { createOrder: payload } = answer as { createOrder: { checkout: { id: string } } };
      return buyers[index]?.ended(payload.checkout.id);
    }),
  );
  expect(ends.map((end) => end?.status)).toEqual(buyers.map(() => 'COMPLETED'));
});

it.each(['\u0000', '\ud83d', '\udc00', '\u0007', '\u202e', '\u2066'])(
  'refuses %j in a title',
  async (character) => {
    const admin = await administrator();
    const data = await admin.run(
      `mutation ($input: AppInput!) { createApp(input: $input) { listing { id } userErrors { code field } } }`,
      {
        input: {
          listing: { title: `Tro${character}jan`, categoryId: 'category_none' },
          version: '1',
          platforms: ['linux'],
        },
      },
    );
    expect(data).toMatchObject({ createApp: { listing: null } });
    const { userErrors } = (data as { createApp: { userErrors: unknown[] } }).createApp;
    expect(userErrors).toContainEqual({ code: 'INVALID', field: ['input', 'listing', 'title'] });
  },
);

it.each(['1e999', '-1e999', '1e309'])(
  'answers %s in a JSON literal with bad input, not with a fault',
  async (number) => {
    const user = await newUser();
    for (const query of [
      `mutation { updateProfile(input: { preferences: { volume: ${number} } }) { user { id } userErrors { code } } }`,
      `{ listings(first: 1, filter: { priceMin: { amount: ${number}, currency: "EUR" } }) { totalCount } }`,
    ]) {
      const { status, errors } = await user.send(query);
      expect(status).toBeLessThan(500);
      for (const { extensions } of errors ?? []) {
        expect(extensions.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
      }
    }
  },
);
