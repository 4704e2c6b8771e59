import { randomUUID } from 'node:crypto';
import { remindOfPayments } from '@souk/order/domain/order/payment-reminder';
import { holdersPerStep } from '@souk/order/domain/token/start-reminder';
import { notImplemented } from '@souk/order/resolvers/not-implemented';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { orderEvents } from '@souk/shared/contracts/order';
import { Database } from '@souk/shared/db/database';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import { eventMessage } from '../../../tests/support/events.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { ExpectedAction, ExpectedEvent, MutationCase } from '../../../tests/support/published-events.js';
import { implementedMutations, PublishedEvents } from '../../../tests/support/published-events.js';
import { rejected } from './support/fake-participants.js';
import type { CheckoutView } from './support/order-subgraph.js';
import { OrderUnderTest, terms } from './support/order-subgraph.js';

let order: OrderUnderTest;
let admin: TestUser;
let buyer: TestUser;
let published: PublishedEvents;

beforeAll(async () => {
  order = await OrderUnderTest.start();
  admin = order.user(['ADMIN']);
  published = new PublishedEvents();
});

beforeEach(() => {
  order.participants.reset();
  buyer = order.user();
});

afterAll(async () => {
  published.stop();
  await order.close();
});

const by = ({ authorization, userId }: TestUser): Pick<MutationCase, 'authorization' | 'actorId'> => ({
  authorization,
  actorId: userId,
});

function uuidOf(type: Parameters<typeof fromApiId>[0], { id }: { id: string }): string {
  return fromApiId(type, id) ?? '';
}

/** The buyer's cart with one line. */
async function filled(): Promise<{ cartId: string; itemId: string; itemUuid: string; line: object }> {
  const offer = order.catalog.offer();
  const { cart } = await order.add({ offerId: offer.id, quantity: 2 }, buyer);
  const [item] = cart!.items;
  const [cartId, itemUuid] = [uuidOf('cart', cart!), uuidOf('item', item!)];
  return {
    cartId,
    itemId: item!.id,
    itemUuid,
    line: { cartId, userId: buyer.userId, itemId: itemUuid, offerId: uuidOf('offer', offer) },
  };
}

function checkoutEvent(
  event: ExpectedEvent['event'],
  checkout: CheckoutView,
  payload: object = {},
): ExpectedEvent {
  const [checkoutId, orderId] = [uuidOf('checkout', checkout), uuidOf('order', checkout.order)];
  return { event, aggregate: orderId, payload: { checkoutId, orderId, userId: buyer.userId, ...payload } };
}

function orderEvent(event: ExpectedEvent['event'], { order: bought }: CheckoutView, payload: object = {}) {
  const orderId = uuidOf('order', bought);
  return {
    event,
    aggregate: orderId,
    payload: { orderId, userId: buyer.userId, orderNumber: bought.number, ...payload },
  };
}

async function waiting(): Promise<CheckoutView> {
  order.participants.on('processPayment', () => ({
    kind: 'waiting',
    output: { paymentId: newId() },
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  }));
  const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer().id }]);
  return order.reached(id, buyer, 'AWAITING_PAYMENT');
}

async function completed(
  offer: Parameters<OrderUnderTest['catalog']['offer']>[0] = {},
): Promise<CheckoutView> {
  const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer(offer).id }], {
    shippingAddressId: toApiId('addr', newId()),
  });
  return order.reached(id, buyer, 'COMPLETED');
}

/** The lines of an order; UUIDs. */
async function lineIdsOf({ order: bought }: CheckoutView): Promise<string[]> {
  const rows = await order.subgraph.dependencies.source.query<{ id: string }[]>(
    'SELECT id FROM order_line WHERE order_id = $1 ORDER BY position',
    [uuidOf('order', bought)],
  );
  return rows.map(({ id }) => id);
}

/** A checkout whose compensation failed. */
async function stuck(): Promise<CheckoutView> {
  order.participants.on('confirmItems', () => rejected('INSUFFICIENT_STOCK'));
  order.participants.on('revertPayment', () => rejected('CONFLICT'));
  const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer().id }]);
  const checkout = await order.reached(id, buyer, 'NEEDS_ATTENTION');
  order.participants.reset();
  return checkout;
}

