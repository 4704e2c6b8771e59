import { randomUUID } from 'node:crypto';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { rejected } from './support/fake-participants.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { OrderUnderTest } from './support/order-subgraph.js';

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

interface Line {
  id: string;
  title: string;
  quantity: number;
  cancelledQuantity: number;
  cancellableQuantity: number;
  tokens: { id: string; code: string; status: string }[];
}

interface View {
  id: string;
  status: string;
  paymentStatus: string;
  refunded: { amount: number };
  allowedTransitions: string[];
  items: Line[];
  history: { type: string; message: string; actor: { id: string } | null }[];
}

interface Bought extends View {
  checkout: { id: string };
  line: (index: number) => Line;
}

const view = `id status paymentStatus refunded { amount } allowedTransitions checkout { id }
  items { id title quantity cancelledQuantity cancellableQuantity tokens { id code status } }
  history { type message actor { id } }`;

const seen = (id: string): Promise<View> =>
  order.query(`query ($id: ID!) { order(id: $id) { ${view} } }`, { id }, buyer);

const sql = <Row>(query: string, values: unknown[]): Promise<Row[]> =>
  order.subgraph.dependencies.source.query<Row[]>(query, values);

/** Buys offers, each of this many units. */
async function bought(
  ...offers: (Partial<FakeOffer> & { units: number; seatIds?: string[] })[]
): Promise<Bought> {
  const ships = offers.some(({ fulfilment }) => fulfilment === 'SHIPMENT');
  const { checkout } = await order.createOrder(buyer, {
    items: offers.map(({ units, seatIds, ...offer }) => ({
      offerId: order.catalog.offer(offer).id,
      quantity: units,
      ...(seatIds && { seatIds }),
    })),
    ...(ships && { shippingAddressId: toApiId('addr', newId()) }),
  });
  const ended = await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
  const found = await seen(ended.order.id);
  const line = (index: number): Line => {
    const item = found.items[index];
    if (!item) throw new Error(`There is no line ${index}.`);
    return item;
  };
  return { ...found, checkout: { id: ended.id }, line };
}

interface Item {
  itemId: string;
  quantity: number;
  tokenIds?: (string | undefined)[];
  seatIds?: string[];
}

interface Answer {
  order: { id: string; status: string; allowedTransitions: string[] } | null;
  replayed: boolean;
  userErrors: { __typename: string; code: string; field: string[]; cancellable?: number }[];
}

const cancel = (
  orderId: string,
  items: Item[],
  {
    user = buyer,
    reason = 'I cannot come.',
    key = randomUUID(),
  }: { user?: TestUser; reason?: string; key?: string } = {},
): Promise<Answer> =>
  order.query(
    `mutation ($orderId: ID!, $items: [CancelItemInput!]!, $reason: String!, $key: String!) {
      cancelOrderItems(orderId: $orderId, items: $items, reason: $reason, idempotencyKey: $key) {
        order { id status allowedTransitions } replayed
        userErrors { __typename code field ... on NotCancellableError { cancellable } }
      }
    }`,
    { orderId, items, reason, key },
    user,
  );

const cancelOrder = (id: string): Promise<Answer> =>
  order.query(
    `mutation ($id: ID!, $key: String!) {
      cancelOrder(id: $id, reason: "All of it.", idempotencyKey: $key) { userErrors { code } }
    }`,
    { id, key: randomUUID() },
    buyer,
  );

interface SagaRow {
  id: string;
  definition: string;
  status: string;
}

const cancellationsOf = async (id: string): Promise<SagaRow[]> =>
  sql<SagaRow>(
    `SELECT id, definition, status FROM saga WHERE order_id = $1 AND definition <> 'checkout' ORDER BY id`,
    [fromApiId('order', id)],
  );

/** Waits until all cancellations of an order have ended. */
const settled = (id: string, status = 'COMPLETED'): Promise<View> =>
  until(`cancellations that are ${status}`, async () => {
    const sagas = await cancellationsOf(id);
    return sagas.every((saga) => saga.status === status) ? seen(id) : null;
  });

const payloadsOf = (sagaId: string): Record<string, unknown> =>
  Object.fromEntries(
    order.participants.heard
      .filter((each) => each.sagaId === sagaId)
      .map(({ command, payload }) => [command, payload]),
  );

const redeem = (code: string | undefined): Promise<unknown> =>
  sql("UPDATE purchase_token SET status = 'REDEEMED' WHERE code = $1", [code]);

const statuses = ({ tokens }: Line): string[] => tokens.map(({ status }) => status);

