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
it.each([checkoutSaga, cancelOrderSaga])('$name has 20 steps at most', ({ steps }) => {
  expect(steps.length).toBeLessThanOrEqual(20);
});

describe('when all is well', () => {
  it('goes down the list and tells each participant what it needs', async () => {
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
  ])('lets a payment wait until catalog says %s at the latest', async (payBy, expiresAt) => {
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

describe('a step that is refused is not undone itself; those before it are, from the last', () => {
  it.each(answers.map(({ command }, position) => [command, position] as const))(
    '%s',
    async (command, position) => {
      await checkout.goTo(position);
      checkout.expectSent(command);
      await checkout.answer({ kind: 'rejected', rejection });
      await checkout.expectUndone([5, 4, 3, 2, 1].filter((each) => each < position));
      expect(checkout.record?.state.failure).toEqual(rejection);
      expect(checkout.paymentStatus).toBe(position < 2 ? 'UNPAID' : position === 2 ? 'FAILED' : 'REFUNDED');
    },
  );
});

describe('a step that is given up may have been done: it is undone with those before it', () => {
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

describe('a payment that waits', () => {
  const expiresAt = '2026-03-01T12:30:00.000Z';

  beforeEach(async () => {
    await checkout.goTo(2);
    checkout.expectSent('payment.processPayment');
    await checkout.answer({ kind: 'waiting', output: { paymentId: newId() }, expiresAt });
  });

  it('has the items held as long as it may', () => {
    expect(checkout.expectSent('tell catalog.extendHold')[0]?.payload).toEqual({ holdUntil: expiresAt });
  });

  it('goes on when it is made', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.answer({ kind: 'done', output: { paymentId: newId() } });
    checkout.expectSent('catalog.confirmItems');
  });

  it('is asked about each minute, in case its answer was lost', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.pass(1);
    checkout.expectSent('payment.processPayment');
    expect(checkout.record?.state.status).toBe('WAITING');
  });

  it('is cancelled at its time, and nothing had moved', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.pass(30);
    await checkout.expectUndone([2, 1], false);
    expect(checkout.record?.state.failure?.code).toBe('PAYMENT_EXPIRED');
    expect(checkout.paymentStatus).toBe('FAILED');
  });

  it('is refunded when it was made while it was being cancelled', async () => {
    checkout.expectSent('tell catalog.extendHold');
    await checkout.pass(30);
    await checkout.expectUndone([2, 1], true);
    expect(checkout.paymentStatus).toBe('REFUNDED');
  });
});

it('has refunded nothing where nothing had been paid', async () => {
  await checkout.goTo(3);
  checkout.expectSent('catalog.confirmItems');
  await checkout.answer({ kind: 'rejected', rejection });
  await checkout.expectUndone([2, 1], false);
  expect(checkout.paymentStatus).toBe('FAILED');
});

it('says the same again to a participant that does not answer', async () => {
  await checkout.goTo(2);
  const [first] = checkout.expectSent('payment.processPayment');
  await checkout.pass(1);
  expect(checkout.expectSent('payment.processPayment')[0]).toEqual(first);
});

it('stops for somebody to look where an undo is refused', async () => {
  await checkout.goTo(3);
  checkout.expectSent('catalog.confirmItems');
  await checkout.answer({ kind: 'rejected', rejection });
  checkout.expectSent('payment.revertPayment');
  await checkout.answer({ kind: 'rejected', rejection });
  checkout.expectSent();
  expect(checkout.record?.state.status).toBe('NEEDS_ATTENTION');
});
