import type { CheckoutState, TestClient } from '@souk/testing/test-client';
import { checkoutDeadlineMs } from '@souk/testing/test-client';
import { administrator, newUser } from '../support/suite-clients.js';
import { seatStatuses, stockGoods, stockLicences, stockOf, stockSeats } from '../support/shop.js';
import { until } from '../support/until.js';

let admin: TestClient;
let buyer: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

beforeEach(async () => {
  buyer = await newUser();
});

interface Payload {
  order: { id: string; status: string } | null;
  replayed: boolean;
  userErrors: { code: string; field: string[] | null }[];
}

async function cancel(
  id: string,
  { as = buyer, key = crypto.randomUUID() }: { as?: TestClient; key?: string } = {},
): Promise<Payload> {
  const data = (await as.run(
    `mutation ($id: ID!, $reason: String!, $key: String!) {
      cancelOrder(id: $id, reason: $reason, idempotencyKey: $key) {
        order { id status } replayed userErrors { code field }
      }
    }`,
    { id, reason: 'I cannot come.', key },
  )) as { cancelOrder: Payload };
  return data.cancelOrder;
}

const cancelled = (checkoutId: string, as = buyer): Promise<CheckoutState['order']> =>
  until(
    'the order is CANCELLED',
    async () => {
      const { order } = await as.readCheckout(checkoutId);
      return order.status === 'CANCELLED' ? order : null;
    },
    checkoutDeadlineMs,
  );

const figures = async (as: TestClient): Promise<object> => {
  const data = (await as.run(
    '{ me { socialStatistics { purchases eventsAttended } notifications { nodes { type body } } } }',
  )) as { me: object };
  return data.me;
};

interface ItemsPayload {
  order: { id: string; refunded: { amount: number } } | null;
  replayed: boolean;
  userErrors: { __typename: string; code: string; field: string[] | null; cancellable?: number }[];
}

async function cancelItems(
  id: string,
  items: readonly { itemId: string; quantity: number; seatIds?: readonly string[] }[],
  { as = buyer, key = crypto.randomUUID() }: { as?: TestClient; key?: string } = {},
): Promise<ItemsPayload> {
  const data = (await as.run(
    `mutation ($id: ID!, $items: [CancelItemInput!]!, $key: String!) {
      cancelOrderItems(orderId: $id, items: $items, reason: "One of us is ill.", idempotencyKey: $key) {
        order { id refunded { amount } } replayed
        userErrors { __typename code field ... on NotCancellableError { cancellable } }
      }
    }`,
    { id, items, key },
  )) as { cancelOrderItems: ItemsPayload };
  return data.cancelOrderItems;
}

interface OrderItems {
  status: string;
  paymentStatus: string;
  refunded: { amount: number };
  items: { id: string; quantity: number; cancelledQuantity: number; cancellableQuantity: number }[];
  tokens: { status: string }[];
}

async function itemsOf(id: string, as = buyer): Promise<OrderItems> {
  const data = (await as.run(
    `query ($id: ID!) { order(id: $id) { status paymentStatus refunded { amount }
      items { id quantity cancelledQuantity cancellableQuantity } tokens { status } } }`,
    { id },
  )) as { order: OrderItems };
  return data.order;
}

/** The order when so many units of its first line are cancelled. */
const withoutUnits = (id: string, units: number): Promise<OrderItems> =>
  until(
    `${units} units to be cancelled`,
    async () => {
      const order = await itemsOf(id);
      return order.items[0]?.cancelledQuantity === units ? order : null;
    },
    checkoutDeadlineMs,
  );

