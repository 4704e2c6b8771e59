import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { SoukError, SoukResponse } from '@souk/client/souk-client';
import type { TestClient } from '@souk/testing/test-client';
import { administrator, anonymous, newUser, soukUrl } from '../support/suite-clients.js';
import { stockLicences, stockOf, stockSeats } from '../support/shop.js';

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

const add = `mutation ($item: CartItemInput!) {
  addToCart(item: $item) {
    cart { id }
    userErrors { __typename code message field ... on InsufficientStockError { available } ... on SeatUnavailableError { seatIds } }
  }
}`;

const refusalsOf = async (
  client: TestClient,
  mutation: string,
  variables: object,
): Promise<Record<string, unknown>[]> => {
  const data = (await client.run(mutation, variables as Record<string, unknown>)) as Record<
    string,
    { userErrors: Record<string, unknown>[] }
  >;
  return Object.values(data)[0]?.userErrors ?? [];
};

const cartIsEmpty = async (client: TestClient): Promise<void> => {
  const { cart } = (await client.run('{ cart { itemCount } }')) as { cart: { itemCount: number } | null };
  expect(cart?.itemCount ?? 0).toBe(0);
};

describe('a cart refuses', () => {
  let buyer: TestClient;

  beforeEach(async () => {
    buyer = await newUser();
  });

  it.each(['offer_01h455vb4pex5vsknk084sn02q', 'nonsense', 'user_01h455vb4pex5vsknk084sn02q'])(
    'an unknown offer: %s',
    async (offerId) => {
      await expect(refusalsOf(buyer, add, { item: { offerId } })).resolves.toMatchObject([
        { code: 'NOT_FOUND', field: ['item', 'offerId'] },
      ]);
      await cartIsEmpty(buyer);
    },
  );

  it.each([0, -1])('a quantity of %d', async (quantity) => {
    const app = await stockLicences(admin, 5);
    await expect(refusalsOf(buyer, add, { item: { offerId: app.offerId, quantity } })).resolves.toMatchObject(
      [{ code: 'INVALID', field: ['item', 'quantity'] }],
    );
    await cartIsEmpty(buyer);
  });

  it('a quantity of 2^31', async () => {
    const app = await stockLicences(admin, 5);
    const { errors, data } = await buyer.send(add, { item: { offerId: app.offerId, quantity: 2 ** 31 } });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain('quantity');
    expect(data ?? null).toBeNull();
    await cartIsEmpty(buyer);
  });

  it('more than the stock, with the number available', async () => {
    const app = await stockLicences(admin, 3);
    await expect(
      refusalsOf(buyer, add, { item: { offerId: app.offerId, quantity: 4 } }),
    ).resolves.toMatchObject([
      { __typename: 'InsufficientStockError', code: 'INSUFFICIENT_STOCK', available: 3 },
    ]);
    await cartIsEmpty(buyer);
  });

  it('a seated offer without its seats', async () => {
    const concert = await stockSeats(admin, 1, 2);
    await expect(
      refusalsOf(buyer, add, { item: { offerId: concert.offerId, quantity: 1 } }),
    ).resolves.toMatchObject([{ code: 'SEAT_REQUIRED', field: ['item', 'seatIds'] }]);
    await cartIsEmpty(buyer);
  });

  it('mixed currencies', async () => {
    const euros = await stockLicences(admin, 5);
    const yen = await stockLicences(admin, 5, 500, 'JPY');
    await buyer.addToCart({ offerId: euros.offerId });
    await expect(refusalsOf(buyer, add, { item: { offerId: yen.offerId } })).resolves.toMatchObject([
      { code: 'CURRENCY_MISMATCH' },
    ]);
  });
});

