import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { failedRefunds } from '@souk/payment/domain/reconciliation/ledger-audit';
import { reconcile } from '@souk/payment/workers/reconciler';
import { until } from '../../../tests/support/until.js';
import { accountsOf } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterEach(() => fixture.control('/webhooks', { paused: false }));
afterAll(() => fixture.close());

const command = (name: 'validateRefund' | 'refundOrder', checkoutId: string) =>
  fixture.subgraph.command(
    paymentCommands[name],
    { checkoutId },
    { sagaId: newId(), step: name === 'refundOrder' ? 'REFUND' : 'VALIDATE_REFUND' },
  );

/** Payment's events about an order, in the order of the log. */
const published = (orderId: string): PaymentRefunded[] =>
  fixture.subgraph.refunds
    .filter((event) => event.orderId === orderId)
    .sort((one, other) => one.position - other.position);

const untilPublished = (orderId: string, count: number): Promise<PaymentRefunded[]> =>
  until(`${count} events about the order`, () => {
    const events = published(orderId);
    return events.length >= count ? events : null;
  });

/** Opens a dispute at the provider; `amount` in minor units, or the whole charge. Returns its id. */
async function dispute(sagaId: string, amount?: number): Promise<string> {
  const { provider_payment_id: intent } = await fixture.row(sagaId);
  await fixture.control(`/payment_intents/${intent}/dispute`, amount === undefined ? {} : { amount });
  const { disputes } = await fixture.simulator();
  return disputes.find(({ payment_intent: of }) => of === intent)?.id ?? '';
}

const differencesOf = async (sagaId: string): Promise<string[]> => {
  const { id } = await fixture.row(sagaId);
  const found = await failedRefunds(fixture.services.database.reader, 1_000);
  return found.flatMap(({ paymentId, message }) => (paymentId === id ? [message] : []));
};

describe('a dispute and the cancellation of its order', () => {
  it.each([
    ['the whole payment', undefined],
    ['a part of it', 700],
  ])(
    'about %s is found before anything is taken, also if its event has not arrived',
    async (_what, amount) => {
      const { sagaId, orderId } = await fixture.pay('pm_card_visa');
      expect(await command('validateRefund', sagaId)).toEqual({ kind: 'done', output: {} });
      await fixture.control('/webhooks', { paused: true });
      await dispute(sagaId, amount);
      expect(await command('validateRefund', sagaId)).toMatchObject({
        kind: 'rejected',
        rejection: { code: 'NOT_CANCELLABLE', message: expect.stringContaining('bank decides') as string },
      });
      expect(await untilPublished(orderId, 1)).toMatchObject([
        { refunded: { amount: 0 }, disputed: amount ?? 2_500, chargedBack: 0, sentBack: null },
      ]);
      expect(await fixture.events(sagaId)).not.toContain('REFUND_REQUESTED');
    },
  );

  it('that is opened while the cancellation runs: the buyer gets the money once the bank returns it', async () => {
    const { sagaId, orderId } = await fixture.pay('pm_card_visa');
    await fixture.control('/webhooks', { paused: true });
    const id = await dispute(sagaId);
    expect(await command('refundOrder', sagaId)).toMatchObject({
      kind: 'done',
      output: { payment: { refunded: { amount: 0 }, disputed: 2_500 } },
    });
    expect(await differencesOf(sagaId)).toEqual([]);
    await fixture.control('/webhooks', { paused: false });
    await fixture.control(`/disputes/${id}/close`, { outcome: 'won' });
    await until('the decision', async () => (await fixture.events(sagaId)).includes('DISPUTE_WON'));
    await until('the refund', async () => {
      await reconcile(fixture.services);
      return (await fixture.row(sagaId)).status === 'REFUNDED';
    });
    const events = await until('the refund to be published', () => {
      const list = published(orderId);
      return list.at(-1)?.sentBack === 2_500 ? list : null;
    });
    expect(events.at(-1)).toMatchObject({ refunded: { amount: 2_500 }, disputed: 0 });
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
  });

  it('that is opened while a part is cancelled blocks its refund until the bank has decided', async () => {
    const { sagaId, orderId } = await fixture.pay('pm_card_visa');
    const id = await dispute(sagaId, 700);
    await untilPublished(orderId, 1);
    const part = { checkoutId: sagaId, lines: [{ partnerId: null, amount: 500 }] };
    const cancelItems = () =>
      fixture.subgraph.command(paymentCommands.refundItems, part, { sagaId: newId(), step: 'REFUND' });
    expect(await cancelItems()).toMatchObject({ kind: 'rejected', rejection: { code: 'CONFLICT' } });
    await fixture.control(`/disputes/${id}/close`, { outcome: 'won' });
    await untilPublished(orderId, 2);
    expect(await cancelItems()).toMatchObject({ output: { payment: { refunded: { amount: 500 } } } });
  });

  it('that took all of the money for good prevents the cancellation of a part only', async () => {
    const { sagaId, orderId } = await fixture.pay('pm_card_visa');
    const id = await dispute(sagaId);
    await untilPublished(orderId, 1);
    await fixture.control(`/disputes/${id}/close`, { outcome: 'lost' });
    await untilPublished(orderId, 2);
    expect(await command('validateRefund', sagaId)).toMatchObject({ kind: 'done' });
    const partial = await fixture.subgraph.command(
      paymentCommands.validateRefund,
      { checkoutId: sagaId, isPartial: true },
      { sagaId: newId(), step: 'VALIDATE_REFUND' },
    );
    expect(partial).toMatchObject({ kind: 'rejected', rejection: { code: 'NOT_CANCELLABLE' } });
  });

  it('that is lost is published as a chargeback', async () => {
    const { sagaId, orderId } = await fixture.pay('pm_card_visa');
    const id = await dispute(sagaId, 1_000);
    await untilPublished(orderId, 1);
    await fixture.control(`/disputes/${id}/close`, { outcome: 'lost' });
    expect(await untilPublished(orderId, 2)).toMatchObject([
      { disputed: 1_000, chargedBack: 0 },
      { disputed: 0, chargedBack: 1_000 },
    ]);
    // The provider refunds no part of it.
    expect(await command('validateRefund', sagaId)).toMatchObject({ kind: 'rejected' });
  });
});