describe('a part of an order that is cancelled', () => {
  it('is refunded alone; its units and seats are for sale again; the rest can be cancelled later', async () => {
    const app = await stockLicences(admin, 5);
    const concert = await stockSeats(admin, 1, 4);
    const seatIds = concert.seatIds.slice(0, 2);
    const checkoutId = await buyer.buy([
      { offerId: app.offerId, quantity: 3 },
      { offerId: concert.offerId, quantity: 2, seatIds },
    ]);
    const { order } = await buyer.untilEnded(checkoutId);
    const [licences, seats] = (await itemsOf(order.id)).items;
    const parts = [
      { itemId: licences!.id, quantity: 2 },
      { itemId: seats!.id, quantity: 1, seatIds: [seatIds[1]!] },
    ];

    await expect(cancelItems(order.id, [{ itemId: licences!.id, quantity: 4 }])).resolves.toMatchObject({
      order: null,
      userErrors: [{ __typename: 'NotCancellableError', code: 'NOT_CANCELLABLE', cancellable: 3 }],
    });
    await expect(cancelItems(order.id, parts, { as: await newUser() })).resolves.toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    const key = crypto.randomUUID();
    await expect(cancelItems(order.id, parts, { key })).resolves.toMatchObject({ userErrors: [] });
    const part = await withoutUnits(order.id, 2);
    expect(part).toMatchObject({
      status: 'COMPLETED',
      paymentStatus: 'PARTIALLY_REFUNDED',
      refunded: { amount: 3_000 },
      items: [
        { cancelledQuantity: 2, cancellableQuantity: 1 },
        { cancelledQuantity: 1, cancellableQuantity: 1 },
      ],
    });
    expect(part.tokens.filter(({ status }) => status === 'REVOKED')).toHaveLength(3);
    await expect(cancelItems(order.id, parts, { key })).resolves.toMatchObject({ replayed: true });
    await expect(stockOf(admin, app.offerId)).resolves.toMatchObject({ available: 4 });
    await expect(seatStatuses(admin, concert.listingId)).resolves.toMatchObject({ SOLD: 1 });

    await expect(cancel(order.id)).resolves.toMatchObject({ userErrors: [] });
    await cancelled(checkoutId);
    await expect(itemsOf(order.id)).resolves.toMatchObject({
      paymentStatus: 'REFUNDED',
      refunded: { amount: 5_000 },
      items: [{ cancelledQuantity: 3 }, { cancelledQuantity: 2 }],
    });
    await expect(stockOf(admin, app.offerId)).resolves.toEqual({ available: 5, onHand: 5, reserved: 0 });
  });
});

