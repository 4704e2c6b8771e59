import { setTimeout as delay } from 'node:timers/promises';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { lockPayment } from '@souk/payment/domain/locks';
import { record } from '@souk/payment/domain/payment-log';
import { beginReversals, reverseAtProvider, settleReversals } from '@souk/payment/domain/reversal';
import { reconcile } from '@souk/payment/workers/reconciler';
import { until } from '../../../tests/support/until.js';
import type { TestPayment } from './support/payment-house.js';
import { PaymentHouse } from './support/payment-house.js';

let house: PaymentHouse;
const step = 'PROCESS_PAYMENT';

beforeAll(async () => {
  house = await PaymentHouse.open({ timeoutMs: 1_500 });
});
afterAll(() => house.close());

const undone = (refunded: boolean) => ({ kind: 'done', output: { refunded } });

/** Starts the step of a new checkout without waiting for its end. */
function begin(paymentMethodToken: string) {
  const sagaId = newId();
  const payload = house.payload(house.subgraph.user(), { paymentMethodToken });
  const done = house.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
  return { sagaId, payload, done };
}

/** What is left at the provider of payments that were undone: every charge refunded, no intent to be paid later. */
async function expectNothingLeft(sagaId: string): Promise<void> {
  const { intents, charged, refunded } = await house.atProvider(await house.idOf({ sagaId }));
  expect(refunded).toBe(charged);
  expect(charged).toBeLessThanOrEqual(1);
  for (const status of intents) expect(['canceled', 'succeeded']).toContain(status);
}

