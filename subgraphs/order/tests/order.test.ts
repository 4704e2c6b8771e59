import { compactVerify, createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { accountStates } from '@souk/shared/contracts/account';
import { newId, toApiId } from '@souk/shared/ids';
import { countingStatements, statementsDuring } from '../../../tests/support/statements.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { rejected } from './support/fake-participants.js';
import type { CheckoutView } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;
let stranger: TestUser;
let admin: TestUser;
let offer: FakeOffer;
let bought: CheckoutView;

beforeAll(async () => {
  order = await OrderUnderTest.start();
  [buyer, stranger, admin] = [order.user(), order.user(), order.user(['ADMIN'])];
  offer = order.catalog.offer({ fulfilment: 'TICKET', amount: 2_500 });
  const { id } = await order.buy(buyer, [{ offerId: offer.id, quantity: 2 }]);
  bought = await order.reached(id, buyer, 'COMPLETED');
});

afterAll(() => order.close());

const entity = <T>(reference: object, fields: string, user: TestUser | null): Promise<(T | null)[]> =>
  order.query(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`,
    { of: [reference] },
    user,
  );

describe('an order', () => {
  const byId = 'query ($value: ID!) { order(id: $value) { id number customer { id } } }';
  const byNumber = 'query ($value: String!) { order(number: $value) { id number customer { id } } }';

  it('is returned by id and by number, to its customer and to holders of orders:manage', async () => {
    const expected = { id: bought.order.id, number: bought.order.number, customer: { id: buyer.id } };
    for (const user of [buyer, admin]) {
      await expect(order.query(byId, { value: bought.order.id }, user)).resolves.toEqual(expected);
      await expect(order.query(byNumber, { value: bought.order.number }, user)).resolves.toEqual(expected);
    }
    for (const value of [bought.order.id, 'nonsense', toApiId('order', newId()), toApiId('user', newId())]) {
      await expect(order.query(byId, { value }, stranger)).resolves.toBeNull();
    }
    await expect(order.query(byNumber, { value: bought.order.number }, stranger)).resolves.toBeNull();
    await expect(order.errorOf(byId, { value: bought.order.id })).resolves.toBe('UNAUTHENTICATED');
  });

  it('requires exactly one of id and number', async () => {
    for (const arguments_ of ['', '(id: "x", number: "y")']) {
      await expect(order.errorOf(`{ order${arguments_} { id } }`, {}, buyer)).resolves.toBe('BAD_USER_INPUT');
      await expect(
        order.errorOf(`{ checkout${arguments_.replace('number', 'transactionId')} { id } }`, {}, buyer),
      ).resolves.toBe('BAD_USER_INPUT');
    }
  });

  it('is an entity by both keys, for permitted callers only', async () => {
    const fields = '... on Order { id status }';
    const seen = [{ id: bought.order.id, status: 'COMPLETED' }];
    for (const key of [{ id: bought.order.id }, { number: bought.order.number }]) {
      await expect(entity({ __typename: 'Order', ...key }, fields, buyer)).resolves.toEqual(seen);
      await expect(entity({ __typename: 'Order', ...key }, fields, stranger)).resolves.toEqual([null]);
    }
  });

  it('describes its items in the language of the request', async () => {
    const { data } = await order.subgraph.app.execute({
      query: `query ($id: ID!) { order(id: $id) { total { formatted } checkout { id } items { unitPrice { formatted } } } }`,
      variables: { id: bought.order.id },
      headers: { authorization: buyer.authorization, 'accept-language': 'de-DE' },
    });
    expect(data).toEqual({
      order: {
        total: { formatted: '50,00\u00a0€' },
        checkout: { id: bought.id },
        items: [{ unitPrice: { formatted: '25,00\u00a0€' } }],
      },
    });
  });
});

describe('a checkout', () => {
  it('is returned by both ids, to its buyer and to holders of orders:manage', async () => {
    const query = 'query ($id: String!) { checkout(transactionId: $id) { id } }';
    for (const user of [buyer, admin]) {
      await expect(order.query(query, { id: bought.transactionId }, user)).resolves.toEqual({
        id: bought.id,
      });
      await expect(order.read(bought.id, user)).resolves.toMatchObject({ id: bought.id });
    }
    await expect(order.query(query, { id: bought.transactionId }, stranger)).resolves.toBeNull();
    await expect(order.read(bought.id, stranger)).resolves.toBeNull();
    await expect(order.read('nonsense', buyer)).resolves.toBeNull();
  });

  it('is listed by status for holders of orders:manage', async () => {
    order.participants.on('validateUser', () => rejected('USER_NOT_ELIGIBLE'));
    const failing = order.user();
    const { id } = await order.buy(failing, [{ offerId: offer.id }]);
    await order.reached(id, failing, 'FAILED');
    order.participants.reset();
    const query = `query ($status: CheckoutStatus) { checkouts(status: $status) { totalCount nodes { id status } } }`;
    await expect(order.query(query, { status: 'FAILED' }, admin)).resolves.toEqual({
      totalCount: 1,
      nodes: [{ id, status: 'FAILED' }],
    });
    await expect(order.query(query, { status: 'AWAITING_PAYMENT' }, admin)).resolves.toEqual({
      totalCount: 0,
      nodes: [],
    });
    await expect(order.errorOf(query, {}, buyer)).resolves.toBe('FORBIDDEN');
  });
});

describe('orders in a list', () => {
  interface OrdersPage {
    totalCount: number;
    nodes: { id: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  }
  const page = (user: TestUser, after: string | null): Promise<[{ orders: OrdersPage }]> =>
    order.query(
      `query ($of: [_Any!]!, $after: String) { _entities(representations: $of) { ... on User {
        orders(first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }`,
      { of: [{ __typename: 'User', id: user.id }], after },
      user,
    );

  it('are paginated, newest first', async () => {
    const regular = order.user();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { checkout } = await order.createOrder(regular, { items: [{ offerId: offer.id }] });
      ids.unshift(checkout?.order.id ?? '');
    }
    const seen: string[] = [];
    let after: string | null = null;
    let more = true;
    while (more) {
      const [{ orders }]: [{ orders: OrdersPage }] = await page(regular, after);
      expect(orders).toMatchObject({ totalCount: 5, pageInfo: { hasPreviousPage: after !== null } });
      seen.push(...orders.nodes.map(({ id }) => id));
      ({ hasNextPage: more, endCursor: after } = orders.pageInfo);
    }
    expect(seen).toEqual(ids);
  });

  it('can be filtered by holders of orders:manage', async () => {
    const query = `query ($filter: OrderFilter) { orders(filter: $filter) { nodes { id } } }`;
    const found = async (filter: object): Promise<string[]> =>
      (await order.query<OrdersPage>(query, { filter }, admin)).nodes.map(({ id }) => id);
    const { id, number } = bought.order;
    await expect(found({ number })).resolves.toEqual([id]);
    await expect(found({ customerId: buyer.id, status: 'COMPLETED' })).resolves.toEqual([id]);
    await expect(found({ customerId: buyer.id, status: 'PENDING' })).resolves.toEqual([]);
    await expect(found({ customerId: 'nonsense' })).resolves.toEqual([]);
    await expect(found({ customerId: buyer.id, placedAfter: '2020-01-01T00:00:00Z' })).resolves.toEqual([id]);
    await expect(found({ customerId: buyer.id, placedBefore: '2020-01-01T00:00:00Z' })).resolves.toEqual([]);
    const inverted = { placedAfter: '2026-02-01T00:00:00Z', placedBefore: '2026-01-01T00:00:00Z' };
    await expect(order.errorOf(query, { filter: inverted }, admin)).resolves.toBe('BAD_USER_INPUT');
    await expect(order.errorOf(query, {}, buyer)).resolves.toBe('FORBIDDEN');
  });

  it.each(['orders', 'checkouts'])(
    '%s are counted once, only where their number is selected',
    async (list) => {
      const counts = async (fields: string): Promise<number> =>
        countingStatements(
          await statementsDuring(order.subgraph.dependencies.source, () =>
            order.query(`{ ${list}(first: 1) { ${fields} } }`, {}, admin),
          ),
        );
      expect(await counts('nodes { id }')).toBe(0);
      expect(await counts('nodes { id } totalCount totalCountIsEstimate')).toBe(1);
    },
  );

  it('are at most 100 per page, and require a cursor of this list', async () => {
    for (const arguments_ of ['first: 101', 'first: -1', 'after: "x"']) {
      await expect(order.errorOf(`{ orders(${arguments_}) { totalCount } }`, {}, admin)).resolves.toBe(
        'BAD_USER_INPUT',
      );
    }
  });
});

describe("a user's own fields", () => {
  it.each(['cart { id }', 'orders { totalCount }', 'tokens { id }'])('%s', async (field) => {
    const reference = { __typename: 'User', id: buyer.id };
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${field} } } }`;
    await expect(order.errorOf(query, { of: [reference] }, stranger)).resolves.toBe('FORBIDDEN');
    await expect(order.errorOf(query, { of: [reference] })).resolves.toBe('UNAUTHENTICATED');
    await expect(order.errorOf(query, { of: [reference] }, buyer)).resolves.toBeUndefined();
    await expect(order.errorOf(query, { of: [reference] }, admin)).resolves.toBeUndefined();
  });

  it('tokens are listed by kind and status', async () => {
    const tokens = async (arguments_: string): Promise<number | undefined> => {
      const [user] = await entity<{ tokens: unknown[] }>(
        { __typename: 'User', id: buyer.id },
        `... on User { tokens${arguments_} { id } }`,
        buyer,
      );
      return user?.tokens.length;
    };
    await expect(tokens('')).resolves.toBe(2);
    await expect(tokens('(kind: TICKET, status: ACTIVE)')).resolves.toBe(2);
    await expect(tokens('(kind: TOUR)')).resolves.toBe(0);
    await expect(tokens('(status: REDEEMED)')).resolves.toBe(0);
  });
});

describe('a token', () => {
  const query = `query ($code: String!) { purchaseToken(code: $code) {
    id code kind status holder { id } offer { id } listing { id } seat { id } order { number }
    purchasePrice { amount } purchasedAt redeemedAt signedPayload qrCode } }`;

  it('is visible to its holder and to holders of tickets:validate', async () => {
    const [token] = bought.order.tokens;
    for (const user of [buyer, admin]) {
      await expect(order.query(query, { code: token?.code }, user)).resolves.toMatchObject({
        id: token?.id,
        kind: 'TICKET',
        status: 'ACTIVE',
        holder: { id: buyer.id },
        offer: { id: offer.id },
        listing: { id: toApiId('listing', offer.listingUuid) },
        order: { number: bought.order.number },
        purchasePrice: { amount: 2_500 },
        redeemedAt: null,
      });
    }
    await expect(order.query(query, { code: token?.code }, stranger)).resolves.toBeNull();
    await expect(order.query(query, { code: 'TKT-000000000000' }, admin)).resolves.toBeNull();
    await expect(order.errorOf(query, { code: token?.code })).resolves.toBe('UNAUTHENTICATED');
  });

  it('is visible to the partner who sold it while they are verified, without the rest of the order', async () => {
    const [seller, other] = [order.user(['USER', 'PARTNER']), order.user(['USER', 'PARTNER'])];
    const sold = order.catalog.offer({ fulfilment: 'TICKET', partnerUuid: newId() });
    const { id } = await order.buy(buyer, [{ offerId: sold.id }]);
    const [token] = (await order.reached(id, buyer, 'COMPLETED')).order.tokens;
    const look = 'query ($code: String!) { purchaseToken(code: $code) { code holder { id } signedPayload } }';
    const sees = async (user: TestUser): Promise<boolean> =>
      (await order.query(look, { code: token?.code }, user)) !== null;
    const tell = (status: string): void => {
      const partnerId = sold.partnerUuid ?? '';
      const at = new Date().toISOString();
      const item = { partnerId, userId: seller.userId, status, commissionBasisPoints: 1_000, at };
      order.subgraph.states.put(accountStates.partners, partnerId, item);
    };
    await expect(sees(seller)).resolves.toBe(false);
    tell('VERIFIED');
    await until('the seller to see the token', () => sees(seller));
    await expect(sees(other)).resolves.toBe(false);
    await expect(order.errorOf(query, { code: token?.code }, seller)).resolves.toBe('FORBIDDEN');
    tell('SUSPENDED');
    await until('the seller to see it no more', async () => !(await sees(seller)));
  });

  it('carries a signature that the published keys verify, and its QR code', async () => {
    const [token] = bought.order.tokens;
    const { signedPayload, qrCode } = await order.query<{ signedPayload: string; qrCode: string }>(
      query,
      { code: token?.code },
      buyer,
    );
    const keys = await order.query<JSONWebKeySet>('{ tokenVerificationKeys }', {}, null);
    const { payload } = await compactVerify(signedPayload, createLocalJWKSet(keys));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      jti: token?.id,
      code: token?.code,
      offer: offer.id,
      seat: null,
      exp: Date.parse('2030-01-01T00:00:00Z') / 1_000,
    });
    expect(qrCode).toMatch(/^data:image\/svg\+xml;base64,/);
  });

  it('is an entity by both keys', async () => {
    const [token] = bought.order.tokens;
    for (const key of [{ id: token?.id }, { code: token?.code }]) {
      const reference = { __typename: 'PurchaseToken', ...key };
      await expect(entity(reference, '... on PurchaseToken { code }', buyer)).resolves.toEqual([
        { code: token?.code },
      ]);
      await expect(entity(reference, '... on PurchaseToken { code }', stranger)).resolves.toEqual([null]);
    }
  });
});

