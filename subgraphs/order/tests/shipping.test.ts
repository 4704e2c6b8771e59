import { randomUUID } from 'node:crypto';
import { accountStates } from '@souk/shared/contracts/account';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import { linesToShipSql } from '@souk/order/domain/shipment/lines-to-ship';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { done, rejected } from './support/fake-participants.js';
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

describe('parcels', () => {
  let seller: TestUser;
  const partnerUuid = newId();

  beforeAll(async () => {
    seller = order.user(['USER', 'PARTNER']);
    order.subgraph.states.put(accountStates.partners, partnerUuid, {
      partnerId: partnerUuid,
      userId: seller.userId,
      status: 'VERIFIED',
      commissionBasisPoints: 1_000,
      at: new Date().toISOString(),
    });
    const { source } = order.subgraph.dependencies;
    await until('the seller to be known', async () => {
      const rows: unknown[] = await source.query('SELECT 1 FROM partner_owner WHERE partner_id = $1', [
        partnerUuid,
      ]);
      return rows.length > 0;
    });
  });

  /** A paid order: five units and two of the seller, one of somebody else, and a licence. */
  async function mixed(): Promise<{ checkout: CheckoutView; id: string; lines: string[] }> {
    const goods = { fulfilment: 'SHIPMENT', partnerUuid } as const;
    const { checkout } = await order.createOrder(buyer, {
      items: [
        { offerId: order.catalog.offer(goods).id, quantity: 5 },
        { offerId: order.catalog.offer(goods).id, quantity: 2 },
        { offerId: order.catalog.offer({ fulfilment: 'SHIPMENT', partnerUuid: newId() }).id },
        { offerId: order.catalog.offer({ fulfilment: 'LICENCE', partnerUuid }).id },
      ],
      shippingAddressId: toApiId('addr', newId()),
    });
    const bought = await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    return { checkout: bought, id: bought.order.id, lines: bought.order.items.map((item) => item.id) };
  }

  interface Shipped {
    shipment: {
      id: string;
      items: { item: { id: string }; quantity: number }[];
      carrier: string;
      trackingNumber: string | null;
      trackingUrl: string | null;
    } | null;
    replayed: boolean;
    userErrors: { code: string; field: string[] }[];
  }

  const fields = 'id items { item { id } quantity } carrier trackingNumber trackingUrl';

  const send = (
    orderId: string,
    quantities: readonly (readonly [string, number])[],
    { user = seller, ...over }: { user?: TestUser; [argument: string]: unknown } = {},
  ): Promise<Shipped> =>
    order.query(
      `mutation ($orderId: ID!, $items: [OrderItemQuantityInput!]!, $carrier: String!, $number: String, $key: String!) {
        markShipped(orderId: $orderId, items: $items, carrier: $carrier, trackingNumber: $number, idempotencyKey: $key) {
          shipment { ${fields} } replayed userErrors { code field }
        }
      }`,
      {
        orderId,
        items: quantities.map(([itemId, quantity]) => ({ itemId, quantity })),
        carrier: 'DHL',
        number: 'JD01',
        key: randomUUID(),
        ...over,
      },
      user,
    );

  const read = (orderId: string): Promise<{ status: string; shipments: { id: string }[] }> =>
    order.query(
      `query ($id: ID!) { order(id: $id) { status shipments { ${fields} } items { shippedQuantity } } }`,
      { id: orderId },
      buyer,
    );

  it('are shown to the buyer, and the last one completes the order', async () => {
    const { checkout, id, lines } = await mixed();
    const [first = '', second = '', other = ''] = lines;
    const one = await send(id, [
      [first, 3],
      [second, 2],
    ]);
    expect(one).toMatchObject({ shipment: { carrier: 'DHL', trackingNumber: 'JD01' }, userErrors: [] });
    expect(one.shipment?.trackingUrl).toMatch(/^https:.*JD01$/);
    expect(await read(id)).toMatchObject({
      status: 'PROCESSING',
      shipments: [{ id: one.shipment?.id }],
      items: [{ shippedQuantity: 3 }, { shippedQuantity: 2 }, { shippedQuantity: 0 }, { shippedQuantity: 0 }],
    });
    expect((await cancel(id)).userErrors).toEqual([{ code: 'NOT_CANCELLABLE' }]);
    const two = await send(id, [[first, 2]], { carrier: 'A friend', number: null });
    expect(two.shipment).toMatchObject({ trackingNumber: null, trackingUrl: null });
    const three = await send(id, [[other, 1]], { user: admin });
    expect(await read(id)).toMatchObject({
      status: 'COMPLETED',
      shipments: [one, two, three].map(({ shipment }) => shipment),
    });
    const seen = await order.read(checkout.id, buyer);
    expect(seen?.order.history.slice(-5).map(({ message, actor }) => [message, actor?.id])).toEqual([
      ['5 units were shipped: DHL.', seller.id],
      ['The order is being processed.', seller.id],
      ['2 units were shipped: A friend.', seller.id],
      ['A unit was shipped: DHL.', admin.id],
      ['The order was completed.', admin.id],
    ]);
    expect((await send(id, [[first, 1]])).userErrors).toEqual([
      { code: 'ILLEGAL_TRANSITION', field: ['orderId'] },
    ]);
  });

  it('contain only what the caller sold and what is left, and all refusals come at once', async () => {
    const { id, lines } = await mixed();
    const [first = '', second = '', other = '', licence = ''] = lines;
    const wrong = await send(id, [
      [first, 6],
      [second, 0],
      [other, 1],
      [licence, 1],
      [first, 1],
      [toApiId('line', newId()), 1],
    ]);
    expect(wrong.userErrors).toEqual([
      { code: 'CONFLICT', field: ['items', '0', 'quantity'] },
      { code: 'INVALID', field: ['items', '1', 'quantity'] },
      { code: 'NOT_FOUND', field: ['items', '2', 'itemId'] },
      { code: 'INVALID', field: ['items', '3', 'quantity'] },
      { code: 'INVALID', field: ['items', '4', 'itemId'] },
      { code: 'NOT_FOUND', field: ['items', '5', 'itemId'] },
    ]);
    expect((await send(id, [], { carrier: ' ', number: ' ' })).userErrors).toEqual([
      { code: 'INVALID', field: ['items'] },
      { code: 'INVALID', field: ['carrier'] },
      { code: 'INVALID', field: ['trackingNumber'] },
    ]);
    expect((await send(id, [[first, 1]], { user: buyer })).userErrors).toEqual([
      { code: 'NOT_OWNER', field: ['orderId'] },
    ]);
    for (const user of [order.user(), order.user(['USER', 'PARTNER'])])
      expect((await send(id, [[first, 1]], { user })).userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['orderId'] },
      ]);
    expect(await read(id)).toMatchObject({ status: 'PAID', shipments: [] });
  });

  it('are recorded once for a key', async () => {
    const { id, lines } = await mixed();
    const [first = ''] = lines;
    const key = randomUUID();
    const [one, two] = await Promise.all([send(id, [[first, 1]], { key }), send(id, [[first, 1]], { key })]);
    expect(one.shipment).toEqual(two.shipment);
    expect([one.replayed, two.replayed].toSorted()).toEqual([false, true]);
    expect((await send(id, [[first, 2]], { key })).userErrors).toEqual([
      { code: 'IDEMPOTENCY_CONFLICT', field: ['idempotencyKey'] },
    ]);
  });

  it('never contain more than was bought, under any race', async () => {
    const { id, lines } = await mixed();
    const [first = '', second = ''] = lines;
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        send(
          id,
          index % 2 === 0
            ? [[first, 1]]
            : [
                [second, 1],
                [first, 1],
              ],
        ),
      ),
    );
    const shipped = results.flatMap(({ shipment }) => shipment?.items ?? []);
    const unitsOf = (line: string): number =>
      shipped.filter(({ item }) => item.id === line).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(unitsOf(first)).toBe(5);
    expect(unitsOf(second)).toBeLessThanOrEqual(2);
    const refusals = results.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(new Set(refusals)).toEqual(new Set(['CONFLICT']));
    const { shipments } = await read(id);
    expect(shipments).toHaveLength(results.filter(({ shipment }) => shipment).length);
  });

  it('and a concurrent cancellation: exactly one of them succeeds', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const { checkout, id, lines } = await mixed();
        const calls = [() => cancel(id), () => send(id, [[lines[0] ?? '', 1]])];
        if (index % 2 === 1) calls.reverse();
        const results = await Promise.all(calls.map((call) => call()));
        expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
        const ended = await until('an end', async () => {
          const seen = await order.read(checkout.id, buyer);
          return seen && seen.order.status !== 'PAID' ? seen.order : null;
        });
        expect((await read(id)).shipments).toHaveLength(ended.status === 'CANCELLED' ? 0 : 1);
        return ended.status;
      }),
    );
    for (const status of outcomes) expect(['CANCELLED', 'PROCESSING']).toContain(status);
  });

  it('and concurrent cancellations of units share what was bought', async () => {
    const { id, lines } = await mixed();
    const [first = ''] = lines;
    const cancelOne = (): Promise<{ userErrors: { code: string }[] }> =>
      order.query(
        `mutation ($id: ID!, $items: [CancelItemInput!]!, $key: String!) {
          cancelOrderItems(orderId: $id, items: $items, reason: "No.", idempotencyKey: $key) { userErrors { code } }
        }`,
        { id, items: [{ itemId: first, quantity: 1 }], key: randomUUID() },
        buyer,
      );
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? cancelOne() : send(id, [[first, 1]]))),
    );
    const source = order.subgraph.dependencies.source;
    const readLine = async (): Promise<{ shipped: number; cancelled: number; moving: number }> => {
      const [row]: { shipped: number; cancelled: number; moving: number }[] = await source.query(
        `SELECT shipped_quantity AS shipped, cardinality(cancelled_units) AS cancelled,
           (SELECT count(*)::int FROM saga s WHERE s.order_id = l.order_id AND s.status NOT IN ('COMPLETED', 'FAILED'))
             AS moving
         FROM order_line l WHERE id = $1`,
        [fromApiId('line', first)],
      );
      if (!row) throw new Error('The line is gone.');
      return row;
    };
    const { shipped, cancelled } = await until('the cancellations to end', async () => {
      const row = await readLine();
      return row.moving === 0 ? row : null;
    });
    expect(shipped + cancelled).toBeGreaterThan(0);
    expect(shipped + cancelled).toBeLessThanOrEqual(5);
    const left = 5 - shipped - cancelled;
    if (left > 0) await expect(send(id, [[first, left]])).resolves.toMatchObject({ userErrors: [] });
    expect((await send(id, [[first, 1]])).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  describe('to be sent', () => {
    const home = {
      id: newId(),
      label: null,
      recipient: 'Ada',
      line1: 'Marktgasse 1',
      line2: null,
      city: 'Bern',
      region: null,
      postalCode: '3011',
      countryCode: 'CH',
      phone: null,
      isDefault: true,
    };

    const listed = async (user: TestUser, page = ''): Promise<object[] | null> => {
      const data = await order.query<{ linesToShip: object[] | null }[]>(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Partner {
          linesToShip${page} { itemId orderId orderNumber title quantity shippingAddress { id city } paidAt }
        } } }`,
        { of: [{ __typename: 'Partner', id: toApiId('partner', partnerUuid) }] },
        user,
      );
      return data[0]?.linesToShip ?? null;
    };

    it('are listed for their seller, until they are sent or cancelled', async () => {
      for (const { orderId, itemId, quantity } of ((await listed(seller, '(first: 100)')) ?? []) as Record<
        'orderId' | 'itemId' | 'quantity',
        never
      >[])
        await send(orderId, [[itemId, quantity]]);
      await expect(listed(seller)).resolves.toEqual([]);

      order.participants.on('validateUser', () => done({ shippingAddress: home, locale: 'en' }));
      const { checkout, id, lines } = await mixed();
      const [first = '', second = ''] = lines;
      const line = {
        orderId: id,
        orderNumber: checkout.order.number,
        title: 'A thing, quoted',
        shippingAddress: { id: toApiId('addr', home.id), city: 'Bern' },
        paidAt: expect.any(String) as string,
      };
      const [one, two] = [
        { ...line, itemId: first, quantity: 5 },
        { ...line, itemId: second, quantity: 2 },
      ];
      await expect(listed(seller)).resolves.toEqual([one, two]);
      await expect(listed(admin, '(first: 1)')).resolves.toEqual([one]);
      await expect(listed(seller, `(first: 1, after: "${first}")`)).resolves.toEqual([two]);
      await send(id, [
        [first, 4],
        [second, 2],
      ]);
      await expect(listed(seller)).resolves.toEqual([{ ...one, quantity: 1 }]);
      await send(id, [[first, 1]]);
      await expect(listed(seller)).resolves.toEqual([]);

      const refunded = await mixed();
      expect((await cancel(refunded.id)).userErrors).toEqual([]);
      await until('the order to be cancelled', async () => ((await listed(seller)) ?? []).length === 0);
    });

    it('are read by their index', async () => {
      const runner = order.subgraph.dependencies.source.createQueryRunner();
      await runner.startTransaction();
      try {
        // As many lines of other sellers as make the planner's choice clear; gone with the transaction.
        await runner.query(`INSERT INTO order_line SELECT (c.copy).* FROM (
          SELECT jsonb_populate_record(l, jsonb_build_object('id', uuidv7(), 'partner_id', uuidv7(),
            'fulfilment', 'SHIPMENT', 'shipped_quantity', 0, 'cancelled_units', '[]'::jsonb, 'position', 100 + n)) AS copy
          FROM order_line l CROSS JOIN generate_series(1, 3000) AS n
          WHERE l.id = (SELECT id FROM order_line LIMIT 1)) AS c`);
        await runner.query('ANALYZE order_line');
        const firstId = '01900000-0000-7000-8000-000000000000';
        const plan: unknown = await runner.query(`EXPLAIN ${linesToShipSql}`, [[partnerUuid], firstId, 20]);
        expect(JSON.stringify(plan)).toContain('order_line_to_ship');
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    });
  });

  it('are not sent before the money is there, nor after it was returned', async () => {
    order.participants.on('processPayment', () => ({
      kind: 'waiting',
      output: { paymentId: newId() },
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    }));
    const { id } = await begun();
    const waiting = await order.reached(id, buyer, 'AWAITING_PAYMENT');
    const [line] = waiting.order.items;
    const ship = (orderId: string, itemId = ''): Promise<Shipped> =>
      send(orderId, [[itemId, 1]], { user: admin });
    expect((await ship(waiting.order.id, line?.id)).userErrors).toEqual([
      { code: 'ILLEGAL_TRANSITION', field: ['orderId'] },
    ]);
    order.participants.reset();
    const paid = await mixed();
    await order.subgraph.dependencies.source.query(
      "UPDATE customer_order SET payment_status = 'REFUNDED' WHERE id = $1",
      [fromApiId('order', paid.id)],
    );
    expect((await ship(paid.id, paid.lines[0])).userErrors).toEqual([
      { code: 'CONFLICT', field: ['orderId'] },
    ]);
  });
});