describe('the undo of PROCESS_PAYMENT', () => {
  it('refunds what was paid, once, however often it is asked', async () => {
    const { sagaId, orderId } = await house.pay('pm_card_visa');
    expect(await house.undo(sagaId)).toEqual(undone(true));
    expect(await house.undo(sagaId)).toEqual(undone(true));
    expect(await house.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED']);
    expect((await house.row(sagaId)).status).toBe('REFUNDED');
    expect(await house.atProvider(await house.idOf({ sagaId }))).toMatchObject({
      intents: ['succeeded'],
      charged: 1,
      refunded: 1,
    });
    const told = () => house.subgraph.refunds.filter((refund) => refund.orderId === orderId);
    await until('order to be told', () => told().length > 0);
    expect(told()).toMatchObject([{ refunded: { amount: 2_500 }, bySaga: true }]);
  });

  it('refunds once where the process dies before it has written down what happened', async () => {
    const { sagaId } = await house.pay('pm_card_visa');
    const [payment] = await house.desk.database.transact((manager) =>
      beginReversals(manager, [sagaId], new Date()),
    );
    if (!payment) throw new Error('There is a payment.');
    expect((await reverseAtProvider(house.desk.cards, payment)).kind).toBe('refunded');
    expect(await house.undo(sagaId)).toEqual(undone(true));
    expect(await house.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED']);
    expect((await house.atProvider(await house.idOf({ sagaId }))).refunded).toBe(1);
  });

  it('of many in one transaction ends each of them as it must, and the books add up', async () => {
    const paid = await Promise.all([
      house.pay('pm_card_visa'),
      house.pay('pm_card_visa', { amount: { amount: 900, currency: 'USD' } }),
    ]);
    const waiting = await house.pay(null);
    const declined = await house.pay('pm_card_chargeDeclined');
    const free = await house.pay(null, { amount: { amount: 0, currency: 'EUR' } });
    const lost = newId();
    const payload = house.payload(house.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    await (
      await house.begin(payload, lost)
    )();
    const sagaIds = [...paid, waiting, declined, free].map(({ sagaId }) => sagaId);
    const all = [...sagaIds, lost, newId()];
    const { database, cards } = house.desk;
    const begun = await database.transact((manager) => beginReversals(manager, all, new Date()));
    expect(begun.map((undone) => undone !== null)).toEqual([true, true, true, true, true, true, false]);
    const reversed = await Promise.all(
      begun.flatMap(async (undone) =>
        undone ? [{ paymentId: undone.payment.id, reversal: await reverseAtProvider(cards, undone) }] : [],
      ),
    );
    const outcomes = await database.transact((manager, outbox) =>
      settleReversals(manager, outbox, reversed.flat(), new Date()),
    );
    expect(outcomes).toEqual(
      [true, true, false, false, false, true].map((moved) => ({ moved, failure: null })),
    );
    const refunded = ['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED'];
    expect(await Promise.all([...sagaIds, lost].map((id) => house.events(id)))).toEqual([
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

  it('cancels what waits: nobody can pay it any more', async () => {
    const payment = await house.pay(null);
    expect(await house.undo(payment.sagaId)).toEqual(undone(false));
    expect(await house.events(payment.sagaId)).toEqual(['CREATED', 'ACTION_REQUIRED', 'CANCELLED']);
    const id = await house.idOf(payment);
    expect((await house.atProvider(id)).intents).toEqual(['canceled']);
    const { data } = await house.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'CONFLICT' }] } });
  });

  it('ends what waited past its time as expired', async () => {
    const payment = await house.pay(null, { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(await house.undo(payment.sagaId)).toEqual(undone(false));
    expect((await house.row(payment.sagaId)).status).toBe('EXPIRED');
    const { data } = await house.confirm(payment, await house.idOf(payment), 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'PAYMENT_EXPIRED' }] } });
  });

  it('leaves a declined payment as it is', async () => {
    const { sagaId } = await house.pay('pm_card_chargeDeclined');
    expect(await house.undo(sagaId)).toEqual(undone(false));
    expect((await house.row(sagaId)).status).toBe('FAILED');
  });

  it('has nothing to do where nothing was done, and the step comes too late then', async () => {
    const sagaId = newId();
    expect(await house.undo(sagaId)).toEqual(undone(false));
    const payload = house.payload(house.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const late = await house.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
    expect(late).toMatchObject({ kind: 'rejected', rejection: { code: 'CONFLICT' } });
    await expect(house.row(sagaId)).rejects.toThrow('no such payment');
  });

  it('is not outrun by a step that was on its way to the provider', async () => {
    const sagaId = newId();
    const payload = house.payload(house.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const perform = await house.begin(payload, sagaId);
    expect(await house.undo(sagaId)).toEqual(undone(false));
    expect(await perform()).toMatchObject({ kind: 'open', intent: { status: 'canceled' } });
    expect(await house.atProvider(await house.idOf({ sagaId }))).toMatchObject({
      intents: ['canceled'],
      charged: 0,
      refunded: 0,
    });
    expect((await house.row(sagaId)).status).toBe('CANCELLED');
  });

  it.each(['/v1/payment_intents', '/v1/payment_intents/*/confirm'])(
    'is not outrun by a step whose call of %s is slow',
    async (path) => {
      await house.control('/faults', { kind: 'slow', delay_ms: 600, method: 'POST', path });
      const { sagaId, done } = begin('pm_card_visa');
      await until('the payment to be opened', () => house.row(sagaId).catch(() => null));
      const outcome = await house.undo(sagaId);
      expect(outcome.kind).toBe('done');
      await done;
      await untilQuiet();
      await expectNothingLeft(sagaId);
      expect(['CANCELLED', 'REFUNDED']).toContain((await house.row(sagaId)).status);
    },
  );

  it('leaves no money and no open intent, whenever it comes', async () => {
    const runs = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { sagaId, done } = begin('pm_card_visa');
        await delay(index * 8);
        const outcome = await house.undo(sagaId);
        await done;
        return { sagaId, outcome };
      }),
    );
    await untilQuiet();
    for (const { sagaId, outcome } of runs) {
      expect(outcome.kind).toBe('done');
      const opened = await house.row(sagaId).catch(() => null);
      if (!opened) continue;
      await expectNothingLeft(sagaId);
      const refunded = outcome.kind === 'done' && (outcome.output as { refunded: boolean }).refunded;
      expect(opened.status).toBe(refunded ? 'REFUNDED' : 'CANCELLED');
    }
  });

  it('and a buyer who pays at that moment: cancelled, or refunded', async () => {
    const payments = await Promise.all(Array.from({ length: 8 }, () => house.pay(null)));
    const outcomes = await Promise.all(
      payments.map(async (payment, index) => {
        const id = await house.idOf(payment);
        const confirmed = delay(index * 6).then(() => house.confirm(payment, id, 'pm_card_visa'));
        const outcome = await house.undo(payment.sagaId);
        await confirmed;
        return outcome;
      }),
    );
    await untilQuiet();
    for (const [index, payment] of payments.entries()) {
      expect(outcomes[index]?.kind).toBe('done');
      await expectNothingLeft(payment.sagaId);
      expect(['CANCELLED', 'REFUNDED']).toContain((await house.row(payment.sagaId)).status);
    }
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['a 500 after the refund', { kind: 'error500_after' }],
    ['no answer after the refund', { kind: 'timeout_after' }],
    ['a cut connection', { kind: 'reset' }],
  ])('refunds once in spite of %s', async (_what, fault) => {
    const { sagaId } = await house.pay('pm_card_visa');
    await house.control('/faults', { ...fault, path: '/v1/refunds', method: 'POST' });
    expect(await house.undo(sagaId)).toEqual(undone(true));
    expect((await house.atProvider(await house.idOf({ sagaId }))).refunded).toBe(1);
    expect(await house.events(sagaId)).toEqual(['CREATED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED']);
  });

  it.each([
    ['a 500 that Stripe repeats', { kind: 'error500' }],
    ['a 500 after the cancelling', { kind: 'error500_after' }],
    ['no answer', { kind: 'timeout_after' }],
  ])('cancels in spite of %s', async (_what, fault) => {
    const { sagaId } = await house.pay(null);
    await house.control('/faults', { ...fault, path: '/v1/payment_intents/*/cancel', method: 'POST' });
    expect(await house.undo(sagaId)).toEqual(undone(false));
    expect((await house.atProvider(await house.idOf({ sagaId }))).intents).toEqual(['canceled']);
  });
});

