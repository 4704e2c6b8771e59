import { newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { done, rejected } from './support/fake-participants.js';
import type { CheckoutView, Refusal } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

// Actions of people on checkouts: cancel, retry, resolve manually.

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
  checkout: { id: string; status: string } | null;
  replayed: boolean;
  userErrors: Refusal[];
}

const decide = (call: string, user: TestUser): Promise<Payload> =>
  order.query(
    `mutation { ${call} { checkout { id status } replayed userErrors { code message field } } }`,
    {},
    user,
  );
const cancel = (id: string, user = buyer): Promise<Payload> => decide(`cancelCheckout(id: "${id}")`, user);
const retry = (id: string, user = admin): Promise<Payload> => decide(`retryCheckout(id: "${id}")`, user);
const resolve = (id: string, note: string, user = admin): Promise<Payload> =>
  decide(`resolveCheckout(id: "${id}", note: ${JSON.stringify(note)})`, user);

const refusal = (code: string, field: string): object => ({
  checkout: null,
  replayed: false,
  userErrors: [{ code, message: expect.any(String) as string, field: [field] }],
});

const notes = ({ order: { history } }: CheckoutView): [string, string | undefined][] =>
  history.filter(({ type }) => type === 'NOTE').map(({ message, actor }) => [message, actor?.id]);

describe('cancelCheckout', () => {
  async function waiting(who = buyer): Promise<CheckoutView> {
    order.participants.on('processPayment', () => ({
      kind: 'waiting',
      output: { paymentId: newId() },
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    }));
    order.participants.on('revertPayment', () => done({ refunded: false }));
    const { id } = await order.buy(who, [{ offerId: order.catalog.offer().id }]);
    return order.reached(id, who, 'AWAITING_PAYMENT');
  }

  it('cancels the pending payment, releases the items, unlocks the cart, and records the actor', async () => {
    const { id } = await waiting();
    await expect(cancel(id)).resolves.toEqual({
      checkout: { id, status: expect.stringMatching(/COMPENSATING|FAILED/) as string },
      replayed: false,
      userErrors: [],
    });
    const ended = await order.reached(id, buyer, 'FAILED');
    expect(ended.failure).toMatchObject({ code: 'CONFLICT', message: 'The buyer canceled the checkout.' });
    expect(ended.compensations.map(({ name, status }) => [name, status])).toEqual([
      ['PROCESS_PAYMENT', 'COMPENSATED'],
      ['RESERVE_ITEMS', 'COMPENSATED'],
    ]);
    expect(ended.order).toMatchObject({
      status: 'CANCELLED',
      paymentStatus: 'FAILED',
      refunded: { amount: 0 },
    });
    expect(notes(ended)).toEqual([['The buyer canceled the checkout.', buyer.id]]);
    await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 1, problems: [] });
  });

  it('refunds a payment that was completed concurrently', async () => {
    const { id } = await waiting();
    order.participants.on('revertPayment', ({ sagaId }) =>
      done({ refunded: true, payment: order.participants.refundedMoney(sagaId) }),
    );
    await cancel(id);
    expect((await order.reached(id, buyer, 'FAILED')).order.paymentStatus).toBe('REFUNDED');
  });

  it('is permitted to the buyer and to holders of orders:manage', async () => {
    const { id } = await waiting();
    await expect(cancel(id, order.user())).resolves.toEqual(refusal('NOT_FOUND', 'id'));
    await expect(cancel(toApiId('checkout', newId()))).resolves.toEqual(refusal('NOT_FOUND', 'id'));
    await expect(cancel('checkout_x')).resolves.toEqual(refusal('NOT_FOUND', 'id'));
    await expect(order.errorOf(`mutation { cancelCheckout(id: "${id}") { replayed } }`)).resolves.toBe(
      'UNAUTHENTICATED',
    );
    await cancel(id, admin);
    expect(notes(await order.reached(id, buyer, 'FAILED'))).toEqual([
      ['The checkout was canceled for the buyer.', admin.id],
    ]);
  });

  it('succeeds once for concurrent requests, and only while the checkout waits', async () => {
    const { id } = await waiting();
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(id)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const ended = await order.reached(id, buyer, 'FAILED');
    expect(notes(ended)).toHaveLength(1);
    await expect(cancel(id)).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'id'));
    order.participants.reset();
    const bought = await order.buy(buyer, [{ offerId: order.catalog.offer().id }]);
    await order.reached(bought.id, buyer, 'COMPLETED');
    await expect(cancel(bought.id)).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'id'));
  });

  it('and a concurrent payment: exactly one of them succeeds', async () => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const who = order.user();
        const checkout = await waiting(who);
        const payment = await order.participants.untilHeard('processPayment', checkout);
        const [given] = await Promise.all([
          cancel(checkout.id, who),
          order.participants.reply(payment, done({ paymentId: newId() })),
        ]);
        const ended = await order.reached(checkout.id, who, 'COMPLETED', 'FAILED');
        expect(ended.status).toBe(given.userErrors.length === 0 ? 'FAILED' : 'COMPLETED');
        return checkout.id;
      }),
    );
    expect(ids).toHaveLength(6);
  });
});

