import { until } from '../../../tests/support/until.js';
import { OrderUnderTest } from './support/order-subgraph.js';

// Concurrent requests share a transaction, and must have the same results as separate ones.

let order: OrderUnderTest;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

const codes = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);

/** Longer timeout: the suite shares the CPU with others. */
const togetherWithinMs = 60_000;

const unitsOf = (index: number): number => 1 + (index % 10);

async function count(what: string): Promise<number> {
  const rows: { count: number }[] = await order.subgraph.dependencies.source.query(
    `SELECT count(*)::int FROM ${what}`,
  );
  return rows[0]?.count ?? 0;
}

it('accepts or rejects each of many requests independently', async () => {
  const offer = order.catalog.offer({ amount: 700 });
  const shopper = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const user = order.user();
      await order.add({ offerId: offer.id, quantity: unitsOf(index) }, user);
      return user;
    }),
  );
  const direct = order.user();
  const empty = order.user();
  const again = { idempotencyKey: 'the same for all', items: [{ offerId: offer.id }] };

  const [carts, replays, refused, unknown, keyless] = await Promise.all([
    Promise.all(shopper.map((user) => order.checkout(user))),
    Promise.all(Array.from({ length: 10 }, () => order.createOrder(direct, again))),
    order.checkout(empty, { idempotencyKey: 'too early' }),
    order.checkout(empty, { cartId: 'cart_00000000000000000000000000' }),
    order.checkout(empty, { idempotencyKey: ' ' }),
  ]);

  expect(carts.map(({ checkout }) => checkout?.order.total.amount)).toEqual(
    shopper.map((_, index) => unitsOf(index) * 700),
  );
  expect(new Set(replays.map(({ checkout }) => checkout?.id)).size).toBe(1);
  expect(replays.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(codes(refused.userErrors)).toEqual(['CART_EMPTY']);
  expect(codes(unknown.userErrors)).toEqual(['NOT_FOUND']);
  expect(codes(keyless.userErrors)).toEqual(['CART_EMPTY', 'INVALID']);

  // One query for all: twenty polling clients would cost more than the checkouts.
  await until(
    'all of them to complete',
    async () => (await count("saga WHERE status = 'COMPLETED'")) === 21,
    togetherWithinMs,
  );
  expect(await count('customer_order')).toBe(21);
  expect(await count('saga')).toBe(21);
  expect(await count('idempotency_key')).toBe(21);

  // A rejected request does not consume its key.
  await order.add({ offerId: offer.id }, empty);
  const { checkout } = await order.checkout(empty, { idempotencyKey: 'too early' });
  expect(checkout?.order.total.amount).toBe(700);
});

it('assigns a guest cart to one of several concurrent buyers', async () => {
  const offer = order.catalog.offer();
  const { cart } = await order.add({ offerId: offer.id }, null);
  const users = Array.from({ length: 6 }, () => order.user());
  const answers = await Promise.all(users.map((user) => order.checkout(user, { cartId: cart?.id })));
  expect(answers.filter(({ checkout }) => checkout !== null)).toHaveLength(1);
  const others = answers.filter(({ checkout }) => checkout === null);
  // It belongs to the first buyer; others get NOT_FOUND.
  for (const { userErrors } of others) expect(codes(userErrors)).toEqual(['NOT_FOUND']);
});

it('checks a cart out once for concurrent requests with different keys', async () => {
  const offer = order.catalog.offer();
  const user = order.user();
  await order.add({ offerId: offer.id }, user);
  const before = await count('customer_order');
  const answers = await Promise.all(Array.from({ length: 8 }, () => order.checkout(user)));
  expect(answers.filter(({ checkout }) => checkout !== null)).toHaveLength(1);
  expect(await count('customer_order')).toBe(before + 1);
});