describe('a checkout refuses', () => {
  const checkout = `mutation ($input: CheckoutInput!) { checkout(input: $input) { checkout { id } userErrors { code field } } }`;
  const input = (over: object = {}): object => ({
    input: {
      idempotencyKey: crypto.randomUUID(),
      payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
      ...over,
    },
  });

  it('an empty cart', async () => {
    const buyer = await newUser();
    await expect(refusalsOf(buyer, checkout, input())).resolves.toMatchObject([{ code: 'CART_EMPTY' }]);
    await expect(buyer.run('{ me { orders { totalCount } } }')).resolves.toEqual({
      me: { orders: { totalCount: 0 } },
    });
  });

  it('a total other than the expected one: the saga compensates and reports both', async () => {
    const app = await stockLicences(admin, 5);
    const buyer = await newUser();
    await buyer.addToCart({ offerId: app.offerId });
    const ended = await buyer.untilEnded(
      await buyer.checkout({ expectedTotal: { amount: 999, currency: 'EUR' } }),
    );
    expect(ended.failure).toMatchObject({
      __typename: 'PriceChangedError',
      code: 'PRICE_CHANGED',
      expected: { amount: 999, currency: 'EUR' },
      actual: { amount: 1_000, currency: 'EUR' },
    });
    expect(ended).toMatchObject({
      status: 'FAILED',
      compensations: [],
      order: { status: 'CANCELLED', paymentStatus: 'UNPAID' },
    });
    await expect(stockOf(admin, app.offerId)).resolves.toEqual({ available: 5, onHand: 5, reserved: 0 });
  });

  it('a seat taken by another: the saga compensates and names it', async () => {
    const concert = await stockSeats(admin, 1, 2);
    const [first, second] = [await newUser(), await newUser()];
    const [seat = ''] = concert.seatIds;
    await first.mutate(
      'mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { seats { id } userErrors { code } } }',
      { ids: [seat] },
    );
    const ended = await second.untilEnded(
      await second.buy([{ offerId: concert.offerId, quantity: 1, seatIds: [seat] }]),
    );
    expect(ended.failure).toMatchObject({ __typename: 'SeatUnavailableError', seatIds: [seat] });
    await expect(
      refusalsOf(
        second,
        'mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { seats { id } userErrors { __typename code ... on SeatUnavailableError { seatIds } } } }',
        {
          ids: concert.seatIds,
        },
      ),
    ).resolves.toEqual([{ __typename: 'SeatUnavailableError', code: 'SEAT_UNAVAILABLE', seatIds: [seat] }]);
  });

  it('a seat that another holds: the cart refuses it and names it', async () => {
    const concert = await stockSeats(admin, 1, 1);
    const [holder, other] = [await newUser(), await newUser()];
    const item = { offerId: concert.offerId, seatIds: concert.seatIds };
    await holder.mutate('mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { userErrors { code } } }', {
      ids: concert.seatIds,
    });
    const add = `mutation ($item: CartItemInput!) { addToCart(item: $item) {
      cart { problems { code } } userErrors { code ... on SeatUnavailableError { seatIds } }
    } }`;
    await expect(refusalsOf(other, add, { item })).resolves.toEqual([
      { code: 'SEAT_UNAVAILABLE', seatIds: concert.seatIds },
    ]);
    await expect(holder.mutate(add, { item })).resolves.toMatchObject({ cart: { problems: [] } });
  });

  it("an address that is not the buyer's", async () => {
    const app = await stockLicences(admin, 5);
    const buyer = await newUser();
    await buyer.addToCart({ offerId: app.offerId });
    const ended = await buyer.untilEnded(
      await buyer.checkout({ shippingAddressId: 'addr_01h455vb4pex5vsknk084sn02q' }),
    );
    expect(ended).toMatchObject({ status: 'FAILED', failure: { code: 'NOT_FOUND' } });
  });
});

