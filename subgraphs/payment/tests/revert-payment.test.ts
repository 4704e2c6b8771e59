import { setTimeout as delay } from 'node:timers/promises';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { countJobs } from '@souk/shared/queue/schedule';
import { lockPaymentsById } from '@souk/payment/domain/locks';
import { record } from '@souk/payment/domain/ledger/payment-log';
import { beginReversals, reverseAtProvider, settleReversals } from '@souk/payment/domain/payment/reversal';
import { reconcile } from '@souk/payment/workers/reconciler';
import { until } from '../../../tests/support/until.js';
import type { TestPayment } from './support/payment-fixture.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;
const step = 'PROCESS_PAYMENT';

beforeAll(async () => {
  fixture = await PaymentFixture.open({ timeoutMs: 1_500 });
});
afterAll(() => fixture.close());

const undone = (refunded: boolean) => ({ kind: 'done', output: { refunded } });

/** Starts the step of a new checkout without waiting for its reply. */
function begin(paymentMethodToken: string) {
  const sagaId = newId();
  const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken });
  const done = fixture.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
  return { sagaId, payload, done };
}

/** Asserts that reverted payments have no unrefunded charge and no payable intent at the provider. */
async function expectNothingLeft(sagaId: string): Promise<void> {
  const { intents, charged, refunded } = await fixture.atProvider(await fixture.idOf({ sagaId }));
  expect(refunded).toBe(charged);
  expect(charged).toBeLessThanOrEqual(1);
  for (const status of intents) expect(['canceled', 'succeeded']).toContain(status);
}

