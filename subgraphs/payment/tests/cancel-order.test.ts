import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { paymentToRefund, refundAtProvider, settleCancellation } from '@souk/payment/domain/cancellation';
import { PaymentHouse } from './support/payment-house.js';

let house: PaymentHouse;

beforeAll(async () => {
  house = await PaymentHouse.open({ timeoutMs: 1_500 });
});
afterAll(() => house.close());

const done = { kind: 'done', output: {} };

/** Runs the step REFUND of a cancellation of its own. */
const cancel = (checkoutId: string, sagaId = newId()) =>
  house.subgraph.command(paymentCommands.refundOrder, { checkoutId }, { sagaId, step: 'REFUND' });

const paidAndRefunded = ['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED'];

describe('REFUND', () => {
  it('sends back what the checkout paid, once, however often it is asked', async () => {
    const { sagaId } = await house.pay('pm_card_visa');
    const cancellation = newId();
    expect(await cancel(sagaId, cancellation)).toEqual(done);
    expect(await cancel(sagaId, cancellation)).toEqual(done);
    expect(await cancel(sagaId)).toEqual(done);
    expect(await house.events(sagaId)).toEqual(paidAndRefunded);
    expect((await house.row(sagaId)).status).toBe('REFUNDED');
    expect((await house.atProvider(await house.idOf({ sagaId }))).refunded).toBe(1);
    const [refund] = await house.desk.database.reader.query<{ reason: string }[]>(
      'SELECT r.reason FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.saga_id = $1',
      [sagaId],
    );
    expect(refund?.reason).toBe('The order was cancelled.');
  });

  it('once where the process dies before it has written down what happened', async () => {
    const { sagaId } = await house.pay('pm_card_visa');
    const cancelled = await house.desk.database.transact((manager) => paymentToRefund(manager, sagaId));
    await refundAtProvider(house.desk.cards, cancelled);
    expect(await cancel(sagaId)).toEqual(done);
    expect(await house.events(sagaId)).toEqual(paidAndRefunded);
    expect((await house.atProvider(await house.idOf({ sagaId }))).refunded).toBe(1);
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['no answer after the refund', { kind: 'timeout_after' }],
    ['a cut connection', { kind: 'reset' }],
  ])('once in spite of %s', async (_what, fault) => {
    const { sagaId } = await house.pay('pm_card_visa');
    await house.control('/faults', { ...fault, path: '/v1/refunds', method: 'POST' });
    expect(await cancel(sagaId)).toEqual(done);
    expect((await house.atProvider(await house.idOf({ sagaId }))).refunded).toBe(1);
    expect(await house.events(sagaId)).toEqual(paidAndRefunded);
  });

  it('of nothing sends nothing', async () => {
    const { sagaId } = await house.pay('pm_card_visa', { amount: { amount: 0, currency: 'EUR' } });
    expect(await cancel(sagaId)).toEqual(done);
    expect(await house.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED']);
  });

  it('that has failed stays in the log, and the next try is a refund of its own', async () => {
    const { sagaId } = await house.pay('pm_card_visa');
    const { database, cards } = house.desk;
    const cancelled = await database.transact((manager) => paymentToRefund(manager, sagaId));
    // The simulator does not play refunds that fail.
    const failed = {
      id: 're_failed',
      status: 'failed' as const,
      amount: 2_500,
      paymentId: cancelled.payment.id,
      purpose: cancelled.purpose,
      failureReason: 'expired_or_canceled_card',
    };
    const refusal = await database.transact((manager) =>
      settleCancellation(manager, cancelled, failed, new Date()),
    );
    expect(refusal).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/expired/) as string });
    const again = await database.transact((manager) => paymentToRefund(manager, sagaId));
    expect(again.purpose).toBe('cancel-2');
    expect((await refundAtProvider(cards, again))?.status).toBe('succeeded');
    expect(await cancel(sagaId)).toEqual(done);
    expect(await house.events(sagaId)).toEqual([
      'CREATED',
      'SUCCEEDED',
      'REFUND_REQUESTED',
      'REFUND_FAILED',
      'REFUND_REQUESTED',
      'REFUNDED',
    ]);
    expect((await house.row(sagaId)).status).toBe('REFUNDED');
  });
});
