import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { PaymentHouse } from './support/payment-house.js';

let house: PaymentHouse;

beforeAll(async () => {
  house = await PaymentHouse.open({ timeoutMs: 700 });
});
afterAll(() => house.close());

describe('PROCESS_PAYMENT', () => {
  it('is done once the card has paid', async () => {
    const payment = await house.pay('pm_card_visa');
    const { id } = await house.row(payment.sagaId);
    expect(payment.outcome).toEqual({ kind: 'done', output: { paymentId: id } });
    expect(await house.events(payment.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    expect((await house.row(payment.sagaId)).status).toBe('SUCCEEDED');
    expect(await house.atProvider(await house.idOf(payment))).toMatchObject({
      intents: ['succeeded'],
      charged: 1,
      refunded: 0,
    });
  });

  it.each([
    ['pm_card_chargeDeclined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ])('is rejected where %s is declined, and nothing can be charged later', async (token, code) => {
    const payment = await house.pay(token);
    expect(payment.outcome).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'PAYMENT_DECLINED', typename: 'InputError' },
    });
    expect(await house.events(payment.sagaId)).toEqual(['CREATED', 'FAILED']);
    expect(await house.row(payment.sagaId)).toMatchObject({ status: 'FAILED', failure_code: code });
    expect((await house.atProvider(await house.idOf(payment))).intents).toEqual(['canceled']);
  });

  it.each([
    ['a card', {}],
    ['no payment method', { paymentMethodToken: null }],
    ['another method', { method: 'BANK_TRANSFER' as const }],
  ])('of nothing is done without the provider, with %s', async (_what, overrides) => {
    const payment = await house.pay('pm_card_visa', {
      amount: { amount: 0, currency: 'EUR' },
      ...overrides,
    });
    const { id, status } = await house.row(payment.sagaId);
    expect(payment.outcome).toEqual({ kind: 'done', output: { paymentId: id } });
    expect(status).toBe('SUCCEEDED');
    expect(await house.events(payment.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    const nothing = { intents: [], charged: 0, refunded: 0 };
    expect(await house.atProvider(await house.idOf(payment))).toMatchObject(nothing);
    // There is nothing to send back either.
    expect(await house.undo(payment.sagaId)).toEqual({ kind: 'done', output: { refunded: false } });
    expect(await house.events(payment.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    expect(await house.atProvider(await house.idOf(payment))).toMatchObject(nothing);
  });

  it('waits without a payment method, and where the buyer must act', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const waiting = await house.pay(null, { expiresAt });
    const { id } = await house.row(waiting.sagaId);
    expect(waiting.outcome).toEqual({ kind: 'waiting', output: { paymentId: id }, expiresAt });
    expect((await house.row(waiting.sagaId)).status).toBe('PENDING');

    const acting = await house.pay('pm_card_authenticationRequired', { returnUrl: 'https://shop.test/back' });
    expect(acting.outcome.kind).toBe('waiting');
    expect((await house.row(acting.sagaId)).status).toBe('REQUIRES_ACTION');
    expect(await house.events(acting.sagaId)).toEqual(['CREATED', 'ACTION_REQUIRED']);
  });

  it.each([
    ['a currency that cards are not charged in', { amount: { amount: 500, currency: 'CLF' } }, /CLF/],
    ['finer steps than Stripe charges', { amount: { amount: 1_005, currency: 'KWD' } }, /steps of 10/],
    ['what may be the number of a card', { paymentMethodToken: '4242424242424242' }, /begins with pm_/],
    ['more than Stripe takes', { amount: { amount: 100_000_000, currency: 'EUR' } }, /at most/],
    ['less than Stripe takes', { amount: { amount: 1, currency: 'EUR' } }, /at least/],
    ['a return URL that is none', { returnUrl: 'javascript:alert(1)' }, /return URL/],
    [
      'a return URL with the number of a card',
      { returnUrl: 'https://shop.test/?card=4242424242424242' },
      /return URL/,
    ],
  ])('refuses %s', async (_what, overrides, message) => {
    const { outcome } = await house.pay('pm_card_visa', overrides);
    expect(outcome).toMatchObject({ kind: 'rejected', rejection: { code: 'INVALID' } });
    expect(outcome.kind === 'rejected' && outcome.rejection.message).toMatch(message);
  });

  it('refuses a payment method that Stripe does not know', async () => {
    const payment = await house.pay('pm_unknown');
    expect(payment.outcome).toMatchObject({ kind: 'rejected', rejection: { code: 'INVALID' } });
    expect((await house.atProvider(await house.idOf(payment))).intents).toEqual(['canceled']);
  });

  it('answers a repeat with the same outcome and charges once', async () => {
    const buyer = house.subgraph.user();
    const payload = house.payload(buyer, { paymentMethodToken: 'pm_card_visa' });
    const saga = { sagaId: newId(), step: 'PROCESS_PAYMENT' };
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => house.subgraph.command(paymentCommands.processPayment, payload, saga)),
    );
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(outcomes[0]?.kind).toBe('done');
    expect(await house.atProvider(await house.idOf(saga))).toMatchObject({
      intents: ['succeeded'],
      charged: 1,
      refunded: 0,
    });
    expect(await house.events(saga.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
  });

  it('charges once where the process dies before it has written down what happened', async () => {
    const payload = house.payload(house.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const saga = { sagaId: newId(), step: 'PROCESS_PAYMENT' };
    await (
      await house.begin(payload, saga.sagaId)
    )();
    const outcome = await house.subgraph.command(paymentCommands.processPayment, payload, saga);
    expect(outcome.kind).toBe('done');
    expect(await house.events(saga.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    expect((await house.atProvider(await house.idOf(saga))).charged).toBe(1);
  });

  it.each([
    ['a 500 at the making that Stripe repeats', { kind: 'error500', path: '/v1/payment_intents' }],
    [
      'a 500 at the confirming that Stripe repeats',
      { kind: 'error500', path: '/v1/payment_intents/*/confirm' },
    ],
    ['a 500 that Stripe forgets', { kind: 'error500', before_execution: true }],
    ['a 500 after the making', { kind: 'error500_after', path: '/v1/payment_intents' }],
    ['a 500 after the charge', { kind: 'error500_after', path: '/v1/payment_intents/*/confirm' }],
    [
      'two 500s after the charge and one more',
      { kind: 'error500_after', path: '/v1/payment_intents/*/confirm', count: 3 },
    ],
    ['a cut connection', { kind: 'reset', path: '/v1/payment_intents/*/confirm' }],
    ['a rate limit', { kind: 'rate_limit', count: 2 }],
    ['no answer after the making', { kind: 'timeout_after', path: '/v1/payment_intents' }],
    ['no answer after the charge', { kind: 'timeout_after', path: '/v1/payment_intents/*/confirm' }],
  ])('charges once in spite of %s', async (_what, fault) => {
    await house.control('/faults', { count: 1, method: 'POST', ...fault });
    const payment = await house.pay('pm_card_visa');
    expect(payment.outcome.kind).toBe('done');
    const { intents, charged } = await house.atProvider(await house.idOf(payment));
    expect(charged).toBe(1);
    expect(intents.filter((status) => status === 'succeeded')).toHaveLength(1);
  });

  it.each([
    ['pm_card_chargeDeclined', 'rejected', ['CREATED', 'FAILED']],
    ['pm_card_authenticationRequired', 'waiting', ['CREATED', 'ACTION_REQUIRED']],
  ])('finds out what %s came to behind a 500', async (token, kind, events) => {
    await house.control('/faults', { kind: 'error500_after', path: '/v1/payment_intents/*/confirm' });
    const payment = await house.pay(token);
    expect(payment.outcome.kind).toBe(kind);
    expect(await house.events(payment.sagaId)).toEqual(events);
    expect((await house.atProvider(await house.idOf(payment))).charged).toBe(0);
  });

  it('tries again by the queue where Stripe stays away longer than the client is patient', async () => {
    // The client repeats a call once by itself where a kept connection was cut: six calls in one try of ours.
    await house.control('/faults', { kind: 'reset', method: 'POST', count: 7 });
    const payment = await house.pay('pm_card_visa');
    expect(payment.outcome.kind).toBe('done');
    expect((await house.atProvider(await house.idOf(payment))).charged).toBe(1);
    const reply = house.subgraph.replies.findLast(({ sagaId }) => sagaId === payment.sagaId);
    expect(reply?.attempts).toBeGreaterThan(1);
  });
});
