import { randomUUID } from 'node:crypto';
import { checkoutTotalsSql } from '@souk/order/domain/statistics/checkout-statistics';
import { blockColumns, blocksOf } from '@souk/order/domain/statistics/day-range';
import { figureColumns } from '@souk/order/domain/statistics/figure-totals';
import { orderTotalsSql, topListingsSql } from '@souk/order/domain/statistics/platform-analytics';
import { lastOrdersSql, purchasesSql } from '@souk/order/domain/statistics/purchase-statistics';
import { listingSalesSql, partnerSalesSql } from '@souk/order/domain/statistics/sales-statistics';
import { foldStatistics } from '@souk/order/domain/statistics/statistics-fold';
import { beginRebuild, rebuildStep } from '@souk/order/domain/statistics/statistics-rebuild';
import { lockStatistics } from '@souk/order/domain/statistics/statistics-lock';
import { removeFailedOrders } from '@souk/order/domain/order/failed-orders';
import { accountStates } from '@souk/shared/contracts/account';
import { Database } from '@souk/shared/db/database';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { rejected } from './support/fake-participants.js';
import type { CheckoutView } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let database: Database;
let buyer: TestUser;
let analyst: TestUser;
let seller: TestUser;
const partner = newId();

beforeAll(async () => {
  order = await OrderUnderTest.start();
  const { source, log } = order.subgraph.dependencies;
  database = new Database(source, () => Promise.resolve(), log);
  analyst = order.user(['ADMIN']);
  seller = order.user(['PARTNER']);
  order.subgraph.states.put(accountStates.partners, partner, {
    partnerId: partner,
    userId: seller.userId,
    status: 'VERIFIED',
    commissionBasisPoints: null,
    at: new Date().toISOString(),
  });
  await until('the partner', async () => (await sql('SELECT 1 FROM partner_owner')).length > 0);
});

afterAll(() => order.close());

beforeEach(() => {
  order.participants.reset();
  buyer = order.user();
});

const sql = <Row>(query: string, values: unknown[] = []): Promise<Row[]> =>
  order.subgraph.dependencies.source.query<Row[]>(query, values);

interface Line {
  offer: FakeOffer;
  quantity: number;
}

async function bought(lines: readonly Line[], status = 'COMPLETED'): Promise<CheckoutView> {
  const items = lines.map(({ offer, quantity }) => ({ offerId: offer.id, quantity }));
  const { checkout } = await order.createOrder(buyer, { items });
  return order.reached(checkout?.id ?? '', buyer, status);
}

const offer = (over: Partial<FakeOffer> = {}): FakeOffer =>
  order.catalog.offer({ partnerUuid: partner, fulfilment: 'TICKET', ...over });

async function cancelled({ order: { id } }: CheckoutView): Promise<void> {
  await order.query(
    `mutation ($id: ID!, $key: String!) { cancelOrder(id: $id, reason: "A test.", idempotencyKey: $key) { userErrors { code } } }`,
    { id, key: randomUUID() },
    buyer,
  );
  await until('a cancelled order', async () => {
    const [row] = await sql<{ status: string }>('SELECT status FROM customer_order WHERE id = $1', [
      fromApiId('order', id),
    ]);
    return row?.status === 'CANCELLED';
  });
}