describe('the cancellation of a part', () => {
  it('revokes, refunds, returns and subtracts exactly the units', async () => {
    const partnerUuid = newId();
    const { id, line, checkout } = await bought({ units: 3, partnerUuid }, { units: 1, amount: 250 });
    await expect(cancel(id, [{ itemId: line(0).id, quantity: 2 }])).resolves.toEqual({
      order: { id, status: 'COMPLETED', allowedTransitions: [] },
      replayed: false,
      userErrors: [],
    });
    const after = await settled(id);
    expect(after).toMatchObject({
      status: 'COMPLETED',
      paymentStatus: 'PARTIALLY_REFUNDED',
      refunded: { amount: 2_000 },
      allowedTransitions: ['CANCELLED'],
      items: [
        { quantity: 3, cancelledQuantity: 2, cancellableQuantity: 1 },
        { quantity: 1, cancelledQuantity: 0, cancellableQuantity: 1 },
      ],
    });
    expect(after.items.map(statuses)).toEqual([['REVOKED', 'REVOKED', 'ACTIVE'], ['ACTIVE']]);
    expect(
      after.history.slice(-4).map(({ type, message, actor }) => [type, message, actor?.id ?? null]),
    ).toEqual([
      ['NOTE', 'A part of the order is being cancelled: 2 × A thing, quoted. I cannot come.', buyer.id],
      ['TOKEN', '2 tokens were revoked.', null],
      ['REFUND', 'Refunded so far: €20.00.', null],
      ['SAGA', 'A part of the order was cancelled: 2 × A thing, quoted. I cannot come.', buyer.id],
    ]);
    const [saga] = await cancellationsOf(id);
    const checkoutId = fromApiId('checkout', checkout.id);
    const lineId = fromApiId('line', line(0).id);
    expect(payloadsOf(saga?.id ?? '')).toEqual({
      validateRefund: { checkoutId, isPartial: true },
      refundItems: { checkoutId, lines: [{ partnerId: partnerUuid, amount: 2_000 }] },
      returnSoldUnits: { checkoutId, lines: [{ lineId, quantity: 2, seatIds: [] }] },
      withdrawUnits: { checkoutId, units: 2, total: { amount: 2_000, currency: 'EUR' } },
      recordItemCancellation: {
        userId: buyer.userId,
        orderId: fromApiId('order', id),
        orderNumber: expect.any(String) as string,
        reason: 'I cannot come.',
        lines: [expect.objectContaining({ quantity: 2, title: 'A thing, quoted' }) as object],
      },
    });
  });

  it('is of the named tokens, or seats', async () => {
    const seatIds = [newId(), newId(), newId()].map((seat) => toApiId('seat', seat));
    const { id, line } = await bought(
      { units: 3 },
      { units: 3, seated: true, fulfilment: 'TICKET', seatIds },
    );
    const named = [line(0).tokens[2]?.id, line(0).tokens[1]?.id];
    await cancel(id, [
      { itemId: line(0).id, quantity: 2, tokenIds: named },
      { itemId: line(1).id, quantity: 1, seatIds: seatIds.slice(1, 2) },
    ]);
    const after = await settled(id);
    expect(after.items.map(statuses)).toEqual([
      ['ACTIVE', 'REVOKED', 'REVOKED'],
      ['ACTIVE', 'REVOKED', 'ACTIVE'],
    ]);
    const [saga] = await cancellationsOf(id);
    expect(payloadsOf(saga?.id ?? '')['returnSoldUnits']).toMatchObject({
      lines: [
        { quantity: 2, seatIds: [] },
        { quantity: 1, seatIds: [fromApiId('seat', seatIds[1] ?? '')] },
      ],
    });
  });

  it('never is of a redeemed unit, and says how many others can be cancelled', async () => {
    const { id, line } = await bought({ units: 3 });
    await redeem(line(0).tokens[0]?.code);
    const refusal = (field: string[]): object => ({
      order: null,
      replayed: false,
      userErrors: [{ __typename: 'NotCancellableError', code: 'NOT_CANCELLABLE', field, cancellable: 2 }],
    });
    const itemId = line(0).id;
    await expect(cancel(id, [{ itemId, quantity: 3 }])).resolves.toEqual(refusal(['items', '0', 'quantity']));
    await expect(cancel(id, [{ itemId, quantity: 1, tokenIds: [line(0).tokens[0]?.id] }])).resolves.toEqual(
      refusal(['items', '0', 'tokenIds', '0']),
    );
    await expect(cancel(id, [{ itemId, quantity: 2 }])).resolves.toMatchObject({ userErrors: [] });
    const after = await settled(id);
    expect(after).toMatchObject({
      status: 'COMPLETED',
      refunded: { amount: 2_000 },
      items: [{ cancelledQuantity: 2, cancellableQuantity: 0 }],
    });
    expect(after.items.map(statuses)).toEqual([['REDEEMED', 'REVOKED', 'REVOKED']]);
  });

  it('of the last units cancels the order', async () => {
    const { id, line } = await bought({ units: 2 }, { units: 1 });
    await cancel(id, [{ itemId: line(0).id, quantity: 1 }]);
    await settled(id);
    await cancel(id, [
      { itemId: line(1).id, quantity: 1 },
      { itemId: line(0).id, quantity: 1 },
    ]);
    await expect(settled(id)).resolves.toMatchObject({
      status: 'CANCELLED',
      paymentStatus: 'REFUNDED',
      refunded: { amount: 3_000 },
      items: [
        { cancelledQuantity: 2, cancellableQuantity: 0 },
        { cancelledQuantity: 1, cancellableQuantity: 0 },
      ],
    });
    expect((await cancellationsOf(id)).map(({ definition }) => definition)).toEqual([
      'cancel-items',
      'cancel-order',
    ]);
    await expect(cancel(id, [{ itemId: line(0).id, quantity: 1 }])).resolves.toMatchObject({
      userErrors: [{ code: 'ILLEGAL_TRANSITION', field: ['orderId'] }],
    });
  });

  it('leaves the rest to cancelOrder', async () => {
    const { id, line } = await bought({ units: 3 });
    await cancel(id, [{ itemId: line(0).id, quantity: 1 }]);
    await settled(id);
    await expect(cancelOrder(id)).resolves.toEqual({ userErrors: [] });
    await expect(settled(id)).resolves.toMatchObject({
      status: 'CANCELLED',
      refunded: { amount: 3_000 },
      items: [{ cancelledQuantity: 3 }],
    });
    const [, whole] = await cancellationsOf(id);
    const [row] = await sql<{ total: { amount: number } }>(
      `SELECT input->'total' AS total FROM saga WHERE id = $1`,
      [whole?.id],
    );
    expect(row?.total.amount).toBe(2_000);
  });

  it('of all goods completes the order, and refunds nothing for what was free', async () => {
    const { id, line, status } = await bought({ units: 2, fulfilment: 'SHIPMENT', amount: 0 }, { units: 1 });
    expect(status).toBe('PAID');
    await cancel(id, [{ itemId: line(0).id, quantity: 2 }], { user: admin, reason: 'Sold out.' });
    const after = await settled(id);
    expect(after).toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID', refunded: { amount: 0 } });
    expect(after.history.at(-1)).toMatchObject({ type: 'STATUS', message: 'The order was completed.' });
  });
});