it('returns null for malformed keys', async () => {
  for (const field of ['order(number: $key)', 'checkout(transactionId: $key)', 'purchaseToken(code: $key)'])
    await expect(
      order.query(`query ($key: String!) { ${field} { id } }`, { key: 'S-?' }, admin),
    ).resolves.toBeNull();
  const filtered = 'query ($number: String) { orders(filter: { number: $number }) { totalCount } }';
  await expect(order.query(filtered, { number: '?' }, admin)).resolves.toEqual({ totalCount: 0 });
});

it('reads a list with one statement per kind of row, regardless of its length', async () => {
  await until('the checkouts of this suite to end', async () => {
    const running = await order.query<{ totalCount: number }>(
      '{ checkouts(status: RUNNING) { totalCount } }',
      {},
      admin,
    );
    return running.totalCount === 0;
  });
  const statements: string[] = [];
  const logged = jest
    .spyOn(order.subgraph.dependencies.source.logger, 'logQuery')
    .mockImplementation((statement) => void statements.push(statement));
  const { nodes } = await order.query<{ nodes: unknown[] }>(
    `{ orders(first: 100) { nodes { items { tokens { id } } tokens { id } history { type } checkout { id } allowedTransitions } } }`,
    {},
    admin,
  );
  logged.mockRestore();
  expect(nodes.length).toBeGreaterThan(5);
  const tables = statements.flatMap((statement) => /^SELECT .* FROM "(\w+)"/s.exec(statement)?.[1] ?? []);
  // Tokens are paginated by order and by line.
  expect(tables.sort()).toEqual([
    'customer_order',
    'order_event',
    'order_line',
    'purchase_token',
    'purchase_token',
    'saga',
  ]);
});
