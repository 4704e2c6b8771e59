import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open({ timeoutMs: 700 });
});
afterAll(() => fixture.close());

describe('PROCESS_PAYMENT', () => {
  it('is done once the card is charged', async () => {
    const payment = await fixture.pay('pm_card_visa');
    const { id } = await fixture.row(payment.sagaId);
    expect(payment.outcome).toEqual({ kind: 'done', output: { paymentId: id } });
    expect(await fixture.events(payment.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    expect((await fixture.row(payment.sagaId)).status).toBe('SUCCEEDED');
    expect(await fixture.atProvider(await fixture.idOf(payment))).toMatchObject({
      intents: ['succeeded'],
      charged: 1,
      refunded: 0,
    });
  });

  it.each([
    ['pm_card_chargeDeclined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ])('is rejected where %s is declined, and nothing can be charged later', async (token, code) => {
    const payment = await fixture.pay(token);
    expect(payment.outcome).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'PAYMENT_DECLINED', typename: 'InputError' },
    });
    expect(await fixture.events(payment.sagaId)).toEqual(['CREATED', 'FAILED']);
    expect(await fixture.row(payment.sagaId)).toMatchObject({ status: 'FAILED', failure_code: code });
    expect((await fixture.atProvider(await fixture.idOf(payment))).intents).toEqual(['canceled']);
  });

  it.each([
    ['a card', {}],
    ['no payment method', { paymentMethodToken: null }],
    ['another method', { method: 'BANK_TRANSFER' as const }],
  ])('of nothing is done without the provider, with %s', async (_what, overrides) => {
    const payment = await fixture.pay('pm_card_visa', {
      amount: { amount: 0, currency: 'EUR' },
      ...overrides,
    });
    const { id, status } = await fixture.row(payment.sagaId);
    expect(payment.outcome).toEqual({ kind: 'done', output: { paymentId: id } });
    expect(status).toBe('SUCCEEDED');
    expect(await fixture.events(payment.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    const nothing = { intents: [], charged: 0, refunded: 0 };
    expect(await fixture.atProvider(await fixture.idOf(payment))).toMatchObject(nothing);
    // There is nothing to refund either.
    expect(await fixture.undo(payment.sagaId)).toEqual({ kind: 'done', output: { refunded: false } });
    expect(await fixture.events(payment.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    expect(await fixture.atProvider(await fixture.idOf(payment))).toMatchObject(nothing);
  });

  it('waits without a payment method, and if the buyer must act', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const waiting = await fixture.pay(null, { expiresAt });
    const { id } = await fixture.row(waiting.sagaId);
    expect(waiting.outcome).toEqual({ kind: 'waiting', output: { paymentId: id }, expiresAt });
    expect((await fixture.row(waiting.sagaId)).status).toBe('PENDING');

    const acting = await fixture.pay('pm_card_authenticationRequired', {
      returnUrl: 'https://shop.test/back',
    });
    expect(acting.outcome.kind).toBe('waiting');
    expect((await fixture.row(acting.sagaId)).status).toBe('REQUIRES_ACTION');
    expect(await fixture.events(acting.sagaId)).toEqual(['CREATED', 'ACTION_REQUIRED']);
  });

  it.each([
    ['a currency that cards are not charged in', { amount: { amount: 500, currency: 'CLF' } }, /CLF/],
    ['finer steps than Stripe charges', { amount: { amount: 1_005, currency: 'KWD' } }, /steps of 10/],
    ['a possible card number', { paymentMethodToken: '4242424242424242' }, /begins with pm_/],
    ['more than Stripe takes', { amount: { amount: 100_000_000, currency: 'EUR' } }, /at most/],
    ['less than Stripe takes', { amount: { amount: 1, currency: 'EUR' } }, /at least/],
    ['a return URL that is none', { returnUrl: 'javascript:alert(1)' }, /return URL/],
    [
      'a return URL with the number of a card',
      { returnUrl: 'https://shop.test/?card=4242424242424242' },
      /return URL/,
    ],
  ])('refuses %s', async (_what, overrides, message) => {
    const { outcome } = await fixture.pay('pm_card_visa', overrides);
    expect(outcome).toMatchObject({ kind: 'rejected', rejection: { code: 'INVALID' } });
    expect(outcome.kind === 'rejected' && outcome.rejection.message).toMatch(message);
  });

  it('rejects an unknown payment method', async () => {
    const payment = await fixture.pay('pm_unknown');
    expect(payment.outcome).toMatchObject({ kind: 'rejected', rejection: { code: 'INVALID' } });
    expect((await fixture.atProvider(await fixture.idOf(payment))).intents).toEqual(['canceled']);
  });

  it('returns the same outcome for a repeat and charges once', async () => {
    const buyer = fixture.subgraph.user();
    const payload = fixture.payload(buyer, { paymentMethodToken: 'pm_card_visa' });
    const saga = { sagaId: newId(), step: 'PROCESS_PAYMENT' };
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () =>
        fixture.subgraph.command(paymentCommands.processPayment, payload, saga),
      ),
    );
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(outcomes[0]?.kind).toBe('done');
    expect(await fixture.atProvider(await fixture.idOf(saga))).toMatchObject({
      intents: ['succeeded'],
      charged: 1,
      refunded: 0,
    });
    expect(await fixture.events(saga.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
  });

  it('charges once if the process crashes before it stores the result', async () => {
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const saga = { sagaId: newId(), step: 'PROCESS_PAYMENT' };
    await (
      await fixture.begin(payload, saga.sagaId)
    )();
    const outcome = await fixture.subgraph.command(paymentCommands.processPayment, payload, saga);
    expect(outcome.kind).toBe('done');
    expect(await fixture.events(saga.sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
    expect((await fixture.atProvider(await fixture.idOf(saga))).charged).toBe(1);
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
    await fixture.control('/faults', { count: 1, method: 'POST', ...fault });
    const payment = await fixture.pay('pm_card_visa');
    expect(payment.outcome.kind).toBe('done');
    const { intents, charged } = await fixture.atProvider(await fixture.idOf(payment));
    expect(charged).toBe(1);
    expect(intents.filter((status) => status === 'succeeded')).toHaveLength(1);
  });

  it.each([
    ['pm_card_chargeDeclined', 'rejected', ['CREATED', 'FAILED']],
    ['pm_card_authenticationRequired', 'waiting', ['CREATED', 'ACTION_REQUIRED']],
  ])('finds out what %s came to behind a 500', async (token, kind, events) => {
    await fixture.control('/faults', { kind: 'error500_after', path: '/v1/payment_intents/*/confirm' });
    const payment = await fixture.pay(token);
    expect(payment.outcome.kind).toBe(kind);
    expect(await fixture.events(payment.sagaId)).toEqual(events);
    expect((await fixture.atProvider(await fixture.idOf(payment))).charged).toBe(0);
  });

  it('is retried by the queue if Stripe is unavailable longer than the client retries', async () => {
    // The stripe client repeats a call once if a keep-alive connection was cut: up to six calls per try.
    await fixture.control('/faults', { kind: 'reset', method: 'POST', count: 7 });
    const payment = await fixture.pay('pm_card_visa');
    expect(payment.outcome.kind).toBe('done');
    expect((await fixture.atProvider(await fixture.idOf(payment))).charged).toBe(1);
    const reply = fixture.subgraph.replies.findLast(({ sagaId }) => sagaId === payment.sagaId);
    expect(reply?.attempts).toBeGreaterThan(1);
  });
});