describe('the cancellation of a part is refused', () => {
  it('for input that breaks a rule, all of it at once', async () => {
    const { id, line } = await bought({ units: 2 });
    const other = await bought({ units: 1 });
    const itemId = line(0).id;
    const [first, second] = line(0).tokens;
    const problems = async (items: Item[]): Promise<string[]> =>
      (await cancel(id, items)).userErrors.map(({ code, field }) => `${code} ${field.join('.')}`);
    await expect(problems([])).resolves.toEqual(['INVALID items']);
    await expect(
      problems([
        { itemId: other.line(0).id, quantity: 1 },
        { itemId, quantity: 0 },
        { itemId, quantity: 1, tokenIds: [first?.id, second?.id] },
      ]),
    ).resolves.toEqual([
      'NOT_FOUND items.0.itemId',
      'INVALID items.1.quantity',
      'INVALID items.2.itemId',
      'INVALID items.2.tokenIds',
    ]);
    await expect(problems([{ itemId, quantity: 2, tokenIds: [first?.id, first?.id] }])).resolves.toEqual([
      'INVALID items.0.tokenIds',
    ]);
    await expect(
      problems([{ itemId, quantity: 1, tokenIds: [other.line(0).tokens[0]?.id] }]),
    ).resolves.toEqual(['NOT_FOUND items.0.tokenIds.0']);
    await expect(
      problems([{ itemId, quantity: 1, tokenIds: [first?.id], seatIds: [toApiId('seat', newId())] }]),
    ).resolves.toEqual(['INVALID items.0.seatIds']);
    await expect(cancel(id, [{ itemId, quantity: 1 }], { user: order.user() })).resolves.toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['orderId'] }],
    });
    await expect(cancel(id, [{ itemId, quantity: 1 }], { reason: ' ' })).resolves.toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['reason'] }],
    });
    await expect(settled(id)).resolves.toMatchObject({ items: [{ cancelledQuantity: 0 }] });
  });

  it('if a token is redeemed after it began: nothing has changed', async () => {
    const { id, line } = await bought({ units: 2 });
    order.participants.on('validateRefund', () => null);
    await cancel(id, [{ itemId: line(0).id, quantity: 1 }]);
    await expect(seen(id)).resolves.toMatchObject({ items: [{ cancellableQuantity: 0 }] });
    const command = await until('the first step', async () => {
      const [saga] = await cancellationsOf(id);
      return order.participants.heard.find(({ sagaId }) => sagaId === saga?.id);
    });
    await redeem(line(0).tokens[0]?.code);
    await order.participants.reply(command, { kind: 'done', output: {} });
    const after = await settled(id, 'FAILED');
    expect(after).toMatchObject({
      refunded: { amount: 0 },
      items: [{ cancelledQuantity: 0, cancellableQuantity: 1 }],
    });
    expect(after.items.map(statuses)).toEqual([['REDEEMED', 'ACTIVE']]);
    expect(after.history.at(-1)?.message).toMatch(/could not be cancelled: .*redeemed/);
  });

  it('while the payment is disputed, and after a chargeback of a part', async () => {
    const { id, line } = await bought({ units: 2 });
    const items = [{ itemId: line(0).id, quantity: 1 }];
    const refusal = {
      userErrors: [{ __typename: 'InputError', code: 'NOT_CANCELLABLE', field: ['orderId'] }],
    };
    for (const column of ['disputed_amount', 'charged_back_amount']) {
      await sql(`UPDATE customer_order SET ${column} = 500 WHERE id = $1`, [fromApiId('order', id)]);
      await expect(cancel(id, items)).resolves.toMatchObject(refusal);
      await expect(seen(id)).resolves.toMatchObject({ items: [{ cancellableQuantity: 0 }] });
      await sql(`UPDATE customer_order SET ${column} = 0 WHERE id = $1`, [fromApiId('order', id)]);
    }
  });
});