const ofEntity = async (
  typename: string,
  id: string,
  selection: string,
  user: TestUser,
): Promise<unknown> => {
  const [entity] = await order.query<[Record<string, unknown>]>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${typename} { ${selection} } } }`,
    { of: [{ __typename: typename, id }] },
    user,
  );
  return Object.values(entity)[0];
};

const sales =
  'sales { orders units gross { amount currency } refunded { amount currency } validTokens redeemed }';
const partnerSales = (user = seller, id = partner): Promise<unknown> =>
  ofEntity('Partner', toApiId('partner', id), sales, user);
const listingSales = ({ listingUuid }: FakeOffer, user = seller): Promise<unknown> =>
  ofEntity('Listing', toApiId('listing', listingUuid), sales, user);
const purchases = (user = buyer, of = buyer): Promise<unknown> =>
  ofEntity(
    'User',
    of.id,
    'purchaseStatistics { orders completedOrders cancelledOrders units spent { amount currency } lastOrderAt }',
    user,
  );

interface Analytics {
  orders: number;
  completedOrders: number;
  failedCheckouts: number;
  checkoutFailures: { step: string | null; code: string; checkouts: number }[];
  conversion: number;
  gross: { amount: number; currency: string }[];
  refunded: { amount: number; currency: string }[];
  validTokens: number;
  redeemed: number;
  byDay: { date: string; orders: number; gross: { amount: number; currency: string }[] }[];
  topListings: { listing: { id: string }; units: number; gross: { amount: number; currency: string }[] }[];
  checkoutP50Ms: number | null;
  checkoutP99Ms: number | null;
}

const analytics = (range = '', user = analyst): Promise<Analytics> =>
  order.query(
    `{ platformAnalytics${range} { orders completedOrders failedCheckouts checkoutFailures { step code checkouts } conversion
      gross { amount currency } refunded { amount currency } validTokens redeemed
      byDay { date orders gross { amount currency } }
      topListings(limit: 100) { listing { id } units gross { amount currency } } checkoutP50Ms checkoutP99Ms } }`,
    {},
    user,
  );

/** All figures, once no delta is left to fold. */
async function figures(): Promise<Record<string, unknown[]>> {
  await until('no deltas', async () => {
    // Does nothing while order's worker folds.
    await foldStatistics(database);
    const [row] = await sql<{ deltas: number }>(
      `SELECT ((SELECT count(*) FROM order_delta) + (SELECT count(*) FROM line_delta)
         + (SELECT count(*) FROM checkout_delta))::int AS deltas`,
    );
    return row?.deltas === 0;
  });
  const all: Record<string, unknown[]> = {};
  for (const [table, columns] of figureColumns) {
    const rows = await sql<Record<string, unknown>>(
      `SELECT ${columns.join(', ')} FROM ${table} WHERE generation = (SELECT generation FROM statistics_state)`,
    );
    // A figure that became 0 again has a row, and none after a rebuild.
    all[table] = rows
      .filter((row) => columns.some((column) => isFigure(column) && Number(row[column]) !== 0))
      .map((row) => JSON.stringify(row))
      .sort();
  }
  return all;
}

const isFigure = (column: string): boolean =>
  !['day', 'days', 'currency', 'removed', 'step', 'code', 'bucket'].includes(column) &&
  !column.endsWith('_id');

async function rebuild(): Promise<void> {
  await beginRebuild(database);
  await endRebuild();
}

async function endRebuild(): Promise<void> {
  await until('the end of a rebuild', async () => {
    let step = await rebuildStep(database);
    while (step === 'continues') step = await rebuildStep(database);
    return step === 'ended' || step === 'none';
  });
}

/** Keeps order's worker from folding and rebuilding. */
const alone = (work: () => Promise<unknown>): Promise<void> =>
  database.transact(async (manager) => {
    await lockStatistics(manager);
    await work();
  });

describe('the figures of a sale', () => {
  it('are those of the buyer, the listing and its partner, at once', async () => {
    const [ticket, other] = [offer({ amount: 1_500 }), offer({ amount: 400 })];
    const before = (await partnerSales()) as { orders: number; units: number; gross: { amount: number }[] };
    await bought([
      { offer: ticket, quantity: 2 },
      { offer: other, quantity: 1 },
    ]);
    expect(await listingSales(ticket)).toEqual({
      orders: 1,
      units: 2,
      gross: [{ amount: 3_000, currency: 'EUR' }],
      refunded: [],
      validTokens: 2,
      redeemed: 0,
    });
    expect(await listingSales(other)).toMatchObject({ orders: 1, units: 1 });
    // One order of two listings.
    expect(await partnerSales()).toMatchObject({
      orders: before.orders + 1,
      units: before.units + 3,
      gross: [{ amount: (before.gross[0]?.amount ?? 0) + 3_400, currency: 'EUR' }],
    });
    expect(await purchases()).toEqual({
      orders: 1,
      completedOrders: 1,
      cancelledOrders: 0,
      units: 3,
      spent: [{ amount: 3_400, currency: 'EUR' }],
      lastOrderAt: expect.any(String) as string,
    });
  });

  it('lose what is canceled, and state the refund beside the sale', async () => {
    const ticket = offer({ amount: 1_500 });
    const checkout = await bought([{ offer: ticket, quantity: 2 }]);
    await cancelled(checkout);
    const money = [{ amount: 3_000, currency: 'EUR' }];
    expect(await listingSales(ticket)).toEqual({
      orders: 0,
      units: 0,
      gross: money,
      refunded: money,
      validTokens: 0,
      redeemed: 0,
    });
    expect(await purchases()).toMatchObject({
      orders: 1,
      completedOrders: 0,
      cancelledOrders: 1,
      units: 0,
      spent: [],
    });
  });

  it('are apart by currency', async () => {
    await bought([{ offer: offer({ amount: 1_000 }), quantity: 1 }]);
    await bought([{ offer: offer({ amount: 700, currency: 'JPY' }), quantity: 1 }]);
    expect(await purchases()).toMatchObject({
      orders: 2,
      spent: [
        { amount: 1_000, currency: 'EUR' },
        { amount: 700, currency: 'JPY' },
      ],
    });
  });

  it('divide a refund of a part among the lines, to the last minor unit', async () => {
    const [a, b, c] = [offer({ amount: 100 }), offer({ amount: 100 }), offer({ amount: 101 })];
    const checkout = await bought([a, b, c].map((each) => ({ offer: each, quantity: 1 })));
    await sql('UPDATE customer_order SET refunded_amount = 100 WHERE id = $1', [
      fromApiId('order', checkout.order.id),
    ]);
    const parts = await Promise.all(
      [a, b, c].map(async (each) => {
        const { refunded } = (await listingSales(each)) as { refunded: { amount: number }[] };
        return refunded[0]?.amount;
      }),
    );
    expect(parts).toEqual([33, 33, 34]);
  });

  it('lose canceled units of a line, which take their refund', async () => {
    const [a, b] = [offer({ amount: 100 }), offer({ amount: 50 })];
    const checkout = await bought([
      { offer: a, quantity: 3 },
      { offer: b, quantity: 2 },
    ]);
    const id = fromApiId('order', checkout.order.id);
    await sql(`UPDATE order_line SET cancelled_units = '{1}' WHERE order_id = $1 AND listing_id = $2`, [
      id,
      a.listingUuid,
    ]);
    await sql('UPDATE customer_order SET refunded_amount = 100 WHERE id = $1', [id]);
    const euros = (amount: number): object[] => [{ amount, currency: 'EUR' }];
    expect(await listingSales(a)).toMatchObject({
      orders: 1,
      units: 2,
      gross: euros(300),
      refunded: euros(100),
    });
    expect(await listingSales(b)).toMatchObject({ orders: 1, units: 2, gross: euros(100), refunded: [] });
    expect(await purchases()).toMatchObject({ units: 4, spent: euros(300) });
    // Goodwill beyond the canceled unit.
    await sql('UPDATE customer_order SET refunded_amount = 130 WHERE id = $1', [id]);
    expect(await listingSales(a)).toMatchObject({ refunded: euros(120) });
    expect(await listingSales(b)).toMatchObject({ refunded: euros(10) });
    await sql(`UPDATE order_line SET cancelled_units = '{0,1,2}' WHERE order_id = $1 AND listing_id = $2`, [
      id,
      a.listingUuid,
    ]);
    expect(await listingSales(a)).toMatchObject({ orders: 0, units: 0, refunded: euros(130) });
  });

  it('count redeemed tokens', async () => {
    const ticket = offer();
    const checkout = await bought([{ offer: ticket, quantity: 2 }]);
    const scan = await order.query<{ admitted: boolean }>(
      'mutation ($code: String!) { redeemToken(code: $code, nonce: "n-1") { admitted userErrors { code } } }',
      { code: checkout.order.tokens[0]?.code },
      seller,
    );
    expect(scan).toMatchObject({ admitted: true });
    expect(await listingSales(ticket)).toMatchObject({ validTokens: 2, redeemed: 1 });
  });
});

describe('the platform’s figures', () => {
  const day = { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' };

  it('have failures by step and reason, conversion and durations', async () => {
    const before = await analytics();
    order.participants.on('processPayment', () => rejected('PAYMENT_DECLINED'));
    await bought([{ offer: offer(), quantity: 1 }], 'FAILED');
    const after = await analytics();
    const declined = ({ checkoutFailures }: Analytics): number =>
      checkoutFailures.find(({ step, code }) => step === 'PROCESS_PAYMENT' && code === 'PAYMENT_DECLINED')
        ?.checkouts ?? 0;
    expect(declined(after)).toBe(declined(before) + 1);
    expect(after.failedCheckouts).toBe(before.failedCheckouts + 1);
    expect(after.orders).toBe(before.orders + 1);
    expect(after.conversion).toBeCloseTo((after.orders - after.failedCheckouts) / after.orders);
    const [exact] = await sql<{ p50: number }>(
      `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM completed_at - started_at) * 1000)::float8 AS p50
       FROM saga WHERE definition = 'checkout' AND status = 'COMPLETED'`,
    );
    expect(Math.abs((after.checkoutP50Ms ?? 0) / (exact?.p50 ?? 1) - 1)).toBeLessThan(0.01);
    expect(after.checkoutP99Ms).toBeGreaterThanOrEqual(after.checkoutP50Ms ?? Infinity);
  });

  it('are those of days, with the best selling listings first', async () => {
    const top = await bought([{ offer: offer(), quantity: 9 }]);
    const today = new Date().toISOString().slice(0, 10);
    const all = await analytics();
    expect(all.byDay.at(-1)).toMatchObject({ date: today });
    expect(all.byDay.reduce((sum, { orders }) => sum + orders, 0)).toBe(all.orders);
    expect(all.topListings[0]).toMatchObject({ units: 9, gross: [{ amount: 9_000, currency: 'EUR' }] });
    expect(top.order.status).toBe('COMPLETED');
    expect(await analytics(`(from: "${day.from}", to: "${day.to}")`)).toMatchObject({
      orders: 0,
      conversion: 0,
      gross: [],
      byDay: [{ date: '2026-01-05', orders: 0, gross: [] }],
      topListings: [],
      checkoutP50Ms: null,
    });
  });
});

describe('a rebuild', () => {
  it('makes the same figures, and keeps those of deleted orders', async () => {
    order.participants.on('reserveItems', () => rejected('INSUFFICIENT_STOCK'));
    const failed = await bought([{ offer: offer(), quantity: 1 }], 'FAILED');
    const before = await analytics();
    await sql(`UPDATE saga SET completed_at = completed_at - interval '91 days' WHERE id = $1`, [
      fromApiId('checkout', failed.id),
    ]);
    expect(await removeFailedOrders(database, 90, new Date(Date.now() + 91 * 86_400_000))).toBeGreaterThan(0);
    expect(await analytics()).toEqual(before);
    const kept = await figures();
    await rebuild();
    expect(await figures()).toEqual(kept);
    expect(await analytics()).toEqual(before);
    expect(kept['listing_sales']?.length).toBeGreaterThan(5);
  });

  it('loses and doubles nothing that changes meanwhile', async () => {
    const line = offer({ amount: 333 });
    const counted = await bought([{ offer: line, quantity: 1 }]);
    await beginRebuild(database);
    // The chunk of this order comes after its deltas.
    await alone(() => bought([{ offer: line, quantity: 2 }]));
    const first = fromApiId('order', counted.order.id);
    await until('the chunk of the first order', async () => {
      await rebuildStep(database, { chunkOrders: 1 });
      const [row] = await sql<{ isCounted: boolean }>(
        'SELECT rebuilding IS NULL OR rebuilt_to >= $1 AS "isCounted" FROM statistics_state',
        [first],
      );
      return row?.isCounted;
    });
    // The deltas of this cancellation come after the chunk of its order.
    await alone(() => cancelled(counted));
    await endRebuild();
    expect(await listingSales(line)).toMatchObject({ orders: 1, units: 2, validTokens: 2 });
    const kept = await figures();
    await rebuild();
    expect(await figures()).toEqual(kept);
  });

  it('counts the orders from before an upgrade, which have no figures until it ends', async () => {
    await until('no rebuild', async () => (await rebuildStep(database)) === 'none');
    const kept = await analytics();
    await database.transact(async (manager) => {
      await lockStatistics(manager);
      for (const [table] of figureColumns) await sql(`DELETE FROM ${table}`);
      await sql(
        'UPDATE statistics_state SET complete = false, rebuilding = generation + 1, rebuilt_to = NULL',
      );
      const read = '{ platformAnalytics { orders } }';
      expect(await order.errorOf(read, {}, analyst)).toBe('SERVICE_UNAVAILABLE');
    });
    // Order's worker goes on by itself.
    await until(
      'the figures',
      async () => (await order.run('{ platformAnalytics { orders } }', {}, analyst)).errors === undefined,
    );
    expect((await analytics()).completedOrders).toBe(kept.completedOrders);
  });
});

describe('access', () => {
  const forbidden = async (read: Promise<unknown>): Promise<void> =>
    expect(read).rejects.toThrow('FORBIDDEN');

  it('is the user’s, the seller’s and that of analytics:read', async () => {
    const ticket = offer();
    await bought([{ offer: ticket, quantity: 1 }]);
    await forbidden(purchases(seller));
    await forbidden(listingSales(ticket, buyer));
    await forbidden(partnerSales(buyer));
    await forbidden(partnerSales(seller, newId()));
    await forbidden(listingSales(offer({ partnerUuid: newId() })));
    await forbidden(listingSales(offer({ partnerUuid: null })));
    expect(await listingSales(offer({ listingStatus: 'DRAFT' }))).toMatchObject({ orders: 0, gross: [] });
    await forbidden(analytics('', seller));
    expect(await purchases(analyst)).toEqual(await purchases());
    expect(await listingSales(ticket, analyst)).toEqual(await listingSales(ticket));
    expect(await partnerSales(analyst)).toEqual(await partnerSales());
  });
});

describe('the answers', () => {
  const year = { from: '2025-12-01', to: '2026-12-01' };
  const blocks = blockColumns(blocksOf(year, new Date('2026-12-01')));
  const days = [year.from, year.to];

  it.each<[string, string, unknown[], string]>([
    ['orders by day', orderTotalsSql, days, 'daily_orders_pkey'],
    ['checkouts', checkoutTotalsSql, [...blocks, ...days], 'checkout_durations_pkey'],
    ['top listings', topListingsSql, [...blocks, ...days, 10], 'listing_sales_'],
    ['sales of partners', partnerSalesSql, [[newId()], ...days], 'partner_sales_pkey'],
    ['sales of listings', listingSalesSql, [[newId()]], 'listing_sales_listing_id'],
    ['purchases', purchasesSql, [[newId()]], 'buyer_purchases_'],
    ['newest orders', lastOrdersSql, [[newId()]], 'customer_order_customer_id'],
  ])('read %s by their index', async (_name, query, values, index) => {
    const plan = await order.subgraph.dependencies.source.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      return JSON.stringify(await manager.query(`EXPLAIN (FORMAT JSON) ${query}`, values));
    });
    expect(plan).toContain(`"Index Name":"${index}`);
  });
});