describe('a refund that comes to nothing', () => {
  it('is requested again, is a difference meanwhile, and order learns of every change', async () => {
    const { sagaId, orderId } = await fixture.pay('pm_card_pendingRefund');
    expect(await command('refundOrder', sagaId)).toMatchObject({
      kind: 'done',
      output: { payment: { refunded: { amount: 0 } } },
    });
    const id = await fixture.idOf({ sagaId });
    const settle = async (outcome: 'fail' | 'succeed') =>
      fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`, { outcome });
    for (let refunds = 1; refunds <= 3; refunds += 1) {
      await until(`refund ${refunds}`, async () => (await fixture.atProvider(id)).refunds.length === refunds);
      expect(await differencesOf(sagaId)).toEqual([]);
      await settle('fail');
      await until('the failure', async () => {
        const failed = (await fixture.events(sagaId)).filter((type) => type === 'REFUND_FAILED');
        return failed.length === refunds;
      });
    }
    expect(await differencesOf(sagaId)).toEqual([
      expect.stringMatching(/2500 EUR failed .*next refund is requested at/),
    ]);
    expect(published(orderId)).toEqual([]);
    const row = (
      await fixture.services.database.reader.query<{ due: Date }[]>(
        'SELECT return_due_at AS due FROM payment WHERE saga_id = $1',
        [sagaId],
      )
    )[0];
    expect(row?.due.getTime()).toBeGreaterThan(Date.now() + 60_000);
    await fixture.services.database.reader.query(
      'UPDATE payment SET return_due_at = now() WHERE saga_id = $1',
      [sagaId],
    );
    await until('the next refund', async () => {
      await reconcile(fixture.services);
      return (await fixture.atProvider(id)).refunds.length === 4;
    });
    await until('no difference', async () => (await differencesOf(sagaId)).length === 0);
    await settle('succeed');
    await fixture.untilStatus(sagaId, 'REFUNDED');
    expect(await untilPublished(orderId, 1)).toMatchObject([
      { refunded: { amount: 2_500 }, sentBack: 2_500 },
    ]);
  });

  it('of a part refunds the rest as well: a cancelled order keeps nothing', async () => {
    const { sagaId } = await fixture.pay('pm_card_refundFail');
    const id = await fixture.idOf({ sagaId });
    const { provider_payment_id: intent } = await fixture.row(sagaId);
    await fixture.control(`/payment_intents/${intent}/refund`, { amount: 700 });
    await until('the refund of a part', async () => (await fixture.events(sagaId)).includes('REFUNDED'));
    expect(await command('refundOrder', sagaId)).toMatchObject({ kind: 'done' });
    const part = (await fixture.atProvider(id)).refunds.find(({ amount }) => amount === 700);
    await fixture.control(`/refunds/${part?.id}/settle`, { outcome: 'fail' });
    await until('another refund of the part', async () => {
      const { refunds } = await fixture.atProvider(id);
      return refunds.filter(({ amount, status }) => amount === 700 && status === 'succeeded').length === 1;
    });
    await fixture.untilStatus(sagaId, 'REFUNDED');
  });
});

describe('a card payment that is completed after its expiry', () => {
  it('before the sweep buys nothing: the step is rejected, and the money goes back', async () => {
    const expiresAt = new Date(Date.now() + 1_500);
    const { sagaId, orderId, outcome } = await fixture.pay(null, { expiresAt: expiresAt.toISOString() });
    expect(outcome.kind).toBe('waiting');
    await until('the expiry', () => Date.now() > expiresAt.getTime());
    const { provider_payment_id: intent } = await fixture.row(sagaId);
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    expect(await fixture.untilAnswered(sagaId)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'PAYMENT_EXPIRED' },
    });
    await fixture.untilStatus(sagaId, 'REFUNDED');
    expect(await accountsOf(fixture, sagaId)).toEqual({});
    const [sale] = await fixture.services.database.reader.query<{ account: string }[]>(
      `SELECT e.account FROM ledger_entry e JOIN payment p ON p.id = e.payment_id
       WHERE p.saga_id = $1 AND e.kind = 'SALE' AND e.amount > 0`,
      [sagaId],
    );
    expect(sale?.account).toBe('customer_funds');
    expect(await untilPublished(orderId, 2)).toMatchObject([
      { refunded: { amount: 0 }, sentBack: null },
      { refunded: { amount: 2_500 }, sentBack: 2_500 },
    ]);
    // The undo finds the money gone back already.
    expect(await fixture.undo(sagaId)).toMatchObject({ kind: 'done', output: { refunded: true } });
    expect((await fixture.atProvider(await fixture.idOf({ sagaId }))).refunded).toBe(1);
  });
});
