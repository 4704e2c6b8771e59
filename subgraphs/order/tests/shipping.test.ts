import { randomUUID } from 'node:crypto';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { rejected } from './support/fake-participants.js';
import type { CheckoutView, Refusal } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

// People continue orders with shipments from PAID.

let order: OrderUnderTest;
let buyer: TestUser;
let admin: TestUser;

beforeAll(async () => {
  order = await OrderUnderTest.start();
  admin = order.user(['ADMIN']);
});

afterAll(() => order.close());

beforeEach(() => {
  order.participants.reset();
  buyer = order.user();
});

interface Payload {
  order: { status: string; completedAt: string | null; allowedTransitions: string[] } | null;
  replayed: boolean;
  userErrors: Refusal[];
}

const change = (id: string, status: string, user = admin): Promise<Payload> =>
  order.query(
    `mutation ($id: ID!, $status: OrderStatus!) {
      updateOrderStatus(id: $id, status: $status) {
        order { status completedAt allowedTransitions } replayed userErrors { code message field }
      }
    }`,
    { id, status },
    user,
  );

const cancel = (id: string): Promise<{ userErrors: Refusal[] }> =>
  order.query(
    `mutation ($id: ID!, $key: String!) {
      cancelOrder(id: $id, reason: "No.", idempotencyKey: $key) { userErrors { code } }
    }`,
    { id, key: randomUUID() },
    buyer,
  );

const refusal = (code: string, field: string): object => ({
  order: null,
  replayed: false,
  userErrors: [{ code, message: expect.any(String) as string, field: [field] }],
});

async function begun(fulfilment: 'SHIPMENT' | 'LICENCE' = 'SHIPMENT'): Promise<CheckoutView> {
  const { checkout } = await order.createOrder(buyer, {
    items: [{ offerId: order.catalog.offer({ fulfilment }).id }],
    shippingAddressId: toApiId('addr', newId()),
  });
  if (!checkout) throw new Error('It was not started.');
  return checkout;
}

const bought = async (fulfilment?: 'SHIPMENT' | 'LICENCE'): Promise<CheckoutView> =>
  order.reached((await begun(fulfilment)).id, buyer, 'COMPLETED');

it('an order is processed, then completed, and the history has the actors', async () => {
  const checkout = await bought();
  const { id, status, allowedTransitions } = checkout.order;
  expect([status, allowedTransitions]).toEqual(['PAID', ['PROCESSING', 'CANCELLED']]);
  await expect(change(id, 'COMPLETED')).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'status'));
  await expect(change(id, 'PROCESSING')).resolves.toMatchObject({
    order: { status: 'PROCESSING', completedAt: null, allowedTransitions: ['COMPLETED', 'CANCELLED'] },
    userErrors: [],
  });
  const shipped = await change(id, 'COMPLETED');
  expect(shipped).toMatchObject({ order: { status: 'COMPLETED', allowedTransitions: [] }, userErrors: [] });
  expect(shipped.order?.completedAt).not.toBeNull();
  const completed = await until('the event of the completion', () =>
    order.participants.completedOrders.find(({ orderId }) => orderId === fromApiId('order', id)),
  );
  expect(completed).toMatchObject({
    userId: buyer.userId,
    orderNumber: checkout.order.number,
    total: { amount: checkout.order.total.amount },
    listings: [{ title: 'A thing, quoted' }],
  });
  const seen = await order.read(checkout.id, buyer);
  expect(seen?.order.history.slice(-2).map(({ message, actor }) => [message, actor?.id])).toEqual([
    ['The order is being processed.', admin.id],
    ['The order was completed.', admin.id],
  ]);
  expect((await cancel(id)).userErrors).toEqual([{ code: 'NOT_CANCELLABLE' }]);
});

it.each(['PENDING', 'PAID', 'PROCESSING', 'COMPLETED', 'CANCELLED'])(
  'an order that completed by itself does not go to %s by hand',
  async (status) => {
    const { order: view } = await bought('LICENCE');
    expect(view.status).toBe('COMPLETED');
    await expect(change(view.id, status)).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'status'));
  },
);

it('a paid order cannot be changed while its checkout is running', async () => {
  order.participants.on('confirmItems', () => null);
  const { id } = await begun();
  const paid = await until('a paid order', async () => {
    const checkout = await order.read(id, buyer);
    return checkout?.order.status === 'PAID' ? checkout : null;
  });
  await expect(change(paid.order.id, 'PROCESSING')).resolves.toEqual(refusal('CONFLICT', 'id'));
  expect((await cancel(paid.order.id)).userErrors).toEqual([{ code: 'CONFLICT' }]);
  const command = await order.participants.untilHeard('confirmItems', paid);
  await order.participants.reply(command, rejected('INSUFFICIENT_STOCK'));
  await order.reached(id, buyer, 'FAILED');
  await expect(change(paid.order.id, 'PROCESSING')).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'status'));
});

it('requires orders:manage and an existing order', async () => {
  const { order: view } = await bought();
  const call = `mutation { updateOrderStatus(id: "${view.id}", status: PROCESSING) { replayed } }`;
  await expect(order.errorOf(call, {}, buyer)).resolves.toBe('FORBIDDEN');
  await expect(change(toApiId('order', newId()), 'PROCESSING')).resolves.toEqual(refusal('NOT_FOUND', 'id'));
});

it('a shipment and a concurrent cancellation: exactly one of them succeeds', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const { id, order: view } = await bought();
      await change(view.id, 'PROCESSING');
      const calls = [() => cancel(view.id), () => change(view.id, 'COMPLETED')];
      if (index % 2 === 1) calls.reverse();
      await Promise.all(calls.map((call) => call()));
      const ended = await until('an end', async () => {
        const checkout = await order.read(id, buyer);
        return checkout && checkout.order.status !== 'PROCESSING' ? checkout.order : null;
      });
      expect(ended.paymentStatus).toBe(ended.status === 'CANCELLED' ? 'REFUNDED' : 'PAID');
      return ended.status;
    }),
  );
  for (const status of outcomes) expect(['CANCELLED', 'COMPLETED']).toContain(status);
});
