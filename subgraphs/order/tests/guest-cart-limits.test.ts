import { removeStaleCarts } from '@souk/order/domain/cart/guest-cart';
import type { SubgraphApp } from '@souk/shared/graph/app';
import { fromApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { OrderUnderTest } from './support/order-subgraph.js';

const guestCarts = { days: 30, perAddress: 8, perAddressAndHour: 5 };

let order: OrderUnderTest;
let offer: FakeOffer;
let other: SubgraphApp;
let networks = 0;

beforeAll(async () => {
  order = await OrderUnderTest.start({ guestCarts });
  other = await order.another({ guestCarts });
  offer = order.catalog.offer();
});

afterAll(async () => {
  await other.close();
  await order.close();
});

interface Added {
  cart: { id: string } | null;
  userErrors: { __typename: string; code: string; limit?: number; retryAt?: string }[];
}

/** Adds to a cart from an address; creates a guest cart by default. */
async function add(from: {
  app?: SubgraphApp;
  address: string;
  user?: TestUser;
  cartId?: string;
  offerId?: string;
}): Promise<Added> {
  const { app = order.subgraph.app, address, user, cartId = null, offerId = offer.id } = from;
  const { data, errors } = await app.execute({
    query: `mutation ($cartId: ID, $offerId: ID!) { addToCart(cartId: $cartId, item: { offerId: $offerId, quantity: 1 }) {
      cart { id } userErrors { __typename code ... on TooManyCartsError { limit retryAt } } } }`,
    variables: { cartId, offerId },
    headers: { 'x-forwarded-for': address, ...(user && { authorization: user.authorization }) },
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.['addToCart'] as Added;
}

/** An address in an unused /64. */
function newNetwork(): (host: number) => string {
  networks += 1;
  const network = networks;
  return (host) => `2001:db8:0:${network}:${host}::1`;
}

const sql = <Row>(query: string, values: unknown[] = []): Promise<Row[]> =>
  order.subgraph.dependencies.source.query(query, values);

const uuidOf = (cart: { id: string } | null): string | null => fromApiId('cart', cart?.id ?? '');

/** Changes the age of carts. */
async function age(carts: ({ id: string } | null)[], days: number): Promise<void> {
  const interval = `${days} days`;
  await sql(
    `UPDATE cart SET created_at = created_at - $2::interval, updated_at = updated_at - $2::interval,
       idle_since = idle_since - $2::interval, emptied_at = emptied_at - $2::interval WHERE id = ANY($1)`,
    [carts.map(uuidOf), interval],
  );
}

const remove = (): Promise<number> =>
  removeStaleCarts(order.subgraph.dependencies.source.manager, guestCarts.days, new Date());

const isThere = async (cart: { id: string } | null): Promise<boolean> =>
  (await sql('SELECT 1 FROM cart WHERE id = $1', [uuidOf(cart)])).length > 0;

describe('guest carts of one address', () => {
  it('are limited per hour, across two processes', async () => {
    const host = newNetwork();
    const added = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        add({ address: host(index), app: index % 2 === 0 ? order.subgraph.app : other }),
      ),
    );
    expect(added.filter(({ cart }) => cart)).toHaveLength(guestCarts.perAddressAndHour);
    const [refused] = added.flatMap(({ userErrors }) => userErrors);
    expect(refused).toEqual({
      __typename: 'TooManyCartsError',
      code: 'TOO_MANY_CARTS',
      limit: 5,
      retryAt: expect.any(String) as string,
    });
    const inMs = Date.parse(refused?.retryAt ?? '') - Date.now();
    expect(inMs).toBeGreaterThan(3_500_000);
    expect(inMs).toBeLessThan(3_610_000);
    // Existing carts, users and other networks are unaffected.
    const cartId = added.find(({ cart }) => cart)?.cart?.id ?? '';
    expect((await add({ address: host(0), cartId })).userErrors).toEqual([]);
    expect((await add({ address: host(0), user: order.user() })).userErrors).toEqual([]);
    expect((await add({ address: newNetwork()(0) })).userErrors).toEqual([]);
  });

  it('are limited in total', async () => {
    const host = newNetwork();
    const made: ({ id: string } | null)[] = [];
    for (let count = 0; count < guestCarts.perAddress; count += 1) {
      const { cart } = await add({ address: host(count) });
      expect(cart).not.toBeNull();
      made.push(cart);
      await age([cart], 2);
    }
    expect((await add({ address: host(99) })).userErrors).toMatchObject([
      { code: 'TOO_MANY_CARTS', limit: 8 },
    ]);
    await age(made.slice(0, 1), 29);
    await remove();
    expect((await add({ address: host(99) })).userErrors).toEqual([]);
  });

  it('do not contain the address', async () => {
    const address = newNetwork()(1);
    const { cart } = await add({ address });
    const [row] = await sql<{ network: string }>('SELECT * FROM cart WHERE id = $1', [uuidOf(cart)]);
    expect(row?.network).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(row)).not.toContain('2001:db8');
  });

  it("lose the network digest when they become a user's main cart", async () => {
    const { cart } = await add({ address: newNetwork()(1) });
    const buyer = order.user();
    const { checkout } = await order.checkout(buyer, { cartId: cart?.id });
    await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    const rows = await sql('SELECT network, idle_since, is_main FROM cart WHERE id = $1', [uuidOf(cart)]);
    expect(rows).toEqual([{ network: null, idle_since: null, is_main: true }]);
  });
});