describe('a checkout that needs attention', () => {
  async function stuck(): Promise<CheckoutView> {
    order.participants.on('confirmItems', () => rejected('CONFLICT'));
    order.participants.on('revertPayment', () => ({ kind: 'fault', error: 'Stripe is away' }));
    const { id } = await order.buy(buyer, [{ offerId: order.catalog.offer().id }]);
    return order.reached(id, buyer, 'NEEDS_ATTENTION');
  }

  it('is recorded in the history of its order', async () => {
    const { order: seen } = await stuck();
    expect(seen.status).toBe('PAID');
    expect(seen.history.at(-1)).toMatchObject({
      type: 'SAGA',
      message: expect.stringMatching(/PROCESS_PAYMENT/) as string,
    });
  });

  it('can be retried until it is FAILED with everything compensated', async () => {
    const { id } = await stuck();
    await expect(retry(id)).resolves.toMatchObject({ checkout: { id }, userErrors: [] });
    await order.reached(id, buyer, 'NEEDS_ATTENTION');
    order.participants.reset();
    await until('a retry that is taken', async () => (await retry(id)).userErrors.length === 0);
    const ended = await order.reached(id, buyer, 'FAILED');
    expect(ended.compensations.map(({ name, status }) => [name, status])).toEqual([
      ['PROCESS_PAYMENT', 'COMPENSATED'],
      ['RESERVE_ITEMS', 'COMPENSATED'],
    ]);
    expect(ended.order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'REFUNDED' });
    expect(new Set(notes(ended).map(([, actor]) => actor))).toEqual(new Set([admin.id]));
    await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 1, problems: [] });
  });

  it('continues after a manual resolution: the rest is compensated, and the history has the note', async () => {
    const { id } = await stuck();
    await expect(resolve(id, ' ')).resolves.toEqual(refusal('INVALID', 'note'));
    await expect(resolve(id, 'x'.repeat(501))).resolves.toEqual(refusal('INVALID', 'note'));
    await expect(resolve(id, 'Refunded in the dashboard.')).resolves.toMatchObject({ userErrors: [] });
    const ended = await order.reached(id, buyer, 'FAILED');
    expect(ended.compensations.map(({ name }) => name)).toEqual(['PROCESS_PAYMENT', 'RESERVE_ITEMS']);
    expect(ended.order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'PAID' });
    expect(notes(ended)).toEqual([['Resolved manually: Refunded in the dashboard.', admin.id]]);
    expect(order.participants.heardOf(await sagaOf(ended))).toContain('releaseItems');
  });

  it('is open to holders of orders:manage only; other checkouts cannot be retried or resolved', async () => {
    const { id } = await stuck();
    for (const call of [`retryCheckout(id: "${id}")`, `resolveCheckout(id: "${id}", note: "x")`]) {
      await expect(order.errorOf(`mutation { ${call} { replayed } }`, {}, buyer)).resolves.toBe('FORBIDDEN');
    }
    await resolve(id, 'By hand.');
    await order.reached(id, buyer, 'FAILED');
    await expect(retry(id)).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'id'));
    await expect(resolve(id, 'x')).resolves.toEqual(refusal('ILLEGAL_TRANSITION', 'id'));
    await expect(retry(toApiId('checkout', newId()))).resolves.toEqual(refusal('NOT_FOUND', 'id'));
  });
});

async function sagaOf({ transactionId }: CheckoutView): Promise<string> {
  const [row] = await order.subgraph.dependencies.source.query<{ id: string }[]>(
    'SELECT id FROM saga WHERE transaction_id = $1',
    [transactionId],
  );
  return row?.id ?? '';
}
