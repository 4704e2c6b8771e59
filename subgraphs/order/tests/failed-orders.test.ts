import { removeFailedOrders } from '@souk/order/domain/order/failed-orders';
import { moveEndedSagas } from '@souk/order/saga/saga-history';
import { failedCheckoutsSql } from '@souk/order/saga/saga-store';
import type { Database } from '@souk/shared/db/database';
import { Outbox } from '@souk/shared/db/outbox';
import type { SubgraphApp } from '@souk/shared/graph/app';
import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { rejected } from './support/fake-participants.js';
import type { CheckoutView } from './support/order-subgraph.js';
import { OrderUnderTest, terms } from './support/order-subgraph.js';

const days = 90;
const maxFailedPerHour = 3;

let order: OrderUnderTest;
let other: SubgraphApp;
let buyer: TestUser;
let offer: FakeOffer;

beforeAll(async () => {
  order = await OrderUnderTest.start({ maxFailedPerHour });
  other = await order.another({ maxFailedPerHour });
});

afterAll(async () => {
  await other.close();
  await order.close();
});

beforeEach(() => {
  order.participants.reset();
  buyer = order.user();
  offer = order.catalog.offer();
});

const sql = <Row>(query: string, values: unknown[] = []): Promise<Row[]> =>
  order.subgraph.dependencies.source.query(query, values);

async function failedAt(command: 'reserveItems' | 'processPayment' | 'confirmItems'): Promise<CheckoutView> {
  order.participants.on(command, () => rejected('CONFLICT'));
  const { checkout } = await order.createOrder(buyer, { items: [{ offerId: offer.id, quantity: 1 }] });
  const ended = await order.reached(checkout?.id ?? '', buyer, 'FAILED');
  order.participants.reset();
  return ended;
}

async function age({ id }: { id: string }, by: number): Promise<void> {
  const values = [fromApiId('checkout', id), `${by} days`];
  await sql('UPDATE saga SET completed_at = completed_at - $2::interval WHERE id = $1', values);
  await sql('UPDATE customer_order SET placed_at = placed_at - $2::interval WHERE checkout_id = $1', values);
}

/** Uses the suite's connections and sends no messages. */
const database = {
  transact: <T>(work: (manager: never, outbox: Outbox) => Promise<T>) =>
    order.subgraph.dependencies.source.transaction((manager) => work(manager as never, new Outbox())),
} as unknown as Database;

const remove = (): Promise<number> => removeFailedOrders(database, days, new Date());

