import { newId } from '@souk/shared/ids';
import { cancelOrderSaga } from './cancel-order.js';
import { checkoutSaga } from './checkout.js';
import {
  answers,
  listingId,
  offerId,
  orderId,
  rejection,
  Script,
  total,
  userId,
} from '../../tests/support/checkout-script.js';

let checkout: Script;

beforeEach(() => {
  checkout = new Script();
});

// Checkout.steps and Checkout.compensations state this size.
it.each([checkoutSaga, cancelOrderSaga])('$name has at most 20 steps', ({ steps }) => {
  expect(steps.length).toBeLessThanOrEqual(20);
});

describe('without failures', () => {
  it('runs the steps in order with their payloads', async () => {
    await checkout.goTo(2);
    expect(checkout.expectSent('payment.processPayment')[0]?.payload).toEqual({
      orderId,
      orderNumber: 'S-TEST0001',
      userId,
      amount: total,
      lines: [{ partnerId: null, amount: 2_000 }],
      method: 'CREDIT_CARD',
      paymentMethodToken: 'pm_card_visa',
      returnUrl: null,
      clientNetwork: null,
      expiresAt: '2026-03-01T12:30:00.000Z',
    });
    for (const { command, output } of answers.slice(2)) {
      if (command !== 'payment.processPayment') checkout.expectSent(command);
      await checkout.answer({ kind: 'done', output });
    }
    checkout.expectSent();
    expect(checkout.record?.state.status).toBe('COMPLETED');
    expect(checkout.record?.wakeAt).toBeNull();
  });

  it.each([
    ['2026-03-01T12:20:00.000Z', '2026-03-01T12:20:00.000Z'],
    ['2026-03-01T13:00:00.000Z', '2026-03-01T12:30:00.000Z'],
    [null, '2026-03-01T12:30:00.000Z'],
  ])('limits the payment to the deadline of catalog: %s', async (payBy, expiresAt) => {
    await checkout.goTo(1);
    checkout.expectSent('catalog.reserveItems');
    const output = answers[1]?.output as object;
    await checkout.answer({ kind: 'done', output: { ...output, payBy } });
    const [sent] = checkout.expectSent('payment.processPayment');
    expect(sent?.payload).toMatchObject({ expiresAt, ...(payBy !== null && { payBy }) });
  });

  it('counts the purchase once at account and once at social', async () => {
    await checkout.goTo(5);
    expect(checkout.expectSent('account.addPurchase')[0]?.payload).toEqual({ userId, units: 2, total });
    await checkout.answer({ kind: 'done', output: {} });
    expect(checkout.expectSent('social.recordPurchase')[0]?.payload).toMatchObject({
      orderNumber: 'S-TEST0001',
      lines: [{ listingId, offerId, title: 'A tour', quantity: 2, fulfilment: 'TOUR_TOKEN' }],
    });
  });
});

describe('a rejected step is not compensated; the steps before it are, in reverse order', () => {
  it.each(answers.map(({ command }, position) => [command, position] as const))(
    '%s',
    async (command, position) => {
      await checkout.goTo(position);
      checkout.expectSent(command);
      await checkout.answer({ kind: 'rejected', rejection });
      await checkout.expectUndone([5, 4, 3, 2, 1].filter((each) => each < position));
      expect(checkout.record?.state.failure).toEqual(rejection);
      expect(checkout.paymentStatus).toBe(position < 2 ? 'UNPAID' : position === 2 ? 'FAILED' : 'PAID');
    },
  );
});

describe('a step that timed out may have been done: it is compensated with those before it', () => {
  it.each(answers.map(({ command }, position) => [command, position] as const))(
    '%s',
    async (command, position) => {
      await checkout.goTo(position);
      checkout.expectSent(command);
      await checkout.answer({ kind: 'fault', error: 'the database is away' });
      await checkout.expectUndone([6, 5, 4, 3, 2, 1].filter((each) => each <= position));
      expect(checkout.record?.state.failure?.code).toBe('SERVICE_UNAVAILABLE');
    },
  );
});

describe('a pending payment', () => {
  const expiresAt = '2026-03-01T12:30:00.000Z';

  beforeEach(async () => {
    await checkout.goTo(2);
    checkout.expectSent('payment.processPayment');
    await checkout.answer({ kind: 'waiting', output: { paymentId: newId() }, expiresAt });
  });

  it('extends the hold of the items until its deadline', () => {
    expect(checkout.expectSent('tell catalog.extendHold')[0]?.payload).toEqual({ holdUntil: expiresAt });
  });

  it('continues the checkout when it is completed', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.answer({ kind: 'done', output: { paymentId: newId() } });
    checkout.expectSent('catalog.confirmItems');
  });

  it('is polled every minute, in case the reply was lost', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.pass(1);
    checkout.expectSent('payment.processPayment');
    expect(checkout.record?.state.status).toBe('WAITING');
  });

  it('is canceled at its deadline, without a refund', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.pass(30);
    await checkout.expectUndone([2, 1], false);
    expect(checkout.record?.state.failure?.code).toBe('PAYMENT_EXPIRED');
    expect(checkout.paymentStatus).toBe('FAILED');
  });

  it('is refunded if it was completed during the cancellation', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.pass(30);
    await checkout.expectUndone([2, 1], true);
    expect(checkout.paymentStatus).toBe('PAID');
  });
});

it('refunds nothing without a payment', async () => {
  await checkout.goTo(3);
  checkout.expectSent('catalog.confirmItems');
  await checkout.answer({ kind: 'rejected', rejection });
  await checkout.expectUndone([2, 1], false);
  expect(checkout.paymentStatus).toBe('FAILED');
});

it('resends the same command to a participant that does not reply', async () => {
  await checkout.goTo(2);
  const [first] = checkout.expectSent('payment.processPayment');
  await checkout.pass(1);
  expect(checkout.expectSent('payment.processPayment')[0]).toEqual(first);
});

it('needs attention if a compensation is rejected', async () => {
  await checkout.goTo(3);
  checkout.expectSent('catalog.confirmItems');
  await checkout.answer({ kind: 'rejected', rejection });
  checkout.expectSent('payment.revertPayment');
  await checkout.answer({ kind: 'rejected', rejection });
  checkout.expectSent();
  expect(checkout.record?.state.status).toBe('NEEDS_ATTENTION');
});