describe('the undo of PROCESS_PAYMENT', () => {
  it('refunds a paid payment once, however often the command is repeated', async () => {
    const { sagaId, orderId } = await fixture.pay('pm_card_visa');
    expect(await fixture.undo(sagaId)).toMatchObject(undone(true));
    expect(await fixture.undo(sagaId)).toMatchObject(undone(true));
    expect(await fixture.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED']);
    expect((await fixture.row(sagaId)).status).toBe('REFUNDED');
    expect(await fixture.atProvider(await fixture.idOf({ sagaId }))).toMatchObject({
      intents: ['succeeded'],
      charged: 1,
      refunded: 1,
    });
    const events = () => fixture.subgraph.refunds.filter((refund) => refund.orderId === orderId);
    await until('the event to order', () => events().length > 0);
    expect(events()).toMatchObject([{ refunded: { amount: 2_500 } }]);
  });

  it('refunds once if the process crashes before it stores the result', async () => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    const [payment] = await fixture.services.database.transact((manager, outbox) =>
      beginReversals({ manager, outbox }, [sagaId], new Date()),
    );
    if (!payment) throw new Error('There is no such payment.');
    expect((await reverseAtProvider(fixture.services.cards, payment)).kind).toBe('refunded');
    expect(await fixture.undo(sagaId)).toMatchObject(undone(true));
    expect(await fixture.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED']);
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
  });

  it('settles a batch in one transaction, and the ledger balances', async () => {
    const paid = await Promise.all([
      fixture.pay('pm_card_visa'),
      fixture.pay('pm_card_visa', { amount: { amount: 900, currency: 'USD' } }),
    ]);
    const waiting = await fixture.pay(null);
    const declined = await fixture.pay('pm_card_chargeDeclined');
    const free = await fixture.pay(null, { amount: { amount: 0, currency: 'EUR' } });
    const lost = newId();
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    await (
      await fixture.begin(payload, lost)
    )();
    const sagaIds = [...paid, waiting, declined, free].map(({ sagaId }) => sagaId);
    const all = [...sagaIds, lost, newId()];
    const { database, cards } = fixture.services;
    const begun = await database.transact((manager, outbox) =>
      beginReversals({ manager, outbox }, all, new Date()),
    );
    expect(begun.map((undone) => undone !== null)).toEqual([true, true, true, true, true, true, false]);
    const reversed = await Promise.all(
      begun.flatMap(async (undone) =>
        undone ? [{ paymentId: undone.payment.id, reversal: await reverseAtProvider(cards, undone) }] : [],
      ),
    );
    const outcomes = await database.transact((manager, outbox) =>
      settleReversals(manager, outbox, reversed.flat(), new Date()),
    );
    expect(outcomes).toMatchObject(
      [true, true, false, false, false, true].map((moved) => ({ moved, failure: null })),
    );
    const refunded = ['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED'];
    expect(await Promise.all([...sagaIds, lost].map((id) => fixture.events(id)))).toEqual([
      refunded,
      refunded,
      ['CREATED', 'ACTION_REQUIRED', 'CANCELLED'],
      ['CREATED', 'FAILED'],
      ['CREATED', 'SUCCEEDED'],
      refunded,
    ]);
    for (const sagaId of [...sagaIds, lost]) await expectNothingLeft(sagaId);
    const open: object[] = await database.reader.query(
      `SELECT e.payment_id, e.account, sum(e.amount) FROM ledger_entry e JOIN payment p ON p.id = e.payment_id
       WHERE p.saga_id = ANY($1) GROUP BY e.payment_id, e.account HAVING sum(e.amount) <> 0`,
      [all],
    );
    expect(open).toEqual([]);
  });

  it('cancels a waiting payment, which cannot be paid later', async () => {
    const payment = await fixture.pay(null);
    expect(await fixture.undo(payment.sagaId)).toEqual(undone(false));
    expect(await fixture.events(payment.sagaId)).toEqual(['CREATED', 'ACTION_REQUIRED', 'CANCELLED']);
    const id = await fixture.idOf(payment);
    expect((await fixture.atProvider(id)).intents).toEqual(['canceled']);
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'CONFLICT' }] } });
  });

  it('marks an overdue payment as expired', async () => {
    const payment = await fixture.pay(null, { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(await fixture.undo(payment.sagaId)).toEqual(undone(false));
    expect((await fixture.row(payment.sagaId)).status).toBe('EXPIRED');
    const { data } = await fixture.confirm(payment, await fixture.idOf(payment), 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'PAYMENT_EXPIRED' }] } });
  });

  it('leaves a declined payment as it is', async () => {
    const { sagaId } = await fixture.pay('pm_card_chargeDeclined');
    expect(await fixture.undo(sagaId)).toEqual(undone(false));
    expect((await fixture.row(sagaId)).status).toBe('FAILED');
  });

  it('does nothing without a payment, and a later step is rejected', async () => {
    const sagaId = newId();
    expect(await fixture.undo(sagaId)).toEqual(undone(false));
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const late = await fixture.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
    expect(late).toMatchObject({ kind: 'rejected', rejection: { code: 'CONFLICT' } });
    await expect(fixture.row(sagaId)).rejects.toThrow('no such payment');
  });

  it('prevents a delayed step from charging', async () => {
    const sagaId = newId();
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const perform = await fixture.begin(payload, sagaId);
    expect(await fixture.undo(sagaId)).toEqual(undone(false));
    expect(await perform()).toMatchObject({ kind: 'open', intent: { status: 'canceled' } });
    expect(await fixture.atProvider(await fixture.idOf({ sagaId }))).toMatchObject({
      intents: ['canceled'],
      charged: 0,
      refunded: 0,
    });
    expect((await fixture.row(sagaId)).status).toBe('CANCELLED');
  });

  it.each(['/v1/payment_intents', '/v1/payment_intents/*/confirm'])(
    'is not outrun by a step whose call of %s is slow',
    async (path) => {
      await fixture.control('/faults', { kind: 'slow', delay_ms: 600, method: 'POST', path });
      const { sagaId, done } = begin('pm_card_visa');
      await until('the payment to be opened', () => fixture.row(sagaId).catch(() => null));
      const outcome = await fixture.undo(sagaId);
      expect(outcome.kind).toBe('done');
      await done;
      await untilQuiet();
      await expectNothingLeft(sagaId);
      expect(['CANCELLED', 'REFUNDED']).toContain((await fixture.row(sagaId)).status);
    },
  );

  it('leaves no charge and no open intent, whenever it runs', async () => {
    const runs = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { sagaId, done } = begin('pm_card_visa');
        await delay(index * 8);
        const outcome = await fixture.undo(sagaId);
        await done;
        return { sagaId, outcome };
      }),
    );
    await untilQuiet();
    for (const { sagaId, outcome } of runs) {
      expect(outcome.kind).toBe('done');
      const opened = await fixture.row(sagaId).catch(() => null);
      if (!opened) continue;
      await expectNothingLeft(sagaId);
      const refunded = outcome.kind === 'done' && (outcome.output as { refunded: boolean }).refunded;
      expect(opened.status).toBe(refunded ? 'REFUNDED' : 'CANCELLED');
    }
  });

  it('cancels or refunds a payment that the buyer confirms concurrently', async () => {
    const payments = await Promise.all(Array.from({ length: 8 }, () => fixture.pay(null)));
    const outcomes = await Promise.all(
      payments.map(async (payment, index) => {
        const id = await fixture.idOf(payment);
        const confirmed = delay(index * 6).then(() => fixture.confirm(payment, id, 'pm_card_visa'));
        const outcome = await fixture.undo(payment.sagaId);
        await confirmed;
        return outcome;
      }),
    );
    await untilQuiet();
    for (const [index, payment] of payments.entries()) {
      expect(outcomes[index]?.kind).toBe('done');
      await expectNothingLeft(payment.sagaId);
      expect(['CANCELLED', 'REFUNDED']).toContain((await fixture.row(payment.sagaId)).status);
    }
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['a 500 after the refund', { kind: 'error500_after' }],
    ['no answer after the refund', { kind: 'timeout_after' }],
    ['a cut connection', { kind: 'reset' }],
  ])('refunds once in spite of %s', async (_what, fault) => {
    const { sagaId } = await fixture.pay('pm_card_visa');
    await fixture.control('/faults', { ...fault, path: '/v1/refunds', method: 'POST' });
    expect(await fixture.undo(sagaId)).toMatchObject(undone(true));
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
    expect(await fixture.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED']);
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['a 500 after the cancelling', { kind: 'error500_after' }],
    ['no answer', { kind: 'timeout_after' }],
  ])('cancels in spite of %s', async (_what, fault) => {
    const { sagaId } = await fixture.pay(null);
    await fixture.control('/faults', { ...fault, path: '/v1/payment_intents/*/cancel', method: 'POST' });
    expect(await fixture.undo(sagaId)).toEqual(undone(false));
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).intents).toEqual(['canceled']);
  });
});