async function rowsOf({ id }: { id: string }): Promise<number[]> {
  const saga = fromApiId('checkout', id);
  const counts = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM customer_order WHERE checkout_id = $1
     UNION ALL SELECT count(*)::int FROM saga WHERE id = $1
     UNION ALL SELECT count(*)::int FROM inbox WHERE saga_id = $1`,
    [saga],
  );
  return counts.map(({ count }) => count);
}

describe('an order whose checkout failed', () => {
  it.each(['reserveItems', 'processPayment'] as const)(
    'at %s is removed after 90 days, and not before',
    async (command) => {
      const checkout = await failedAt(command);
      const { number } = checkout.order;
      await age(checkout, 89);
      await remove();
      expect((await rowsOf(checkout)).slice(0, 2)).toEqual([1, 1]);
      await age(checkout, 2);
      expect(await remove()).toBe(1);
      expect(await rowsOf(checkout)).toEqual([0, 0, 0]);
      await expect(order.read(checkout.id, buyer)).resolves.toBeNull();
      await expect(
        order.query('query ($number: String) { order(number: $number) { id } }', { number }, buyer),
      ).resolves.toBeNull();
      expect(
        await sql('SELECT 1 FROM order_line WHERE order_id NOT IN (SELECT id FROM customer_order)'),
      ).toEqual([]);
    },
  );

  it('is retained after a payment or refund', async () => {
    const checkout = await failedAt('confirmItems');
    expect(checkout.order.paymentStatus).toBe('REFUNDED');
    await age(checkout, 1_000);
    await remove();
    await expect(order.read(checkout.id, buyer)).resolves.toMatchObject({ status: 'FAILED' });
  });

  it('is retained after a late payment', async () => {
    const checkout = await failedAt('processPayment');
    await sql('UPDATE customer_order SET refunded_amount = 1 WHERE checkout_id = $1', [
      fromApiId('checkout', checkout.id),
    ]);
    await age(checkout, 1_000);
    await remove();
    await expect(order.read(checkout.id, buyer)).resolves.not.toBeNull();
  });

  it('is removed, while purchased orders and running checkouts are retained', async () => {
    const { checkout } = await order.createOrder(buyer, { items: [{ offerId: offer.id, quantity: 1 }] });
    const bought = await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    await age(bought, 1_000);
    await remove();
    await expect(order.read(bought.id, buyer)).resolves.toMatchObject({ status: 'COMPLETED' });
  });
});

describe('the history', () => {
  /** Moves what ended 30 days before a time. Returns the figures of statistics that the move changed. */
  const move = async (now: Date): Promise<unknown[]> => {
    const changed: unknown[] = [];
    const transact = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
      order.subgraph.dependencies.source.transaction(async (manager) => {
        const result = await work(manager);
        const deltas: object[] = await manager.query(
          'SELECT order_id FROM checkout_delta WHERE xmin = pg_current_xact_id()::xid',
        );
        changed.push(...deltas);
        return result;
      });
    await moveEndedSagas({ transact } as unknown as Database, now);
    return changed;
  };
  const tableOf = ({ id }: { id: string }): Promise<{ table: string }[]> =>
    sql('SELECT tableoid::regclass::text AS table FROM saga WHERE id = $1', [fromApiId('checkout', id)]);
  const inDays = (count: number): Date => new Date(Date.now() + count * 86_400_000);

  it('has sagas that ended 30 days ago: they can be read, and their orders cancelled', async () => {
    const { checkout } = await order.createOrder(buyer, { items: [{ offerId: offer.id, quantity: 1 }] });
    const bought = await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    await move(inDays(29));
    await expect(tableOf(bought)).resolves.toEqual([{ table: 'saga' }]);
    const waiting = await order.createOrder(buyer, {
      items: [{ offerId: offer.id, quantity: 1 }],
      payment: { method: 'BANK_TRANSFER' },
    });
    await expect(move(inDays(31))).resolves.toEqual([]);
    await expect(tableOf(bought)).resolves.toEqual([{ table: 'saga_history' }]);
    await expect(tableOf(waiting.checkout!)).resolves.toEqual([{ table: 'saga' }]);
    await expect(order.read(bought.id, buyer)).resolves.toEqual(bought);
    const cancel = `mutation ($id: ID!) {
      cancelOrder(id: $id, reason: "Late", idempotencyKey: "late") { userErrors { code } } }`;
    await expect(order.query(cancel, { id: bought.order.id }, buyer)).resolves.toEqual({ userErrors: [] });
  });

  it('loses the sagas of failed orders with these, and their figures', async () => {
    const checkout = await failedAt('reserveItems');
    await move(inDays(31));
    await expect(tableOf(checkout)).resolves.toEqual([{ table: 'saga_history' }]);
    await age(checkout, 91);
    expect(await remove()).toBe(1);
    expect(await rowsOf(checkout)).toEqual([0, 0, 0]);
  });
});

describe('failed checkouts', () => {
  it('are limited per buyer and hour, across processes', async () => {
    for (let count = 0; count < maxFailedPerHour; count += 1) await failedAt('reserveItems');
    const query = `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id }
      userErrors { __typename code field ... on TooManyAttemptsError { retryAt } } } }`;
    for (const app of [order.subgraph.app, other]) {
      const input = { ...terms(), items: [{ offerId: offer.id, quantity: 1 }] };
      const headers = { authorization: buyer.authorization };
      const { data } = await app.execute({ query, variables: { input }, headers });
      expect(data?.['createOrder']).toEqual({
        checkout: null,
        userErrors: [
          {
            __typename: 'TooManyAttemptsError',
            code: 'TOO_MANY_ATTEMPTS',
            field: null,
            retryAt: expect.any(String) as string,
          },
        ],
      });
    }
    await order.add({ offerId: offer.id }, buyer);
    expect((await order.checkout(buyer)).userErrors).toMatchObject([
      { code: 'TOO_MANY_ATTEMPTS', field: null },
    ]);
    // Other buyers are unaffected; the buyer can start again after an hour.
    await order.buy(order.user(), [{ offerId: offer.id, quantity: 1 }]);
    await sql("UPDATE saga SET completed_at = completed_at - interval '1 hour' WHERE user_id = $1", [
      buyer.userId,
    ]);
    const { checkout } = await order.checkout(buyer);
    await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
  });

  it('are counted by an index', async () => {
    const plan = await order.subgraph.dependencies.source.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      const values = [[buyer.userId], new Date(), maxFailedPerHour];
      const rows: { 'QUERY PLAN': string }[] = await manager.query(`EXPLAIN ${failedCheckoutsSql}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/saga_failed_of_user/);
  });
});
