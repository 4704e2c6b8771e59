import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { cancelPayments } from '@souk/payment/domain/payment/cancellation';
import { refundAtProvider } from '@souk/payment/domain/refund/refund';
import { until } from '../../../tests/support/until.js';
import { refund } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open({ timeoutMs: 1_500 });
});
afterAll(() => fixture.close());

const done = { kind: 'done', output: {} };

/** Runs the step REFUND of a new cancellation. */
const cancel = (checkoutId: string, sagaId = newId()) =>
  fixture.subgraph.command(paymentCommands.refundOrder, { checkoutId }, { sagaId, step: 'REFUND' });

const paidAndRefunded = ['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED'];

describe('REFUND', () => {
  it('refunds the checkout once, however often the command is repeated', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    const cancellation = newId();
    expect(await cancel(sagaId, cancellation)).toMatchObject({
      kind: 'done',
      output: { payment: { refunded: { amount: 2_500, currency: 'EUR' }, disputed: 0, chargedBack: 0 } },
    });
    expect(await cancel(sagaId, cancellation)).toMatchObject(done);
    expect(await cancel(sagaId)).toMatchObject(done);
    expect(await fixture.events(sagaId)).toEqual(paidAndRefunded);
    expect((await fixture.row(sagaId)).status).toBe('REFUNDED');
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
    const [refund] = await fixture.services.database.reader.query<{ reason: string }[]>(
      'SELECT r.reason FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.saga_id = $1',
      [sagaId],
    );
    expect(refund?.reason).toBe('The order was cancelled.');
  });

  it('refunds each of many concurrent cancellations once', async () => {
    const paid = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        fixture.pay('pm_card_visa', { amount: { amount: 1_000 + index, currency: 'EUR' } }),
      ),
    );
    expect(await Promise.all(paid.map(({ sagaId }) => cancel(sagaId)))).toMatchObject(paid.map(() => done));
    for (const { sagaId } of paid) {
      expect(await fixture.events(sagaId)).toEqual(paidAndRefunded);
      expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
    }
  });

  it('refunds once if the process crashes before it stores the result', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    const [cancelled] = await fixture.services.database.transact((manager, outbox) =>
      cancelPayments({ manager, outbox }, [sagaId], new Date()),
    );
    const { payment, refund } = cancelled ?? {};
    if (!payment || !refund) throw new Error('The payment has no refund.');
    await refundAtProvider(fixture.services.cards, payment, refund);
    expect(await cancel(sagaId)).toMatchObject(done);
    expect(await fixture.events(sagaId)).toEqual(paidAndRefunded);
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['a 500 after the refund', { kind: 'error500_after' }],
    ['no answer after the refund', { kind: 'timeout_after' }],
    ['a cut connection', { kind: 'reset' }],
  ])('once in spite of %s', async (_what, fault) => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    await fixture.control('/faults', { ...fault, path: '/v1/refunds', method: 'POST' });
    expect(await cancel(sagaId)).toMatchObject(done);
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
    expect(await fixture.events(sagaId)).toEqual(paidAndRefunded);
  });

  it('refunds nothing for a free payment', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa', { amount: { amount: 0, currency: 'EUR' } });
    expect(await cancel(sagaId)).toMatchObject(done);
    expect(await fixture.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
  });

  it('keeps a failed refund in the log and retries automatically', async () => {
    const { sagaId } = await fixture.pay('pm_card_refundFail');
    expect(await cancel(sagaId)).toMatchObject(done);
    const id = await fixture.idOf({ sagaId });
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`);
    await until('the second refund', async () => (await fixture.atProvider(id)).refunds.length === 2);
    await fixture.untilStatus(sagaId, 'REFUNDED');
    expect(await fixture.events(sagaId)).toEqual([
      'CREATED',
      'SUCCEEDED',
      'REFUND_REQUESTED',
      'REFUNDED',
      'REFUND_FAILED',
      'REFUND_REQUESTED',
      'REFUNDED',
    ]);
    expect(await cancel(sagaId)).toMatchObject(done);
    expect((await fixture.atProvider(id)).refunded).toBe(1);
  });

  it('refunds the rest after a refund in the Stripe dashboard', async () => {
    await fixture.control('/webhooks', { paused: true });
    const { sagaId } = await fixture.pay('pm_card_visa');
    const { provider_payment_id: intent } = await fixture.row(sagaId);
    await fixture.control(`/payment_intents/${intent}/refund`, { amount: 700 });
    // Stripe rejects the full amount; then the known refund is recorded and the rest is refunded.
    expect(await cancel(sagaId)).toMatchObject({ kind: 'rejected', rejection: { code: 'CONFLICT' } });
    expect(await cancel(sagaId)).toMatchObject(done);
    await fixture.control('/webhooks', { paused: false });
    expect((await fixture.row(sagaId)).status).toBe('REFUNDED');
    expect(
      (await fixture.atProvider(await fixture.idOf({ sagaId }))).refunds.map(({ amount }) => amount),
    ).toEqual([1_800, 700]);
  });
});

describe('REFUND of a part', () => {
  const cancelItems = (checkoutId: string, amounts: number[], sagaId = newId()) =>
    fixture.subgraph.command(
      paymentCommands.refundItems,
      { checkoutId, lines: amounts.map((amount) => ({ partnerId: null, amount })) },
      { sagaId, step: 'REFUND' },
    );

  const refunded = (amount: number) => ({ kind: 'done', output: { payment: { refunded: { amount } } } });

  it('refunds exactly the lines, once for each cancellation, and cancelOrder the rest', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    const [first, second] = [newId(), newId()];
    expect(await cancelItems(sagaId, [300, 200], first)).toMatchObject(refunded(500));
    expect(await cancelItems(sagaId, [300, 200], first)).toMatchObject(refunded(500));
    expect((await fixture.row(sagaId)).status).toBe('PARTIALLY_REFUNDED');
    expect(await cancelItems(sagaId, [700], second)).toMatchObject(refunded(1_200));
    expect(await cancelItems(sagaId, [0])).toMatchObject(refunded(1_200));
    expect(await cancel(sagaId)).toMatchObject(refunded(2_500));
    const { refunds } = await fixture.atProvider(await fixture.idOf({ sagaId }));
    expect(refunds.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([500, 700, 1_300]);
  });

  it('refunds at most what is left of the payment', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    await refund(fixture, await fixture.idOf({ sagaId }), { amount: 2_000 });
    expect(await cancelItems(sagaId, [1_500])).toMatchObject(refunded(2_500));
    expect(await cancelItems(sagaId, [1_000])).toMatchObject(refunded(2_500));
    const { refunds } = await fixture.atProvider(await fixture.idOf({ sagaId }));
    expect(refunds.map(({ amount }) => amount)).toEqual([500, 2_000]);
  });

  it('refunds both of two concurrent cancellations', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    await Promise.all([cancelItems(sagaId, [600]), cancelItems(sagaId, [700])]);
    await fixture.untilStatus(sagaId, 'PARTIALLY_REFUNDED');
    expect(await cancelItems(sagaId, [0])).toMatchObject(refunded(1_300));
  });

  it('requests a refund that failed later again', async () => {
    const { sagaId } = await fixture.pay('pm_card_refundFail');
    expect(await cancelItems(sagaId, [900])).toMatchObject(done);
    const id = await fixture.idOf({ sagaId });
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`);
    await until('the second refund', async () => (await fixture.atProvider(id)).refunds.length === 2);
    await until('the refund to be recorded', async () => (await fixture.events(sagaId)).length === 7);
    expect((await fixture.events(sagaId)).slice(2)).toEqual([
      'REFUND_REQUESTED',
      'REFUNDED',
      'REFUND_FAILED',
      'REFUND_REQUESTED',
      'REFUNDED',
    ]);
    expect((await fixture.atProvider(id)).refunds.map(({ amount }) => amount)).toEqual([900, 900]);
  });
});