describe('unchanged carts', () => {
  it('are removed with their items after 30 days, not earlier', async () => {
    const address = newNetwork();
    const [old, young] = [
      (await add({ address: address(1) })).cart,
      (await add({ address: address(2) })).cart,
    ];
    await age([old], 31);
    await age([young], 29);
    await remove();
    expect([await isThere(old), await isThere(young)]).toEqual([false, true]);
    expect(await sql('SELECT 1 FROM cart_item WHERE cart_id = $1', [uuidOf(old)])).toEqual([]);
    await expect(order.cart(null, old?.id)).resolves.toBeNull();
    await expect(order.add({ offerId: offer.id }, null, old?.id)).resolves.toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['cartId'] }],
    });
  });

  it('are retained from their last change', async () => {
    const address = newNetwork()(1);
    const { cart } = await add({ address });
    await age([cart], 31);
    await add({ address, cartId: cart?.id ?? '' });
    await remove();
    expect(await isThere(cart)).toBe(true);
  });

  it('are removed a day after they became empty by a merge, a removal or a checkout', async () => {
    const address = newNetwork();
    const buyer = order.user();
    await order.add({ offerId: offer.id }, buyer);
    const merged = (await add({ address: address(1) })).cart;
    await order.change(`mergeCart(cartId: "${merged?.id ?? ''}")`, buyer);
    const cleared = (await add({ address: address(2) })).cart;
    await order.change(`clearCart(cartId: "${cleared?.id ?? ''}")`, null);
    const bought = (await add({ address: address(3) })).cart;
    const { checkout } = await order.checkout(buyer, { cartId: bought?.id });
    await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    const full = (await add({ address: address(4) })).cart;
    const carts = [merged, cleared, bought, full];
    await age(carts, 0.9);
    await remove();
    expect(await Promise.all(carts.map(isThere))).toEqual([true, true, true, true]);
    await age(carts, 0.2);
    await remove();
    expect(await Promise.all(carts.map(isThere))).toEqual([false, false, false, true]);
  });

  it("are retained if they are a user's main cart or locked by a checkout", async () => {
    const buyer = order.user();
    const main = (await order.add({ offerId: offer.id }, buyer)).cart;
    const { cart: guests } = await add({ address: newNetwork()(1) });
    order.participants.on('processPayment', () => ({
      kind: 'waiting',
      output: { paymentId: crypto.randomUUID() },
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    }));
    const { checkout } = await order.checkout(buyer, { cartId: guests?.id });
    await order.reached(checkout?.id ?? '', buyer, 'AWAITING_PAYMENT');
    await age([main, guests], 100);
    await remove();
    expect([await isThere(main), await isThere(guests)]).toEqual([true, true]);
    order.participants.reset();
  });

  it('are removed in batches by concurrent processes, while others are changed', async () => {
    await sql(
      `INSERT INTO cart (id, is_main, currency, idle_since, updated_at)
       SELECT gen_random_uuid(), false, 'EUR', now() - interval '40 days', now() - interval '40 days'
       FROM generate_series(1, 1200)`,
    );
    const removed = await Promise.all([remove(), remove(), remove()]);
    expect(removed.reduce((sum, count) => sum + count, 0)).toBe(1_200);
  });

  it('are found by an index', async () => {
    const plan = await order.subgraph.dependencies.source.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      const rows: { 'QUERY PLAN': string }[] = await manager.query(
        `EXPLAIN SELECT id FROM cart WHERE idle_since < now() - interval '30 days' AND NOT is_main AND locked_by IS NULL
         ORDER BY idle_since LIMIT 500 FOR UPDATE SKIP LOCKED`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/cart_idle_since/);
  });
});

test('a cart has at most 100 lines, also when two processes add concurrently', async () => {
  const buyer = order.user();
  const offers = Array.from({ length: 110 }, () => order.catalog.offer());
  const added = await Promise.all(
    offers.map((each, index) =>
      add({
        address: '192.0.2.1',
        user: buyer,
        offerId: each.id,
        app: index % 2 === 0 ? order.subgraph.app : other,
      }),
    ),
  );
  expect(added.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(
    Array.from({ length: 10 }, () => 'INVALID'),
  );
  expect((await order.cart(buyer))?.items).toHaveLength(100);
  expect(await sql('SELECT 1 FROM cart WHERE owner_id = $1', [buyer.userId])).toHaveLength(1);
});
