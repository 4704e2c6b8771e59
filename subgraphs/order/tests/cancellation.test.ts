import { randomUUID } from 'node:crypto';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { done, rejected } from './support/fake-participants.js';
import type { FakeOffer } from './support/fake-catalog.js';
import type { CheckoutView, Refusal } from './support/order-subgraph.js';
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

type OrderView = CheckoutView['order'];

interface Payload {
  order: { id: string; status: string; allowedTransitions: string[] } | null;
  replayed: boolean;
  userErrors: Refusal[];
}

const cancel = (
  id: string,
  {
    user = buyer,
    reason = 'I cannot come.',
    key = randomUUID(),
  }: { user?: TestUser; reason?: string; key?: string } = {},
): Promise<Payload> =>
  order.query(
    `mutation ($id: ID!, $reason: String!, $key: String!) {
      cancelOrder(id: $id, reason: $reason, idempotencyKey: $key) {
        order { id status allowedTransitions } replayed userErrors { code message field }
      }
    }`,
    { id, reason, key },
    user,
  );

const refusal = (code: string, field: string): object => ({
  order: null,
  replayed: false,
  userErrors: [{ code, message: expect.any(String) as string, field: [field] }],
});

const sql = <Row>(query: string, values: unknown[]): Promise<Row[]> =>
  order.subgraph.dependencies.source.query<Row[]>(query, values);

async function bought(offer: Partial<FakeOffer> = {}, user = buyer): Promise<CheckoutView> {
  const { checkout } = await order.createOrder(user, {
    items: [{ offerId: order.catalog.offer(offer).id, quantity: 2 }],
  });
  return order.reached(checkout?.id ?? '', user, 'COMPLETED');
}

const seen = async ({ id }: CheckoutView, user = buyer): Promise<OrderView> => {
  const checkout = await order.read(id, user);
  if (!checkout) throw new Error('The checkout is gone.');
  return checkout.order;
};

const ended = (checkout: CheckoutView, user = buyer): Promise<OrderView> =>
  until('a cancelled order', async () => {
    const view = await seen(checkout, user);
    return view.status === 'CANCELLED' ? view : null;
  });

const cancellationOf = async ({
  order: { number },
}: CheckoutView): Promise<{ id: string; status: string }> => {
  const [row] = await sql<{ id: string; status: string }>(
    `SELECT s.id, s.status FROM saga s JOIN customer_order o ON o.id = s.order_id
     WHERE o.number = $1 AND s.definition = 'cancel-order' ORDER BY s.id DESC LIMIT 1`,
    [number],
  );
  if (!row) throw new Error('There is no cancellation.');
  return row;
};

const redeemOne = (checkout: CheckoutView): Promise<unknown> =>
  sql("UPDATE purchase_token SET status = 'REDEEMED' WHERE code = $1", [checkout.order.tokens[0]?.code]);

describe('a cancellation', () => {
  it('revokes the tokens, refunds, returns the items, reverses the statistics, and notifies the buyer', async () => {
    const checkout = await bought();
    const answer = await cancel(checkout.order.id);
    expect(answer).toMatchObject({ order: { id: checkout.order.id }, replayed: false, userErrors: [] });
    const view = await ended(checkout);
    expect(view).toMatchObject({
      status: 'CANCELLED',
      paymentStatus: 'REFUNDED',
      refunded: { amount: 2_000 },
      cancelReason: 'I cannot come.',
      allowedTransitions: [],
    });
    expect(view.cancelledAt).not.toBeNull();
    expect(view.tokens.map(({ status }) => status)).toEqual(['REVOKED', 'REVOKED']);
    expect(
      view.history.slice(-4).map(({ type, message, actor }) => [type, message, actor?.id ?? null]),
    ).toEqual([
      ['NOTE', 'The order is being cancelled: I cannot come.', buyer.id],
      ['TOKEN', 'The tokens were revoked.', null],
      ['REFUND', 'Refunded so far: €20.00.', null],
      ['STATUS', 'The order was cancelled: I cannot come.', buyer.id],
    ]);
    const { id } = await cancellationOf(checkout);
    expect(order.participants.heardOf(id)).toEqual([
      'validateRefund',
      'refundOrder',
      'returnSoldItems',
      'withdrawPurchase',
      'recordCancellation',
    ]);
    const [row] = await sql<{ id: string }>('SELECT id FROM saga WHERE transaction_id = $1', [
      checkout.transactionId,
    ]);
    const payloads = order.participants.heard.filter(({ sagaId }) => sagaId === id);
    expect(payloads[0]?.payload).toEqual({ checkoutId: row?.id });
    expect(payloads.at(-1)?.payload).toMatchObject({
      userId: buyer.userId,
      orderNumber: checkout.order.number,
      reason: 'I cannot come.',
    });
    // The checkout is unchanged, and the cancellation is not listed as a checkout.
    await expect(order.read(checkout.id, buyer)).resolves.toMatchObject({
      status: 'COMPLETED',
      compensations: [],
    });
    await expect(order.read(toApiId('checkout', id), admin)).resolves.toBeNull();
  });

  it('of goods is possible until they are shipped', async () => {
    const offer = order.catalog.offer({ fulfilment: 'SHIPMENT' });
    const { checkout } = await order.createOrder(buyer, {
      items: [{ offerId: offer.id }],
      shippingAddressId: toApiId('addr', newId()),
    });
    const paid = await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    expect(paid.order.status).toBe('PAID');
    await cancel(paid.order.id, { user: admin, reason: 'Sold out.' });
    expect(await ended(paid)).toMatchObject({
      paymentStatus: 'REFUNDED',
      cancelReason: 'Sold out.',
      tokens: [],
    });
  });

  it('of a free order refunds nothing', async () => {
    const checkout = await bought({ amount: 0 });
    await cancel(checkout.order.id);
    const view = await ended(checkout);
    expect(view.refunded.amount).toBe(0);
    expect(view.history.map(({ type }) => type)).not.toContain('REFUND');
  });
});