describe('a completed order that is cancelled', () => {
  it('is refunded; units and seats are for sale again; tokens are revoked; the buyer is notified', async () => {
    const app = await stockLicences(admin, 5);
    const concert = await stockSeats(admin, 1, 4);
    const before = [await stockOf(admin, app.offerId), await seatStatuses(admin, concert.listingId)];
    const seatIds = concert.seatIds.slice(0, 2);
    const checkoutId = await buyer.buy([
      { offerId: app.offerId, quantity: 2 },
      { offerId: concert.offerId, quantity: 2, seatIds },
    ]);
    const { order } = await buyer.untilEnded(checkoutId);
    expect(order.status).toBe('COMPLETED');

    const key = crypto.randomUUID();
    await expect(cancel(order.id, { key })).resolves.toMatchObject({ replayed: false, userErrors: [] });
    const seen = await cancelled(checkoutId);
    expect(seen).toMatchObject({
      paymentStatus: 'REFUNDED',
      cancelReason: 'I cannot come.',
      payment: { status: 'REFUNDED', refunded: { amount: 4_000 } },
    });
    expect(seen.tokens.map(({ status }) => status)).toEqual(Array(4).fill('REVOKED'));
    await expect(
      Promise.all([stockOf(admin, app.offerId), seatStatuses(admin, concert.listingId)]),
    ).resolves.toEqual(before);
    await expect(figures(buyer)).resolves.toMatchObject({
      socialStatistics: { purchases: 0, eventsAttended: 0 },
      notifications: {
        nodes: expect.arrayContaining([{ type: 'ORDER_CANCELLED', body: 'I cannot come.' }]) as object[],
      },
    });
    // Payment publishes the refund; the cancellation does not wait for its notification.
    await until('the notification of the refund', async () =>
      JSON.stringify(await figures(buyer)).includes('We refunded €40.00'),
    );

    await expect(cancel(order.id, { key })).resolves.toMatchObject({
      order: { id: order.id, status: 'CANCELLED' },
      replayed: true,
      userErrors: [],
    });
    await expect(cancel(order.id)).resolves.toMatchObject({
      order: null,
      userErrors: [{ code: 'ILLEGAL_TRANSITION', field: ['id'] }],
    });
    // The returned units and seats can be sold again.
    const other = await newUser();
    const again = await other.buy([{ offerId: concert.offerId, quantity: 2, seatIds }]);
    await expect(other.untilEnded(again)).resolves.toMatchObject({ status: 'COMPLETED' });
  });

  it('is refunded once, despite concurrent requests', async () => {
    const app = await stockLicences(admin, 3);
    const checkoutId = await buyer.buy([{ offerId: app.offerId, quantity: 3 }]);
    const { order } = await buyer.untilEnded(checkoutId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(order.id)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect((await cancelled(checkoutId)).payment).toMatchObject({ refunded: { amount: 3_000 } });
    await expect(stockOf(admin, app.offerId)).resolves.toEqual({ available: 3, onHand: 3, reserved: 0 });
  });

  it('cannot be cancelled by another user', async () => {
    const app = await stockLicences(admin, 1);
    const checkoutId = await buyer.buy([{ offerId: app.offerId }]);
    const { order } = await buyer.untilEnded(checkoutId);
    await expect(cancel(order.id, { as: await newUser() })).resolves.toMatchObject({
      order: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
    });
    await expect(cancel(order.id, { as: admin })).resolves.toMatchObject({ userErrors: [] });
    await cancelled(checkoutId);
  });
});

/** Buys goods, to be shipped to the buyer. */
async function boughtGoods(offerId: string): Promise<string> {
  const { address } = (await buyer.mutate(
    `mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } userErrors { code message field } } }`,
    {
      input: { recipient: 'B', line1: 'Rua 1', city: 'Lisboa', postalCode: '1200-387', countryCode: 'PT' },
    },
  )) as { address: { id: string } };
  await buyer.addToCart({ offerId });
  return buyer.checkout({ shippingAddressId: address.id });
}

it('a shipped order cannot be cancelled', async () => {
  const checkoutId = await boughtGoods((await stockGoods(admin, 2)).offerId);
  const { order } = await buyer.untilEnded(checkoutId);
  for (const status of ['PROCESSING', 'COMPLETED']) {
    await expect(
      admin.mutate(
        `mutation ($id: ID!, $status: OrderStatus!) {
          updateOrderStatus(id: $id, status: $status) { order { status } userErrors { code message } }
        }`,
        { id: order.id, status },
      ),
    ).resolves.toMatchObject({ order: { status } });
  }
  await expect(cancel(order.id)).resolves.toMatchObject({
    order: null,
    userErrors: [{ code: 'NOT_CANCELLABLE', field: ['id'] }],
  });
});

it('a paid order can be cancelled before it is shipped', async () => {
  const book = await stockGoods(admin, 2);
  const checkoutId = await boughtGoods(book.offerId);
  const { order } = await buyer.untilEnded(checkoutId);
  expect(order.status).toBe('PAID');
  await cancel(order.id);
  await expect(cancelled(checkoutId)).resolves.toMatchObject({ paymentStatus: 'REFUNDED' });
  await expect(stockOf(admin, book.offerId)).resolves.toEqual({ available: 2, onHand: 2, reserved: 0 });
});

it('a free ticket needs no card provider, and can be cancelled', async () => {
  const app = await stockLicences(admin, 1, 0);
  const checkoutId = await buyer.buy([{ offerId: app.offerId }]);
  const { status, order } = await buyer.untilEnded(checkoutId);
  expect(status).toBe('COMPLETED');
  expect(order.payment).toMatchObject({
    status: 'SUCCEEDED',
    amount: { amount: 0 },
    events: [
      { type: 'CREATED', source: 'SAGA' },
      { type: 'SUCCEEDED', source: 'SAGA' },
    ],
  });
  await cancel(order.id);
  await expect(cancelled(checkoutId)).resolves.toMatchObject({ tokens: [{ status: 'REVOKED' }] });
  await expect(stockOf(admin, app.offerId)).resolves.toEqual({ available: 1, onHand: 1, reserved: 0 });
});

it('a buyer can end a checkout that awaits payment, which releases everything', async () => {
  const app = await stockLicences(admin, 1);
  await buyer.addToCart({ offerId: app.offerId });
  const id = await buyer.checkout({ payment: { method: 'CREDIT_CARD' } });
  const waiting = await buyer.untilStatus(id, 'AWAITING_PAYMENT');
  await expect(cancel(waiting.order.id)).resolves.toMatchObject({ userErrors: [{ code: 'CONFLICT' }] });
  const giveUp = `mutation ($id: ID!) { cancelCheckout(id: $id) { checkout { id } userErrors { code field } } }`;
  await buyer.mutate(giveUp, { id });
  const ended = await buyer.untilEnded(id);
  expect(ended).toMatchObject({
    status: 'FAILED',
    failure: { code: 'CONFLICT', message: 'The buyer canceled the checkout.' },
    order: { status: 'CANCELLED', paymentStatus: 'FAILED', payment: { status: 'CANCELLED' } },
  });
  await expect(stockOf(admin, app.offerId)).resolves.toEqual({ available: 1, onHand: 1, reserved: 0 });
  await expect(buyer.run(giveUp, { id })).resolves.toEqual({
    cancelCheckout: { checkout: null, userErrors: [{ code: 'ILLEGAL_TRANSITION', field: ['id'] }] },
  });
  await expect(buyer.untilEnded(await buyer.checkout())).resolves.toMatchObject({ status: 'COMPLETED' });
});

describe('an order whose payment is disputed', () => {
  const control = async (path: string, body: object): Promise<{ id: string }> => {
    const response = await fetch(`${admin.url}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { id: string };
  };

  it('cannot be cancelled; if the bank decides for the buyer, its tokens are revoked', async () => {
    const app = await stockLicences(admin, 3);
    const checkoutId = await buyer.buy([{ offerId: app.offerId }]);
    const { order } = await buyer.untilEnded(checkoutId);
    const { payment } = (await admin.run('query ($id: ID!) { payment(id: $id) { providerPaymentId } }', {
      id: order.payment?.id,
    })) as { payment: { providerPaymentId: string } };
    const { id: dispute } = await control(`/payment_intents/${payment.providerPaymentId}/dispute`, {});
    // At once or, if order has not heard of the dispute, before the first step takes anything.
    const { userErrors } = await cancel(order.id);
    if (userErrors.length > 0) expect(userErrors).toMatchObject([{ code: 'NOT_CANCELLABLE' }]);
    const history = 'query ($id: ID!) { order(id: $id) { history { message } } }';
    await until('the dispute in the history', async () =>
      JSON.stringify(await buyer.run(history, { id: order.id })).includes('is disputed'),
    );
    const seen = (await buyer.readCheckout(checkoutId)).order;
    expect(seen).toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID' });
    expect(seen.tokens.map(({ status }) => status)).toEqual(['ACTIVE']);
    await control(`/disputes/${dispute}/close`, { outcome: 'lost' });
    const lost = await until('the chargeback', async () => {
      const view = (await buyer.readCheckout(checkoutId)).order;
      return view.paymentStatus === 'CHARGED_BACK' ? view : null;
    });
    expect(lost.tokens.map(({ status }) => status)).toEqual(['REVOKED']);
  });
});