const checkoutSelection = 'checkout { id order { id number } } userErrors { code }';

function decision(
  call: string,
  user: TestUser,
  expected: ExpectedEvent,
  action: ExpectedAction | null = null,
): MutationCase {
  return {
    query: `mutation { ${call} { userErrors { code } } }`,
    ...by(user),
    publishes: () => [expected],
    audits: () => (action ? [action] : []),
    repeatChangesNothing: true,
  };
}

function cartChange(call: string): Pick<MutationCase, 'query' | 'authorization' | 'actorId'> {
  return { query: `mutation { ${call} { userErrors { code } } }`, ...by(buyer) };
}

/** A valid token of the buyer. */
async function bought(): Promise<{
  checkout: CheckoutView;
  code: string;
  id: string;
  ref: { tokenId: string };
}> {
  const checkout = await completed({ fulfilment: 'TICKET' });
  const [token] = checkout.order.tokens;
  const ref = {
    tokenId: uuidOf('token', token!),
    orderId: uuidOf('order', checkout.order),
    listingId: expect.any(String) as unknown,
  };
  return { checkout, code: token!.code, id: token!.id, ref };
}

/** A token of the buyer that is offered to a friend. */
async function offered(): Promise<
  Awaited<ReturnType<typeof bought>> & { friend: TestUser; parties: object }
> {
  const token = await bought();
  const friend = order.user();
  order.accounts.users.set('friend@souk.test', friend.id);
  await order.query(
    'mutation ($code: String!) { offerTokenTransfer(code: $code, toEmail: "friend@souk.test") { userErrors { code } } }',
    { code: token.code },
    buyer,
  );
  return { ...token, friend, parties: { fromId: buyer.userId, toId: friend.userId } };
}

const redeemed = (action: ExpectedAction['action'], targetId: string): ExpectedAction => ({
  action,
  targetId,
  before: { status: 'ACTIVE' },
  after: { status: 'REDEEMED', redeemedAt: expect.any(String) as unknown },
});