describe('the endpoint refuses', () => {
  const me = '{ me { id email } }';
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const forged = (claims: object, options: jwt.SignOptions = {}): string =>
    jwt.sign(claims, privateKey, {
      algorithm: 'ES256',
      expiresIn: '15m',
      issuer: 'souk',
      audience: 'souk',
      ...options,
    });

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${soukUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  const errorOf = async (response: Response): Promise<SoukError> => {
    const { errors } = (await response.json()) as SoukResponse<unknown>;
    expect(errors).toHaveLength(1);
    const [error] = errors ?? [];
    if (!error) throw new Error('There was no error.');
    expect(error.extensions.requestId).toMatch(/\S+/);
    expect(JSON.stringify(error)).not.toMatch(/stack|SELECT|127\.0\.0\.1|node_modules/i);
    return error;
  };

  it.each([
    ['not a token', 'x.y.z'],
    [
      'a forged one',
      forged(
        {
          sub: 'user_01h455vb4pex5vsknk084sn02q',
          sid: 'session_01h455vb4pex5vsknk084sn02q',
          roles: ['ADMIN'],
          scope: 'users:manage',
        },
        { keyid: 'forged', jwtid: '1' },
      ),
    ],
    [
      'one without a signature',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"user_01h455vb4pex5vsknk084sn02q"}').toString('base64url')}.`,
    ],
  ])('%s', async (_what, token) => {
    const client = anonymous();
    client.useToken(token);
    const { errors, data } = await client.send(me);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect((data as { me?: unknown } | null)?.me ?? null).toBeNull();
  });

  it('a valid token with changed claims', async () => {
    const user = await newUser();
    const [header = '', payload = '', signature = ''] = (user.accessToken ?? '').split('.');
    const claims = {
      ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object),
      roles: ['ADMIN'],
      scope: 'users:manage',
    };
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    user.useToken([header, changed, signature].join('.'));
    const { errors } = await user.send('{ users { totalCount } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('malformed JSON', async () => {
    const response = await post('{"query": ');
    expect(response.status).toBe(400);
    expect((await errorOf(response)).extensions.code).toBe('BAD_REQUEST');
  });

  it('a request without a query', async () => {
    const response = await post('{}');
    expect(response.status).toBe(400);
    expect((await errorOf(response)).extensions.code).toBe('BAD_REQUEST');
  });

  it('to execute literals as code, as graphql-jit did', async () => {
    const markers = [
      '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d',
      '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
    ];
    for (const marker of markers) {
      const query = `{ listing(slug: "${marker}process.exit(70)") { id } }`;
      const answers: string[] = [];
      for (let times = 0; times < 10; times += 1)
        answers.push(await (await post(JSON.stringify({ query }))).text());
      expect(new Set(answers).size).toBe(1);
      expect(JSON.parse(answers[0] ?? '')).toEqual({ data: { listing: null } });
    }
  });

  it('a 2 MB query', async () => {
    const response = await post(JSON.stringify({ query: `{ ${'a'.repeat(2_000_000)} }` }));
    expect((await errorOf(response)).extensions.code).toBe('OPERATION_TOO_LARGE');
  });

  it('a query over the depth limit', async () => {
    const depth = 60;
    const query = `{ categories { ${'children { '.repeat(depth)} id ${'} '.repeat(depth)} } }`;
    expect((await errorOf(await post(JSON.stringify({ query })))).extensions.code).toBe(
      'OPERATION_TOO_LARGE',
    );
  });

  it.each([
    ['{ me { ', 'GRAPHQL_PARSE_FAILED'],
    ['{ nobody }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (query, code) => {
    expect((await errorOf(await post(JSON.stringify({ query })))).extensions.code).toBe(code);
  });

  it('a field that requires a token, and one that requires a scope', async () => {
    const query = '{ listings { totalCount } users { totalCount } }';
    const anonymousResponse = await anonymous().send(query);
    expect(anonymousResponse.errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['UNAUTHENTICATED', ['users']],
    ]);
    const asUser = await (await newUser()).send(query);
    expect(asUser.errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['FORBIDDEN', ['users']],
    ]);
  });

  it("another's private fields", async () => {
    const [one, other] = [await newUser(), await newUser()];
    const { data, errors } = await one.send('query ($id: ID!) { user(id: $id) { id displayName email } }', {
      id: other.userId,
    });
    expect(errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['FORBIDDEN', ['user', 'email']],
    ]);
    expect(data).toMatchObject({ user: { id: other.userId, email: null } });
  });
});