describe('money that comes after the end', () => {
  /** A payment that has ended in our books, while its intent at the provider lives on. */
  async function ended(): Promise<TestPayment> {
    const payment = await house.pay(null);
    const { id } = await house.row(payment.sagaId);
    await house.desk.database.transact(async (manager) => {
      const locked = await lockPayment(manager, id);
      await record(manager, locked, [{ type: 'CANCELLED' }], { name: 'saga' }, new Date());
      await manager.query(
        `UPDATE inbox SET outcome = jsonb_set(outcome::jsonb, '{outcome}', '{"kind":"fault","error":"undone"}')
         WHERE saga_id = $1 AND direction = 'do'`,
        [payment.sagaId],
      );
    });
    return payment;
  }

  async function payAtProvider({ sagaId }: TestPayment): Promise<void> {
    const { provider_payment_id: intent } = await house.row(sagaId);
    await house.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
  }

  const story = ['CREATED', 'ACTION_REQUIRED', 'CANCELLED', 'SUCCEEDED', 'REFUND_REQUESTED', 'REFUNDED'];

  it('is sent back by itself', async () => {
    const payment = await ended();
    await payAtProvider(payment);
    await house.untilStatus(payment.sagaId, 'REFUNDED');
    expect(await house.events(payment.sagaId)).toEqual(story);
    expect(house.answers(payment.sagaId)).toEqual([]);
    expect((await house.atProvider(await house.idOf(payment))).refunded).toBe(1);
  });

  it('is sent back also where the message was lost', async () => {
    const payment = await ended();
    // Whatever the message asks fails until it is given up.
    await house.control('/faults', {
      kind: 'error500',
      before_execution: true,
      count: 60,
      path: '/v1/refunds',
    });
    await payAtProvider(payment);
    await until('the refund to be asked for', async () =>
      (await house.events(payment.sagaId)).includes('REFUND_REQUESTED'),
    );
    await house.clearFaults();
    const later = { now: () => new Date(Date.now() + 61_000) };
    await Promise.all([
      reconcile({ ...house.desk, clock: later }).catch(() => undefined),
      reconcile({ ...house.desk, clock: later }).catch(() => undefined),
    ]);
    await house.untilStatus(payment.sagaId, 'REFUNDED');
    expect(await house.events(payment.sagaId)).toEqual(story);
    expect((await house.atProvider(await house.idOf(payment))).refunded).toBe(1);
  });
});

/** Waits until no message is waited for or worked at. */
async function untilQuiet(): Promise<void> {
  const queue = house.subgraph.dependencies.queues.queue('payment');
  await until('the queue to be empty', async () => {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
    return Object.values(counts).every((count) => count === 0);
  });
  await queue.close();
}