/** One case for each implemented mutation. */
const cases: Record<string, () => Promise<MutationCase>> = {
  addToCart: async () => {
    const { cartId } = await filled();
    const offer = order.catalog.offer();
    return {
      query: 'mutation ($item: CartItemInput!) { addToCart(item: $item) { userErrors { code } } }',
      variables: { item: { offerId: offer.id, quantity: 3 } },
      ...by(buyer),
      publishes: () => [
        {
          event: orderEvents.cartItemAdded,
          aggregate: cartId,
          payload: { cartId, userId: buyer.userId, offerId: uuidOf('offer', offer), quantity: 3 },
        },
      ],
    };
  },
  updateCartItem: async () => {
    const { cartId, itemId, line } = await filled();
    return {
      ...cartChange(`updateCartItem(itemId: "${itemId}", quantity: 5)`),
      publishes: () => [
        { event: orderEvents.cartItemUpdated, aggregate: cartId, payload: { ...line, quantity: 5 } },
      ],
      repeatChangesNothing: true,
    };
  },
  removeCartItem: async () => {
    const { cartId, itemId, line } = await filled();
    return {
      ...cartChange(`removeCartItem(itemId: "${itemId}")`),
      publishes: () => [
        { event: orderEvents.cartItemRemoved, aggregate: cartId, payload: { ...line, quantity: 2 } },
      ],
      repeatChangesNothing: true,
    };
  },
  clearCart: async () => {
    const { cartId } = await filled();
    return {
      ...cartChange('clearCart'),
      publishes: () => [
        {
          event: orderEvents.cartCleared,
          aggregate: cartId,
          payload: { cartId, userId: buyer.userId, lines: 1 },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  mergeCart: async () => {
    const { cartId } = await filled();
    const guest = await order.add({ offerId: order.catalog.offer().id, quantity: 1 }, null);
    return {
      ...cartChange(`mergeCart(cartId: "${guest.cart!.id}")`),
      publishes: () => [
        {
          event: orderEvents.cartMerged,
          aggregate: cartId,
          payload: { cartId, userId: buyer.userId, lines: 1 },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  checkout: async () => {
    await filled();
    return {
      query: `mutation ($input: CheckoutInput!) { checkout(input: $input) { ${checkoutSelection} } }`,
      variables: { input: terms() },
      ...by(buyer),
      publishes: ({ checkout }) => [
        checkoutEvent(orderEvents.checkoutStarted, checkout as CheckoutView, {
          lines: [expect.objectContaining({ quantity: 2 })] as unknown,
        }),
      ],
      repeatChangesNothing: true,
    };
  },
  createOrder: () => {
    const offer = order.catalog.offer();
    const input = { ...terms(), items: [{ offerId: offer.id, quantity: 4 }] };
    return Promise.resolve({
      query: `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { ${checkoutSelection} } }`,
      variables: { input },
      ...by(buyer),
      publishes: ({ checkout }) => [
        checkoutEvent(orderEvents.checkoutStarted, checkout as CheckoutView, {
          lines: [expect.objectContaining({ offerId: uuidOf('offer', offer), quantity: 4 })] as unknown,
        }),
      ],
      repeatChangesNothing: true,
    });
  },
  cancelCheckout: async () => {
    const checkout = await waiting();
    return decision(
      `cancelCheckout(id: "${checkout.id}")`,
      admin,
      checkoutEvent(orderEvents.checkoutCancelled, checkout, {
        reason: 'The checkout was canceled for the buyer.',
      }),
      {
        action: 'CANCEL_CHECKOUT',
        targetId: uuidOf('checkout', checkout),
        before: { status: 'AWAITING_PAYMENT' },
        after: { cancelled: true },
      },
    );
  },
  endCheckouts: async () => {
    const checkout = await waiting();
    return decision(
      `endCheckouts(userId: "${buyer.id}")`,
      admin,
      checkoutEvent(orderEvents.checkoutCancelled, checkout, {
        reason: 'The checkout was ended by an administrator.',
      }),
      {
        action: 'END_CHECKOUTS',
        targetId: buyer.userId,
        before: null,
        after: { ended: [checkout.id] },
      },
    );
  },
  retryCheckout: async () => {
    const checkout = await stuck();
    return decision(
      `retryCheckout(id: "${checkout.id}")`,
      admin,
      checkoutEvent(orderEvents.checkoutRetried, checkout),
      {
        action: 'RETRY_CHECKOUT',
        targetId: uuidOf('checkout', checkout),
        before: { needsAttention: 'CHECKOUT' },
        after: { retried: true },
      },
    );
  },
  resolveCheckout: async () => {
    const checkout = await stuck();
    return decision(
      `resolveCheckout(id: "${checkout.id}", note: "Refunded by hand.")`,
      admin,
      checkoutEvent(orderEvents.checkoutResolved, checkout, { note: 'Refunded by hand.' }),
      {
        action: 'RESOLVE_CHECKOUT',
        targetId: uuidOf('checkout', checkout),
        before: { needsAttention: 'CHECKOUT' },
        after: { resolved: true, note: 'Refunded by hand.' },
      },
    );
  },
  cancelOrder: async () => {
    const checkout = await completed();
    return {
      query: `mutation ($id: ID!, $key: String!) {
        cancelOrder(id: $id, reason: "I cannot come.", idempotencyKey: $key) { userErrors { code } } }`,
      variables: { id: checkout.order.id, key: randomUUID() },
      ...by(admin),
      publishes: () => [
        orderEvent(orderEvents.orderCancellationStarted, checkout, { reason: 'I cannot come.' }),
      ],
      audits: () => [
        {
          action: 'CANCEL_ORDER',
          targetId: uuidOf('order', checkout.order),
          before: { status: 'COMPLETED' },
          after: { reason: 'I cannot come.' },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  cancelOrderItems: async () => {
    const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer().id, quantity: 2 }]);
    const checkout = await order.reached(id, buyer, 'COMPLETED');
    const [lineId = ''] = await lineIdsOf(checkout);
    const price = { amount: 1_000, currency: 'EUR' };
    const line = { lineId, quantity: 1, amount: price };
    return {
      query: `mutation ($id: ID!, $items: [CancelItemInput!]!, $key: String!) {
        cancelOrderItems(orderId: $id, items: $items, reason: "I cannot come.", idempotencyKey: $key) {
          userErrors { code } } }`,
      variables: {
        id: checkout.order.id,
        items: [{ itemId: toApiId('line', lineId), quantity: 1 }],
        key: randomUUID(),
      },
      ...by(admin),
      publishes: () => [
        orderEvent(orderEvents.orderItemsCancellationStarted, checkout, {
          reason: 'I cannot come.',
          amount: price,
          lines: [expect.objectContaining(line) as object],
        }),
      ],
      audits: () => [
        {
          action: 'CANCEL_ORDER_ITEMS',
          targetId: uuidOf('order', checkout.order),
          before: { status: 'COMPLETED' },
          after: {
            reason: 'I cannot come.',
            items: [{ itemId: toApiId('line', lineId), quantity: 1 }],
            amount: price,
          },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  updateOrderStatus: async () => {
    const checkout = await completed({ fulfilment: 'SHIPMENT' });
    return {
      query: `mutation ($id: ID!) {
        updateOrderStatus(id: $id, status: PROCESSING) { userErrors { code } } }`,
      variables: { id: checkout.order.id },
      ...by(admin),
      publishes: () => [
        orderEvent(orderEvents.orderStatusChanged, checkout, {
          previousStatus: 'PAID',
          status: 'PROCESSING',
        }),
      ],
      audits: () => [
        {
          action: 'UPDATE_ORDER_STATUS',
          targetId: uuidOf('order', checkout.order),
          before: { status: 'PAID' },
          after: { status: 'PROCESSING' },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  markShipped: async () => {
    const offer = order.catalog.offer({ fulfilment: 'SHIPMENT' });
    const { id } = await order.buy(buyer, [{ offerId: offer.id, quantity: 2 }], {
      shippingAddressId: toApiId('addr', newId()),
    });
    const checkout = await order.reached(id, buyer, 'COMPLETED');
    const [line] = checkout.order.items;
    const parcel = { carrier: 'UPS', trackingNumber: '1Z 9' };
    return {
      query: `mutation ($orderId: ID!, $items: [OrderItemQuantityInput!]!, $key: String!) {
        markShipped(orderId: $orderId, items: $items, carrier: "UPS", trackingNumber: "1Z 9", idempotencyKey: $key) {
          shipment { id } userErrors { code } } }`,
      variables: {
        orderId: checkout.order.id,
        items: [{ itemId: line!.id, quantity: 1 }],
        key: randomUUID(),
      },
      ...by(admin),
      publishes: ({ shipment }) => [
        orderEvent(orderEvents.orderShipped, checkout, {
          ...parcel,
          shipmentId: uuidOf('shipment', shipment as { id: string }),
          trackingUrl: 'https://www.ups.com/track?tracknum=1Z%209',
          lines: [expect.objectContaining({ lineId: uuidOf('line', line!), quantity: 1 })] as unknown,
        }),
        orderEvent(orderEvents.orderStatusChanged, checkout, {
          previousStatus: 'PAID',
          status: 'PROCESSING',
        }),
      ],
      audits: ({ shipment }) => [
        {
          action: 'MARK_SHIPPED',
          targetId: uuidOf('order', checkout.order),
          before: null,
          after: {
            shipmentId: (shipment as { id: string }).id,
            carrier: 'UPS',
            items: [{ itemId: line!.id, quantity: 1 }],
          },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  redeemToken: async () => {
    const { checkout, code, ref } = await bought();
    return decision(
      `redeemToken(code: "${code}", nonce: "n")`,
      admin,
      {
        event: orderEvents.tokenRedeemed,
        aggregate: uuidOf('order', checkout.order),
        payload: { ...ref, holderId: buyer.userId, scannerId: admin.userId, offline: false },
      },
      redeemed('REDEEM_TOKEN', ref.tokenId),
    );
  },
  uploadScans: async () => {
    const { checkout, code, ref } = await bought();
    const { listingUuid } = [...order.catalog.offers.values()].at(-1)!;
    return {
      query: `mutation ($listingId: ID!, $scans: [OfflineScanInput!]!) {
        uploadScans(listingId: $listingId, scans: $scans) { userErrors { code } } }`,
      variables: {
        listingId: toApiId('listing', listingUuid),
        scans: [{ code, nonce: 'n', admittedAt: new Date().toISOString() }],
      },
      ...by(admin),
      publishes: () => [
        {
          event: orderEvents.tokenRedeemed,
          aggregate: uuidOf('order', checkout.order),
          payload: { ...ref, scannerId: admin.userId, offline: true },
        },
      ],
      audits: () => [redeemed('UPLOAD_SCANS', ref.tokenId)],
      repeatChangesNothing: true,
    };
  },
  revokeToken: async () => {
    const { checkout, code, ref } = await bought();
    return decision(
      `revokeToken(code: "${code}", reason: "Lost.")`,
      admin,
      {
        event: orderEvents.tokenRevoked,
        aggregate: uuidOf('order', checkout.order),
        payload: { ...ref, holderId: buyer.userId, reason: 'Lost.' },
      },
      {
        action: 'REVOKE_TOKEN',
        targetId: ref.tokenId,
        before: { status: 'ACTIVE' },
        after: { status: 'REVOKED', reason: 'Lost.' },
      },
    );
  },
  offerTokenTransfer: async () => {
    const { checkout, code, ref } = await bought();
    const friend = order.user();
    order.accounts.users.set('friend@souk.test', friend.id);
    return decision(`offerTokenTransfer(code: "${code}", toEmail: "friend@souk.test")`, buyer, {
      event: orderEvents.tokenOffered,
      aggregate: uuidOf('order', checkout.order),
      payload: { ...ref, fromId: buyer.userId, toId: friend.userId, title: expect.any(String) as unknown },
    });
  },
  acceptTokenTransfer: async () => {
    const { checkout, id, ref, friend, parties } = await offered();
    return decision(`acceptTokenTransfer(tokenId: "${id}")`, friend, {
      event: orderEvents.tokenTransferred,
      aggregate: uuidOf('order', checkout.order),
      payload: { ...ref, ...parties },
    });
  },
  withdrawTokenTransfer: async () => {
    const { checkout, id, ref, parties } = await offered();
    return decision(`withdrawTokenTransfer(tokenId: "${id}")`, buyer, {
      event: orderEvents.tokenOfferWithdrawn,
      aggregate: uuidOf('order', checkout.order),
      payload: { ...ref, ...parties },
    });
  },
};

test('has a case for every implemented mutation', () => {
  expect(Object.keys(cases).sort()).toEqual(implementedMutations('order', notImplemented));
});

test.each(Object.entries(cases))('%s publishes what it changes', async (name, prepare) => {
  await published.expectFrom(order.subgraph.app, name, await prepare());
});

test('a buyer who cancels their own checkout leaves no entry in the audit log', async () => {
  const checkout = await waiting();
  const reason = 'The buyer canceled the checkout.';
  const expected = checkoutEvent(orderEvents.checkoutCancelled, checkout, { reason });
  const own = decision(`cancelCheckout(id: "${checkout.id}")`, buyer, expected, null);
  await published.expectFrom(order.subgraph.app, 'by the buyer', own);
});

/** The names of the events about an order, their distinct actors, and the number of distinct requests. */
function eventsOf({ order: { id } }: CheckoutView): {
  names: string[];
  actors: unknown[];
  requests: number;
} {
  const about = published.all.filter(({ aggregate }) => aggregate === fromApiId('order', id));
  return {
    names: about.map(({ event }) => event.name),
    actors: [...new Set(about.map(({ cause }) => cause.actorId))],
    requests: new Set(about.flatMap(({ cause }) => cause.requestId ?? [])).size,
  };
}

test('a checkout and a cancellation publish their effects, with the buyer as the actor', async () => {
  const checkout = await completed();
  await order.query(
    `mutation ($id: ID!, $key: String!) {
      cancelOrder(id: $id, reason: "I cannot come.", idempotencyKey: $key) { userErrors { code } } }`,
    { id: checkout.order.id, key: randomUUID() },
    buyer,
  );
  await until('the cancellation', () => eventsOf(checkout).names.includes('orderCancelled'));
  const aboutOrder = published.actions.filter(({ payload }) =>
    JSON.stringify(payload).includes(uuidOf('order', checkout.order)),
  );
  expect(aboutOrder).toEqual([]);
  expect(eventsOf(checkout)).toEqual({
    names: [
      'checkoutStarted',
      'orderPaid',
      'checkoutCompleted',
      'orderCancellationStarted',
      'orderCancelled',
    ],
    actors: [buyer.userId],
    requests: 2,
  });
  const about = published.all.filter(({ aggregate }) => aggregate === fromApiId('order', checkout.order.id));
  // The events of a saga have the request that started it, and no address: the request is over.
  const [started, paid, completedEvent, begun, cancelled] = about.map(({ cause }) => cause);
  expect(started?.requestId).toEqual(expect.any(String));
  expect([paid?.requestId, completedEvent?.requestId]).toEqual([started?.requestId, started?.requestId]);
  expect(cancelled?.requestId).toBe(begun?.requestId);
  expect([paid, completedEvent, cancelled].map((cause) => cause?.clientAddress)).toEqual([null, null, null]);
});

test('a cancellation of a part publishes its units when it has ended', async () => {
  const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer().id, quantity: 3 }]);
  const checkout = await order.reached(id, buyer, 'COMPLETED');
  const [lineId = ''] = await lineIdsOf(checkout);
  await order.query(
    `mutation ($id: ID!, $items: [CancelItemInput!]!, $key: String!) {
      cancelOrderItems(orderId: $id, items: $items, reason: "No.", idempotencyKey: $key) { userErrors { code } } }`,
    { id: checkout.order.id, items: [{ itemId: toApiId('line', lineId), quantity: 2 }], key: randomUUID() },
    buyer,
  );
  await until('the cancellation', () => eventsOf(checkout).names.includes('orderItemsCancelled'));
  const cancelled = published.all.find(
    ({ event, aggregate }) =>
      event.name === 'orderItemsCancelled' && aggregate === uuidOf('order', checkout.order),
  );
  expect(cancelled?.payload).toMatchObject({
    userId: buyer.userId,
    amount: { amount: 2_000 },
    lines: [{ lineId, quantity: 2, amount: { amount: 2_000 } }],
  });
  expect(cancelled?.cause.actorId).toBe(buyer.userId);
});

test('a failed checkout publishes its code and step', async () => {
  order.participants.on('reserveItems', () => rejected('INSUFFICIENT_STOCK'));
  const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer().id }]);
  const checkout = await order.reached(id, buyer, 'FAILED');
  expect(eventsOf(checkout)).toEqual({
    names: ['checkoutStarted', 'checkoutFailed'],
    actors: [buyer.userId],
    requests: 1,
  });
  const failed = published.all.find(
    ({ event, aggregate }) =>
      event.name === 'checkoutFailed' && aggregate === fromApiId('order', checkout.order.id),
  );
  expect(failed?.payload).toMatchObject({ code: 'INSUFFICIENT_STOCK', step: 'RESERVE_ITEMS' });
});

test('events of guest carts do not contain the id of the cart, which is its secret', async () => {
  const { cart } = await order.add({ offerId: order.catalog.offer().id, quantity: 1 }, null);
  const added = published.all.at(-1);
  expect(added).toMatchObject({ event: { name: 'cartItemAdded' }, payload: { cartId: null, userId: null } });
  expect(JSON.stringify(added)).not.toContain(uuidOf('cart', cart!));
});

describe('reminders', () => {
  const eventsOf = (event: ExpectedEvent['event'], aggregate: string): { holderIds?: string[] }[] =>
    published.all.flatMap((found) =>
      found.event.name === event.name && found.aggregate === aggregate ? [found.payload as object] : [],
    );

  test('a payment by hand that is due is published once, in the second half of its time', async () => {
    const minutes = 60;
    order.participants.on('processPayment', () => ({
      kind: 'waiting',
      output: { paymentId: newId() },
      expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(),
    }));
    const open = async (user: TestUser, payment: object): Promise<CheckoutView> => {
      const { id } = await order.buy(user, [{ offerId: order.catalog.offer().id }], payment);
      return order.reached(id, user, 'AWAITING_PAYMENT');
    };
    const transfer = await open(buyer, { payment: { method: 'BANK_TRANSFER' } });
    const card = await open(order.user(), {});
    const { source, sender, log } = order.subgraph.dependencies;
    const database = new Database(source, (messages) => sender.send(messages), log);
    const remind = (afterMinutes: number): Promise<number> =>
      remindOfPayments(database, new Date(Date.now() + afterMinutes * 60_000));
    const due = ({ order: { id } }: CheckoutView): object[] =>
      eventsOf(orderEvents.paymentDue, fromApiId('order', id) ?? '');
    await remind(minutes / 2 - 1);
    expect(due(transfer)).toEqual([]);
    await Promise.all([remind(minutes / 2 + 1), remind(minutes / 2 + 1)]);
    await remind(minutes / 2 + 5);
    expect(due(transfer)).toEqual([
      {
        ...{
          userId: buyer.userId,
          orderId: uuidOf('order', transfer.order),
          orderNumber: transfer.order.number,
        },
        checkoutId: uuidOf('checkout', transfer),
        ...{ total: { amount: 1_000, currency: 'EUR' }, expiresAt: transfer.expiresAt },
      },
    ]);
    expect(due(card)).toEqual([]);
    await remind(60 * 26);
    expect(
      await source.query('SELECT 1 FROM payment_reminder WHERE checkout_id = $1', [
        uuidOf('checkout', transfer),
      ]),
    ).toEqual([]);
  });

  test('a start that approaches is published to all holders of valid tokens, in batches', async () => {
    const bought = await completed({ fulfilment: 'TICKET' });
    const [token] = bought.order.tokens;
    const { source } = order.subgraph.dependencies;
    const listingId = newId();
    const holders = holdersPerStep * 2 + 3;
    const departure = newId();
    // Two tokens of each holder; those of the last ten are revoked, and a hundred are for another departure.
    await source.query(
      `INSERT INTO purchase_token
       SELECT (jsonb_populate_record(t, jsonb_build_object('id', uuidv7(), 'code', 'TKT-' || n || '-' || u,
         'unit', 2 * n + u, 'listing_id', $2::uuid, 'offer_id', CASE WHEN n <= 100 THEN $3::uuid ELSE t.offer_id END,
         'holder_id', holder, 'status', CASE WHEN n > $4::int THEN 'REVOKED' WHEN u = 1 THEN 'ACTIVE' ELSE 'TRANSFER_PENDING' END))).*
       FROM purchase_token t, (SELECT n, gen_random_uuid() AS holder FROM generate_series(1, $4::int + 10) AS n) AS h,
         generate_series(1, 2) AS u WHERE t.id = $1`,
      [fromApiId('token', token?.id ?? ''), listingId, departure, holders],
    );
    const announce = (offerId: string | null): Promise<void> =>
      order.subgraph.send(
        eventMessage('order', catalogEvents.startApproaching, listingId, {
          ...{ listingId, offerId, title: 'Concert', timeZone: null },
          startsAt: new Date(Date.now() + 3_600_000).toISOString(),
        }),
      );
    const reminded = (): string[] =>
      eventsOf(orderEvents.startReminderDue, listingId).flatMap(({ holderIds = [] }) => holderIds);
    await announce(null);
    await until('all holders', () => reminded().length >= holders);
    expect(new Set(reminded()).size).toBe(holders);
    expect(eventsOf(orderEvents.startReminderDue, listingId)).toHaveLength(3);
    await announce(departure);
    await until('the holders of the departure', () => reminded().length >= holders + 100);
    expect(reminded()).toHaveLength(holders + 100);
  });
});
