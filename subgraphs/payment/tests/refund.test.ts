import { newId, toApiId } from '@souk/shared/ids';
import { createRefundRequest } from '@souk/payment/domain/refund/refund-request';
import { reconcile } from '@souk/payment/workers/reconciler';
import { until } from '../../../tests/support/until.js';
import { refund } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open({ timeoutMs: 1_500 });
});
afterEach(async () => {
  await fixture.clearFaults();
  await fixture.control('/webhooks', { paused: false });
});
afterAll(() => fixture.close());

async function paid(token = 'pm_card_visa', overrides = {}) {
  const payment = await fixture.pay(token, overrides);
  expect(payment.outcome.kind).toBe('done');
  const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
  return { ...payment, id: await fixture.idOf(payment), intent };
}

describe('refundPayment', () => {
  it('refunds a part, another part, and then the rest', async () => {
    const { id, sagaId } = await paid();
    expect(await refund(fixture, id, { amount: 500, reason: 'One was broken.' })).toMatchObject({
      replayed: false,
      refund: {
        status: 'SUCCEEDED',
        reason: 'One was broken.',
        amount: { amount: 500, currency: 'EUR' },
        providerRefundId: expect.stringMatching(/^re_/) as string,
        payment: { status: 'PARTIALLY_REFUNDED', refunded: { amount: 500 } },
      },
      userErrors: [],
    });
    await refund(fixture, id, { amount: 1 });
    expect(await refund(fixture, id)).toMatchObject({
      refund: { amount: { amount: 1_999 }, payment: { status: 'REFUNDED', refunded: { amount: 2_500 } } },
    });
    const state = await fixture.atProvider(id);
    expect(state.refunds.map(({ amount }) => amount)).toEqual([1_999, 1, 500]);
    expect((await refund(fixture, id)).userErrors).toMatchObject([{ code: 'NOT_REFUNDABLE' }]);
    expect((await fixture.events(sagaId)).filter((type) => type === 'REFUNDED')).toHaveLength(3);
  });

  it('publishes the refunded total to order each time', async () => {
    const { id, orderId } = await paid('pm_card_refundFail');
    const events = () =>
      fixture.subgraph.refunds
        .filter((refund_) => refund_.orderId === orderId)
        .sort((one, other) => one.position - other.position);
    await refund(fixture, id, { amount: 500 });
    await refund(fixture, id, { amount: 1 });
    await until('two events', () => events().length === 2);
    expect(events()).toMatchObject([
      { refunded: { amount: 500, currency: 'EUR' } },
      { refunded: { amount: 501 } },
    ]);
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`, { outcome: 'fail' });
    await until('the event of the failure', () => events().length === 3);
    expect(events()[2]).toMatchObject({ refunded: { amount: 500 } });
  });

  it('refunds once if twenty callers concurrently request the full amount', async () => {
    const { id } = await paid();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refund(fixture, id, { amount: 2_500 })),
    );
    expect(answers.filter(({ refund: made }) => made !== null)).toHaveLength(1);
    const refused = answers.flatMap(({ userErrors }) => userErrors);
    expect(refused).toHaveLength(19);
    for (const error of refused) {
      expect(error).toMatchObject({
        __typename: 'RefundExceedsPaymentError',
        code: 'REFUND_EXCEEDS_PAYMENT',
        field: ['input', 'amount', 'amount'],
        refundable: { amount: 0, currency: 'EUR', formatted: '€0.00' },
      });
    }
    expect((await fixture.atProvider(id)).refunded).toBe(1);
  });

  it('never refunds more than was paid with concurrent partial refunds', async () => {
    const { id } = await paid();
    const answers = await Promise.all(Array.from({ length: 12 }, () => refund(fixture, id, { amount: 700 })));
    expect(answers.filter(({ refund: made }) => made?.status === 'SUCCEEDED')).toHaveLength(3);
    expect((await fixture.atProvider(id)).refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(2_100);
  });

  it('refunds once per key, and rejects the key with other arguments', async () => {
    const { id } = await paid();
    const admin = fixture.subgraph.user(['ADMIN']);
    const refundOnce = (amount: number) => refund(fixture, id, { amount, idempotencyKey: 'once' }, admin);
    const answers = await Promise.all(Array.from({ length: 5 }, () => refundOnce(300)));
    expect(new Set(answers.map(({ refund: made }) => made?.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed)).toHaveLength(4);
    expect((await refundOnce(301)).userErrors).toMatchObject([
      { __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' },
    ]);
    expect((await fixture.atProvider(id)).refunds).toHaveLength(1);
  });

  it('rejects invalid input', async () => {
    const { id } = await paid();
    const open = await fixture.idOf(await fixture.pay(null));
    const code = async (...of: Parameters<typeof refund> extends [unknown, ...infer Rest] ? Rest : never) =>
      (await refund(fixture, ...of)).userErrors.map(
        (error) => `${error.code} ${error.field?.join('.') ?? ''}`,
      );
    expect(await code(open)).toEqual(['NOT_REFUNDABLE input.paymentId']);
    expect(await code(toApiId('payment', newId()))).toEqual(['NOT_FOUND input.paymentId']);
    expect(await code('x')).toEqual(['NOT_FOUND input.paymentId']);
    expect(await code(id, { amount: 2_501 })).toEqual(['REFUND_EXCEEDS_PAYMENT input.amount.amount']);
    expect(await code(id, { amount: 0 })).toEqual(['INVALID input.amount.amount']);
    expect(await code(id, { amount: -1 })).toEqual(['INVALID input.amount.amount']);
    expect(await code(id, { amount: 1, currency: 'USD' })).toEqual(['INVALID input.amount.currency']);
    expect(await code(id, { reason: ' ' })).toEqual(['INVALID input.reason']);
    expect(await code(id, { reason: 'to 4242 4242 4242 4242' })).toEqual(['INVALID input.reason']);
    expect(await code(id, { idempotencyKey: '' })).toEqual(['INVALID input.idempotencyKey']);
    await expect(refund(fixture, id, {}, fixture.subgraph.user())).rejects.toThrow('lacks a required scope');
    expect((await fixture.atProvider(id)).refunds).toEqual([]);
  });

  it('requires a fresh second factor above the configured amount', async () => {
    const { id, sagaId } = await paid();
    const row = await fixture.row(sagaId);
    const refundWith = (amount: number, mfaAt: Date | null, key: string) =>
      fixture.services.database.transact((manager, outbox) =>
        createRefundRequest(
          { manager, outbox },
          {
            userId: newId(),
            sessionId: newId(),
            roles: ['ADMIN'],
            scopes: new Set(),
            mfaAt,
            expiresAt: new Date(),
          },
          { paymentId: row.id, amount: { amount, currency: 'EUR' }, reason: 'A test.', idempotencyKey: key },
          { mfaAboveAmount: 1_000 },
          new Date(),
        ),
      );
    await expect(refundWith(1_001, null, 'a')).rejects.toMatchObject({ code: 'MFA_REQUIRED' });
    await expect(refundWith(1_001, new Date(Date.now() - 3_600_000), 'b')).rejects.toMatchObject({
      code: 'MFA_REQUIRED',
    });
    await expect(refundWith(1_000, null, 'c')).resolves.toMatchObject({ replayed: false });
    await expect(refundWith(1_001, new Date(), 'd')).resolves.toMatchObject({ replayed: false });
    expect((await refund(fixture, id, { amount: 500 })).userErrors).toMatchObject([
      { code: 'REFUND_EXCEEDS_PAYMENT', refundable: { amount: 499 } },
    ]);
  });

  it('reports through the API that a second factor is required', async () => {
    const { id } = await paid();
    fixture.storedSettings.set('payments.mfaAboveAmount', 1_000);
    try {
      expect(await refund(fixture, id, { amount: 1_001 })).toMatchObject({
        refund: null,
        userErrors: [{ code: 'MFA_REQUIRED', field: ['input', 'amount'] }],
      });
      // The limit also applies to the remaining amount.
      expect(await refund(fixture, id)).toMatchObject({ userErrors: [{ code: 'MFA_REQUIRED' }] });
      expect(await refund(fixture, id, { amount: 1_000 })).toMatchObject({ refund: { status: 'SUCCEEDED' } });
    } finally {
      fixture.storedSettings.delete('payments.mfaAboveAmount');
    }
    expect(await refund(fixture, id)).toMatchObject({ refund: { amount: { amount: 1_500 } } });
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['a 500 that Stripe forgets', { kind: 'error500', before_execution: true }],
    ['a 500 after the refund', { kind: 'error500_after' }],
    ['no answer after the refund', { kind: 'timeout_after' }],
    ['a cut connection', { kind: 'reset', count: 2 }],
    ['a rate limit', { kind: 'rate_limit', count: 2 }],
  ])('of a part happens once in spite of %s', async (_what, fault) => {
    const { id } = await paid();
    await fixture.control('/faults', { ...fault, path: '/v1/refunds', method: 'POST' });
    expect(await refund(fixture, id, { amount: 900 })).toMatchObject({ refund: { status: 'SUCCEEDED' } });
    expect((await fixture.atProvider(id)).refunds.map(({ amount }) => amount)).toEqual([900]);
    // A second request of the same amount is a separate refund.
    expect(await refund(fixture, id, { amount: 900 })).toMatchObject({ refund: { status: 'SUCCEEDED' } });
    expect((await fixture.atProvider(id)).refunds.map(({ amount }) => amount)).toEqual([900, 900]);
  });

  it('stays pending if Stripe is unavailable, and the reconciler sends it', async () => {
    const { id } = await paid();
    await fixture.control('/faults', {
      kind: 'error500',
      before_execution: true,
      count: 3,
      path: '/v1/refunds',
      method: 'POST',
    });
    expect(await refund(fixture, id, { amount: 900 })).toMatchObject({
      refund: { status: 'PENDING', providerRefundId: null, payment: { status: 'SUCCEEDED' } },
    });
    const later = { now: () => new Date(Date.now() + 61_000) };
    await until('the refund to be sent', async () => {
      await reconcile({ ...fixture.services, clock: later });
      return (await fixture.atProvider(id)).refunds.length === 1;
    });
  });

  it('is pending until the webhook reports the outcome', async () => {
    const { id, sagaId } = await paid('pm_card_pendingRefund');
    expect(await refund(fixture, id, { amount: 2_500 })).toMatchObject({ refund: { status: 'PENDING' } });
    expect((await fixture.row(sagaId)).status).toBe('SUCCEEDED');
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`);
    await fixture.untilStatus(sagaId, 'REFUNDED');
  });

  it('records a later failure, and allows another request', async () => {
    const { id, sagaId } = await paid('pm_card_refundFail');
    await refund(fixture, id);
    expect((await fixture.row(sagaId)).status).toBe('REFUNDED');
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`, {
      reason: 'expired_or_canceled_card',
    });
    await fixture.untilStatus(sagaId, 'SUCCEEDED');
    expect((await fixture.events(sagaId)).at(-1)).toBe('REFUND_FAILED');
    const [event]: { message: string }[] = await fixture.services.database.reader.query(
      `SELECT e.message FROM payment_event e JOIN payment p ON p.id = e.payment_id
       WHERE p.saga_id = $1 AND e.type = 'REFUND_FAILED'`,
      [sagaId],
    );
    expect(event?.message).toBe('expired_or_canceled_card');
    expect(await refund(fixture, id)).toMatchObject({ refund: { status: 'SUCCEEDED' } });
  });

  it('rejects payments that are being reverted', async () => {
    const { id, sagaId } = await paid();
    expect((await fixture.undo(sagaId)).kind).toBe('done');
    expect((await refund(fixture, id, { amount: 1 })).userErrors).toMatchObject([{ code: 'NOT_REFUNDABLE' }]);
  });
});

describe('a refund in the dashboard', () => {
  it('is recorded as a refund', async () => {
    const { id, sagaId, intent, buyer } = await paid();
    await fixture.control(`/payment_intents/${intent}/refund`, { amount: 800 });
    await fixture.untilStatus(sagaId, 'PARTIALLY_REFUNDED');
    const { data } = await fixture.subgraph.run(
      '{ payment(id: "' + id + '") { refunded { amount } refunds { amount { amount } status reason } } }',
      {},
      buyer,
    );
    expect(data).toEqual({
      payment: {
        refunded: { amount: 800 },
        refunds: [{ amount: { amount: 800 }, status: 'SUCCEEDED', reason: 'Refunded at the card provider.' }],
      },
    });
    expect((await refund(fixture, id, { amount: 1_701 })).userErrors).toMatchObject([
      { refundable: { amount: 1_700 } },
    ]);
    await fixture.control(`/payment_intents/${intent}/refund`);
    await fixture.untilStatus(sagaId, 'REFUNDED');
    expect((await fixture.events(sagaId)).filter((type) => type === 'REFUNDED')).toHaveLength(2);
  });

  it('without a webhook is found when a request exceeds the rest', async () => {
    await fixture.control('/webhooks', { paused: true });
    const { id, sagaId, intent } = await paid();
    await fixture.control(`/payment_intents/${intent}/refund`, { amount: 800 });
    expect(await refund(fixture, id)).toMatchObject({ refund: { status: 'FAILED' } });
    expect((await fixture.row(sagaId)).status).toBe('PARTIALLY_REFUNDED');
    expect(await refund(fixture, id)).toMatchObject({
      refund: { status: 'SUCCEEDED', amount: { amount: 1_700 } },
    });
  });
});

describe('amounts with other units at Stripe', () => {
  it.each([
    ['ISK', 2_500, 250_000],
    ['JPY', 2_500, 2_500],
    ['KWD', 2_500, 2_500],
    ['MGA', 250_000, 2_500],
  ])('%s %d is charged as %d, and refunded alike', async (currency, amount, theirs) => {
    const { id, sagaId } = await paid('pm_card_visa', { amount: { amount, currency } });
    const state = await fixture.simulator();
    const intent = state.payment_intents.find(({ metadata }) => metadata['payment'] === id);
    expect(intent).toMatchObject({ amount: theirs });
    expect(await refund(fixture, id, { amount: amount / 10, currency })).toMatchObject({
      refund: { status: 'SUCCEEDED', payment: { refunded: { amount: amount / 10 } } },
    });
    expect((await fixture.atProvider(id)).refunds.map((made) => made.amount)).toEqual([theirs / 10]);
    expect((await fixture.row(sagaId)).status).toBe('PARTIALLY_REFUNDED');
  });
});