describe('money that arrives after the end', () => {
  /** A payment that has ended here, while its intent at the provider is still open. */
  async function ended(): Promise<TestPayment> {
    const payment = await fixture.pay(null);
    const { id } = await fixture.row(payment.sagaId);
    await fixture.services.database.transact(async (manager) => {
      const payment = (await lockPaymentsById(manager, [id]))(id);
      await record(
        manager,
        [{ payment, facts: [{ type: 'CANCELLED' }], source: { name: 'saga' } }],
        new Date(),
      );
      await manager.query(
        `UPDATE inbox SET outcome = jsonb_set(outcome::jsonb, '{outcome}', '{"kind":"fault","error":"undone"}')
         WHERE saga_id = $1 AND direction = 'do'`,
        [payment.sagaId],
      );
    });
    return payment;
  }

  async function payAtProvider({ sagaId }: TestPayment): Promise<void> {
    const { provider_payment_id: intent } = await fixture.row(sagaId);
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
  }

  const story = ['CREATED', 'ACTION_REQUIRED', 'CANCELLED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED'];

  it('is refunded automatically', async () => {
    const payment = await ended();
    await payAtProvider(payment);
    await fixture.untilStatus(payment.sagaId, 'REFUNDED');
    expect(await fixture.events(payment.sagaId)).toEqual(story);
    expect(fixture.answers(payment.sagaId)).toEqual([]);
    expect((await fixture.atProvider(await fixture.idOf(payment))).refunded).toBe(1);
  });

  it('is refunded even if the message was lost', async () => {
    const payment = await ended();
    // All attempts of the message fail.
    await fixture.control('/faults', {
      kind: 'error500',
      before_execution: true,
      count: 60,
      path: '/v1/refunds',
    });
    await payAtProvider(payment);
    await until('the refund to be requested', async () =>
      (await fixture.events(payment.sagaId)).includes('REFUND_REQUESTED'),
    );
    await fixture.clearFaults();
    const later = { now: () => new Date(Date.now() + 61_000) };
    await Promise.all([
      reconcile({ ...fixture.services, clock: later }).catch(() => undefined),
      reconcile({ ...fixture.services, clock: later }).catch(() => undefined),
    ]);
    await fixture.untilStatus(payment.sagaId, 'REFUNDED');
    expect(await fixture.events(payment.sagaId)).toEqual(story);
    expect((await fixture.atProvider(await fixture.idOf(payment))).refunded).toBe(1);
  });
});

/** Waits until the queue has no waiting and no active message. */
async function untilQuiet(): Promise<void> {
  const queue = fixture.subgraph.dependencies.queues.queue('payment');
  await until('the queue to be empty', async () => (await countJobs(queue)) === 0);
  await queue.close();
}