describe('concurrent cancellations of a part', () => {
  it('with one key are one cancellation', async () => {
    const { id, line } = await bought({ units: 5 });
    const [items, key] = [[{ itemId: line(0).id, quantity: 1 }], randomUUID()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(id, items, { key })));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(settled(id)).resolves.toMatchObject({ items: [{ cancelledQuantity: 1 }] });
    await expect(cancel(id, items, { key, reason: 'Another.' })).resolves.toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', field: ['idempotencyKey'] }],
    });
  });

  it('with different keys never cancel a unit twice', async () => {
    const { id, line } = await bought({ units: 3 });
    const items = [{ itemId: line(0).id, quantity: 2 }];
    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(id, items)));
    const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(refused).toHaveLength(9);
    for (const code of refused) expect(['CONFLICT', 'NOT_CANCELLABLE']).toContain(code);
    await expect(settled(id)).resolves.toMatchObject({
      refunded: { amount: 2_000 },
      items: [{ cancelledQuantity: 2, cancellableQuantity: 1 }],
    });
    expect(await cancellationsOf(id)).toHaveLength(1);
  });
});

it('a refund of units that needs attention blocks the order until it is retried', async () => {
  order.participants.on('refundItems', () => rejected('CONFLICT'));
  const { id, line, checkout } = await bought({ units: 2 });
  const items = [{ itemId: line(0).id, quantity: 1 }];
  await cancel(id, items);
  const stuck = await settled(id, 'NEEDS_ATTENTION');
  expect(stuck).toMatchObject({ paymentStatus: 'PAID', items: [{ cancelledQuantity: 0 }] });
  expect(stuck.history.at(-1)?.message).toMatch(/needs attention: the payment could not be refunded/);
  await expect(cancel(id, items)).resolves.toMatchObject({ userErrors: [{ code: 'CONFLICT' }] });
  await expect(cancelOrder(id)).resolves.toEqual({ userErrors: [{ code: 'CONFLICT' }] });
  order.participants.reset();
  await order.query(`mutation { retryCheckout(id: "${checkout.id}") { userErrors { code } } }`, {}, admin);
  await expect(settled(id)).resolves.toMatchObject({
    paymentStatus: 'PARTIALLY_REFUNDED',
    items: [{ cancelledQuantity: 1 }],
  });
});