describe('a cancellation is rejected', () => {
  it('after a token was redeemed, and changes nothing', async () => {
    const checkout = await bought();
    await redeemOne(checkout);
    await expect(cancel(checkout.order.id)).resolves.toEqual(refusal('NOT_CANCELLABLE', 'id'));
    await expect(seen(checkout)).resolves.toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID' });
  });

  it('if a token is redeemed after it began: the order is unchanged, and the history has the reason', async () => {
    const checkout = await bought();
    // The redemption holds the token's row lock; the first step of the cancellation waits for it.
    const runner = order.subgraph.dependencies.source.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM purchase_token WHERE code = $1 FOR UPDATE', [
      checkout.order.tokens[0]?.code,
    ]);
    await expect(cancel(checkout.order.id)).resolves.toMatchObject({
      order: { status: 'COMPLETED', allowedTransitions: [] },
      userErrors: [],
    });
    await runner.query("UPDATE purchase_token SET status = 'REDEEMED' WHERE code = $1", [
      checkout.order.tokens[0]?.code,
    ]);
    await runner.commitTransaction();
    await runner.release();
    await until('the refusal', async () => (await cancellationOf(checkout)).status === 'FAILED');
    const view = await seen(checkout);
    expect(view).toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID', refunded: { amount: 0 } });
    expect(view.tokens.map(({ status }) => status).sort()).toEqual(['ACTIVE', 'REDEEMED']);
    expect(view.history.at(-1)?.message).toMatch(/could not be cancelled.*redeemed/);
    expect(order.participants.heardOf((await cancellationOf(checkout)).id)).toEqual(['validateRefund']);
    await expect(cancel(checkout.order.id)).resolves.toEqual(refusal('NOT_CANCELLABLE', 'id'));
  });

  it('while the checkout is running, and after it has failed', async () => {
    order.participants.on('processPayment', () => null);
    const { checkout } = await order.createOrder(buyer, { items: [{ offerId: order.catalog.offer().id }] });
    if (!checkout) throw new Error('It was not started.');
    const { id } = checkout.order;
    await expect(cancel(id)).resolves.toEqual(refusal('CONFLICT', 'id'));
    const command = await order.participants.untilHeard('processPayment', checkout);
    await order.participants.reply(command, rejected('PAYMENT_DECLINED'));
    await order.reached(checkout.id, buyer, 'FAILED');
    await expect(cancel(id)).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'id'));
  });

  it('for other users, for unknown orders, and without a reason', async () => {
    const { order: view } = await bought();
    await expect(cancel(view.id, { user: order.user() })).resolves.toEqual(refusal('NOT_FOUND', 'id'));
    await expect(cancel('order_x')).resolves.toEqual(refusal('NOT_FOUND', 'id'));
    await expect(cancel(view.id, { reason: '  ' })).resolves.toEqual(refusal('INVALID', 'reason'));
    await expect(cancel(view.id, { reason: 'a\0b' })).resolves.toEqual(refusal('INVALID', 'reason'));
    await expect(cancel(view.id, { reason: 'to 4242 4242 4242 4242' })).resolves.toEqual(
      refusal('INVALID', 'reason'),
    );
    await expect(cancel(view.id, { key: '' })).resolves.toEqual(refusal('INVALID', 'idempotencyKey'));
  });
});

