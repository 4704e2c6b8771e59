import { newId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { done, rejected } from './support/fake-participants.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;
let offer: FakeOffer;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(() => {
  order.participants.reset();
  order.catalog.away = false;
  buyer = order.user();
  offer = order.catalog.offer();
});

const codes = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);

describe('a checkout that fails', () => {
  it.each([
    ['validateUser', [], 'UNPAID'],
    ['reserveItems', [], 'UNPAID'],
    ['processPayment', ['RESERVE_ITEMS'], 'FAILED'],
    ['confirmItems', ['PROCESS_PAYMENT', 'RESERVE_ITEMS'], 'REFUNDED'],
    ['addPurchase', ['GENERATE_TOKENS', 'CONFIRM_ITEMS', 'PROCESS_PAYMENT', 'RESERVE_ITEMS'], 'REFUNDED'],
    [
      'recordPurchase',
      ['UPDATE_STATS', 'GENERATE_TOKENS', 'CONFIRM_ITEMS', 'PROCESS_PAYMENT', 'RESERVE_ITEMS'],
      'REFUNDED',
    ],
  ] as const)('at %s undoes %j and leaves the cart', async (command, undone, paymentStatus) => {
    order.participants.on(command, () => rejected('CONFLICT'));
    const { id } = await order.buy(buyer, [{ offerId: offer.id, quantity: 2 }]);
    const ended = await order.reached(id, buyer, 'FAILED', 'COMPLETED');
    expect(ended.failure).toMatchObject({ __typename: 'InputError', code: 'CONFLICT' });
    expect(ended.compensations.map(({ name, status }) => [name, status])).toEqual(
      undone.map((name) => [name, 'COMPENSATED']),
    );
    expect(ended.steps.find(({ status }) => status === 'FAILED')?.error).toBe('CONFLICT');
    expect(ended.order).toMatchObject({
      status: 'CANCELLED',
      paymentStatus,
      cancelReason: 'It is CONFLICT.',
      refunded: { amount: paymentStatus === 'REFUNDED' ? 2_000 : 0 },
      allowedTransitions: [],
    });
    expect(ended.order.tokens.every(({ status }) => status === 'REVOKED')).toBe(true);
    await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 2, problems: [] });
    expect((await order.participants.untilHeard('tellFailure', ended)).payload).not.toBeNull();
    // The cart is unlocked.
    order.participants.reset();
    const again = await order.checkout(buyer);
    await order.reached(again.checkout?.id ?? '', buyer, 'COMPLETED');
  });

  it('returns the details of the rejection', async () => {
    const details = {
      expected: { amount: 1, currency: 'EUR' },
      actual: { amount: 1_000, currency: 'EUR' },
    };
    order.participants.on('reserveItems', () => rejected('PRICE_CHANGED', details, 'PriceChangedError'));
    const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
    expect((await order.reached(id, buyer, 'FAILED')).failure).toMatchObject({
      __typename: 'PriceChangedError',
      code: 'PRICE_CHANGED',
      expected: { amount: 1 },
      actual: { amount: 1_000 },
    });
  });

  it('shows the text of a fault to holders of orders:manage only', async () => {
    order.participants.on('confirmItems', () => ({ kind: 'fault', error: 'connect ECONNREFUSED 10.0.0.7' }));
    const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
    const ended = await order.reached(id, buyer, 'FAILED');
    expect(ended.failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(JSON.stringify(ended)).not.toContain('ECONNREFUSED');
    const managed = await order.read(id, order.user(['ADMIN']));
    expect(managed?.steps.map(({ error }) => error)).toContain('connect ECONNREFUSED 10.0.0.7');
  });

  it('needs attention after a failed compensation, and leaves the cart locked', async () => {
    order.participants.on('confirmItems', () => rejected('CONFLICT'));
    order.participants.on('revertPayment', () => rejected('CONFLICT'));
    const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
    const stuck = await order.reached(id, buyer, 'NEEDS_ATTENTION');
    expect(stuck).toMatchObject({ completedAt: null, currentStep: null });
    expect(codes((await order.cart(buyer))?.problems ?? [])).toEqual(['CART_LOCKED']);
  });
});

describe('a payment that waits', () => {
  it('continues the checkout once it is completed', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    order.participants.on('processPayment', () => ({
      kind: 'waiting',
      output: { paymentId: newId() },
      expiresAt,
    }));
    const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
    const waiting = await order.reached(id, buyer, 'AWAITING_PAYMENT');
    expect(waiting).toMatchObject({ currentStep: 'PROCESS_PAYMENT', expiresAt });
    expect(waiting.steps[2]?.status).toBe('WAITING');
    const command = await order.participants.untilHeard('processPayment', waiting);
    await order.participants.untilHeard('extendHold', waiting);
    await order.participants.reply(command, done({ paymentId: newId() }));
    expect(await order.reached(id, buyer, 'COMPLETED')).toMatchObject({ expiresAt: null });
  });

  it('compensates the checkout at its deadline', async () => {
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    order.participants.on('processPayment', () => ({
      kind: 'waiting',
      output: { paymentId: newId() },
      expiresAt,
    }));
    order.participants.on('revertPayment', () => done({ refunded: false }));
    const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
    const ended = await order.reached(id, buyer, 'FAILED');
    expect(ended.failure?.code).toBe('PAYMENT_EXPIRED');
    expect(ended.compensations.map(({ name }) => name)).toEqual(['PROCESS_PAYMENT', 'RESERVE_ITEMS']);
    expect(ended.order.paymentStatus).toBe('FAILED');
  });
});