describe('concurrent cancellations', () => {
  it('with one key are one cancellation', async () => {
    const checkout = await bought();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(checkout.order.id, { key })));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await ended(checkout);
    await expect(cancel(checkout.order.id, { key })).resolves.toMatchObject({
      order: { status: 'CANCELLED' },
      replayed: true,
      userErrors: [],
    });
    await expect(cancel(checkout.order.id, { key, reason: 'Another.' })).resolves.toEqual(
      refusal('IDEMPOTENCY_CONFLICT', 'idempotencyKey'),
    );
  });

  it('with different keys: the first cancels, the others get CONFLICT', async () => {
    const checkout = await bought();
    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(checkout.order.id)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    for (const { userErrors } of answers) {
      for (const { code } of userErrors) expect(['CONFLICT', 'ILLEGAL_TRANSITION']).toContain(code);
    }
    await ended(checkout);
    const checkoutId = fromApiId('checkout', checkout.id);
    const refunds = order.participants.heard.filter(
      ({ command, payload }) =>
        command === 'refundOrder' && (payload as { checkoutId: string }).checkoutId === checkoutId,
    );
    // The same saga retries a slow step.
    expect(new Set(refunds.map(({ sagaId }) => sagaId)).size).toBe(1);
  });
});

describe('a cancellation that needs attention', () => {
  const attend = (call: string): Promise<{ userErrors: Refusal[] }> =>
    order.query(`mutation { ${call} { checkout { id } userErrors { code } } }`, {}, admin);

  it.each([
    ['given up', () => ({ kind: 'fault' as const, error: 'Stripe is away' })],
    ['refused', () => rejected('CONFLICT')],
  ])('after a refund that was %s stays visible, and a retry completes it', async (_what, answer) => {
    order.participants.on('refundOrder', answer);
    const checkout = await bought();
    await cancel(checkout.order.id);
    await until('the saga to need attention', async () => {
      return (await cancellationOf(checkout)).status === 'NEEDS_ATTENTION';
    });
    const stuck = await seen(checkout);
    expect(stuck).toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID', allowedTransitions: [] });
    expect(stuck.history.at(-1)?.message).toMatch(/needs attention: the payment could not be refunded/);
    await expect(cancel(checkout.order.id)).resolves.toEqual(refusal('CONFLICT', 'id'));
    order.participants.reset();
    expect((await attend(`retryCheckout(id: "${checkout.id}")`)).userErrors).toEqual([]);
    expect(await ended(checkout)).toMatchObject({ paymentStatus: 'REFUNDED', refunded: { amount: 2_000 } });
  });

  it('continues after a manual resolution, and states what payment states', async () => {
    order.participants.on('refundOrder', () => rejected('CONFLICT'));
    const checkout = await bought();
    await cancel(checkout.order.id);
    await until('the saga to need attention', async () => {
      return (await cancellationOf(checkout)).status === 'NEEDS_ATTENTION';
    });
    await attend(`resolveCheckout(id: "${checkout.id}", note: "Paid in cash.")`);
    const view = await ended(checkout);
    expect(view).toMatchObject({ paymentStatus: 'PAID', refunded: { amount: 0 } });
    expect(view.history.map(({ message }) => message)).toContain('Resolved manually: Paid in cash.');
    expect(order.participants.heardOf((await cancellationOf(checkout)).id)).toContain('returnSoldItems');
  });

  it.each(['returnSoldItems', 'withdrawPurchase', 'recordCancellation'] as const)(
    'at %s is sent again by itself',
    async (command) => {
      order.participants.on(command, () => ({ kind: 'fault', error: 'away' }));
      const checkout = await bought();
      await cancel(checkout.order.id);
      await until('the saga to need attention', async () => {
        return (await cancellationOf(checkout)).status === 'NEEDS_ATTENTION';
      });
      await expect(seen(checkout)).resolves.toMatchObject({ status: 'COMPLETED', paymentStatus: 'REFUNDED' });
      order.participants.on(command, () => done());
      const { id } = await cancellationOf(checkout);
      await sql('UPDATE saga SET wake_at = now() WHERE id = $1 AND wake_at IS NOT NULL', [id]);
      await ended(checkout);
    },
  );
});
