import Stripe from 'stripe';
import { newId, toApiId } from '@souk/shared/ids';
import {
  lastReconciliation,
  requestReconciliation,
  runDueReconciliation,
  runReconciliation,
  stateOfRequest,
} from '@souk/payment/domain/reconciliation/reconciliation-run';
import { until } from '../../../tests/support/until.js';
import { disableReconciliation, refund } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

// Each test has its own fixture, because a reconciliation covers all of its payments.
beforeEach(async () => {
  fixture = await PaymentFixture.open();
  await fixture.control('/webhooks', { paused: true });
  await disableReconciliation(fixture);
});
afterEach(() => fixture.close());

const compare = () => runReconciliation(fixture.services, 1);

async function paid(token = 'pm_card_visa') {
  const payment = await fixture.pay(token);
  const { id, provider_payment_id: intent } = await fixture.row(payment.sagaId);
  return { ...payment, id, intent };
}

/** Another user of the same Stripe account. */
const stranger = () => {
  const { hostname: host, port } = new URL(fixture.simulatorUrl);
  return new Stripe('sk_test_other', { host, port, protocol: 'http', telemetry: false });
};

/** Adds a false event to a payment's log, as a bug or manual change might. */
const forge = (id: string, type: string) =>
  fixture.services.database.reader.query(
    `INSERT INTO payment_event (id, payment_id, at, type, amount, source) VALUES ($1, $2, now(), $3, 2500, 'admin')`,
    [newId(), id, type],
  );

describe('the comparison with the provider', () => {
  it('finds no differences if all agree', async () => {
    const { sagaId, id } = await paid();
    await fixture.pay('pm_card_chargeDeclined');
    await fixture.pay(null);
    await refund(fixture, toApiId('payment', id), { amount: 100 });
    await fixture.undo((await paid()).sagaId);
    await fixture.undo((await fixture.pay(null)).sagaId);
    expect(await compare()).toMatchObject({ balanced: true, checkedPayments: 5, differences: [] });
    expect((await fixture.row(sagaId)).status).toBe('PARTIALLY_REFUNDED');
  });

  it('reads all pages', async () => {
    const stripe = stranger();
    for (let count = 0; count < 10; count += 10) {
      await Promise.all(
        Array.from({ length: 10 }, () => stripe.paymentIntents.create({ amount: 100, currency: 'eur' })),
      );
    }
    const { sagaId } = await fixture.pay(null);
    const { provider_payment_id: intent } = await fixture.row(sagaId);
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    for (let count = 0; count < 110; count += 10) {
      await Promise.all(
        Array.from({ length: 10 }, () => stripe.paymentIntents.create({ amount: 100, currency: 'eur' })),
      );
    }
    expect(await compare()).toMatchObject({ balanced: true, checkedPayments: 121 });
    // The payment on the second page is repaired.
    expect((await fixture.row(sagaId)).status).toBe('SUCCEEDED');
  });

  it('repairs payments, refunds and disputes whose webhooks were lost', async () => {
    const waiting = await fixture.pay(null);
    const { provider_payment_id: intent } = await fixture.row(waiting.sagaId);
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    const refunded = await paid();
    await fixture.control(`/payment_intents/${refunded.intent}/refund`, { amount: 300 });
    const disputed = await paid('pm_card_createDispute');
    expect(await compare()).toMatchObject({ balanced: true, checkedPayments: 3 });
    expect((await fixture.untilAnswered(waiting.sagaId)).kind).toBe('done');
    expect((await fixture.row(refunded.sagaId)).status).toBe('PARTIALLY_REFUNDED');
    expect((await fixture.row(disputed.sagaId)).status).toBe('DISPUTED');
  });

  it('cancels an intent that was replaced after a fault', async () => {
    await fixture.control('/faults', { kind: 'error500_after', count: 1, path: '/v1/payment_intents' });
    const { outcome, sagaId } = await fixture.pay('pm_card_visa');
    expect(outcome.kind).toBe('done');
    const { provider_payment_id: used } = await fixture.row(sagaId);
    const open = async () =>
      (await fixture.simulator()).payment_intents.filter(
        ({ id, status }) => id !== used && status !== 'canceled',
      );
    expect(await open()).toHaveLength(1);
    expect(await compare()).toMatchObject({ balanced: true, checkedPayments: 2 });
    expect(await open()).toEqual([]);
    expect((await fixture.row(sagaId)).status).toBe('SUCCEEDED');
    expect(await compare()).toMatchObject({ balanced: true });
  });

  it('reports charges that are not recorded', async () => {
    const foreign = await stranger().paymentIntents.create({
      amount: 900,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
    });
    const { balanced, differences } = await compare();
    expect(balanced).toBe(false);
    expect(differences).toEqual([
      {
        paymentId: null,
        providerPaymentId: foreign.id,
        kind: 'charged_not_recorded',
        message: expect.stringMatching(/does not exist here/) as string,
      },
    ]);
  });

  it('reports recorded payments that were not charged, and payments unknown to the provider', async () => {
    const waiting = await fixture.pay(null);
    const { id, provider_payment_id: intent } = await fixture.row(waiting.sagaId);
    await forge(id, 'SUCCEEDED');
    const lost = await paid();
    const { reader } = fixture.services.database;
    await reader.query(
      `UPDATE payment SET provider_payment_id = 'pi_gone', looked_at = 'epoch',
      succeeded_at = now() - interval '1 hour' WHERE id = $1`,
      [lost.id],
    );
    await reader.query("UPDATE payment SET status = 'SUCCEEDED', succeeded_at = now() WHERE id = $1", [id]);
    const { differences } = await compare();
    expect(differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ paymentId: id, providerPaymentId: intent, kind: 'recorded_not_charged' }),
        expect.objectContaining({
          paymentId: lost.id,
          providerPaymentId: 'pi_gone',
          kind: 'recorded_not_charged',
        }),
        // The log contains a fact that the ledger does not.
        expect.objectContaining({ paymentId: id, kind: 'ledger' }),
      ]),
    );
  });

  it('reports failed refunds until they are replaced', async () => {
    const { id, sagaId } = await paid('pm_card_refundFail');
    const apiId = toApiId('payment', id);
    await refund(fixture, apiId);
    await fixture.control('/webhooks', { paused: false });
    await fixture.control(`/refunds/${await fixture.refundAtProvider(apiId)}/settle`);
    await fixture.untilStatus(sagaId, 'SUCCEEDED');
    expect((await compare()).differences).toEqual([
      expect.objectContaining({
        paymentId: id,
        kind: 'refund',
        message: expect.stringMatching(/failed/) as string,
      }),
    ]);
    await refund(fixture, apiId);
    expect(await compare()).toMatchObject({ balanced: true });
  });

  it('is run by one of many processes when it is due', async () => {
    const { reader } = fixture.services.database;
    const due = () => runDueReconciliation(fixture.services, 1, 60_000);
    // The fixture's own process polls every three seconds and may run it.
    const stored = async (): Promise<number[]> => {
      await until('the comparison to end', async () => (await stateOfRequest(reader)) === 'done');
      const rows: { days: number }[] = await reader.query('SELECT days FROM reconciliation ORDER BY ran_at');
      return rows.map(({ days }) => days);
    };
    expect(await due()).toBeNull();
    // Deletes the run from the fixture's start.
    await reader.query('DELETE FROM reconciliation');
    await reader.query("UPDATE reconciliation_lease SET until = 'epoch', running = false");
    await Promise.all(Array.from({ length: 6 }, due));
    expect(await stored()).toEqual([1]);
    expect(await due()).toBeNull();
    await requestReconciliation(reader, 3);
    await due();
    expect(await stored()).toEqual([1, 3]);
    expect(await due()).toBeNull();
    expect(await stored()).toEqual([1, 3]);
  });

  it('is visible to payments:manage', async () => {
    const admin = fixture.subgraph.user(['ADMIN']);
    const query = `{ reconciliation { balanced checkedPayments ranAt
      differences { kind message providerPaymentId payment { id } } } }`;
    // The first query runs the first reconciliation.
    const first = await fixture.subgraph.run(query, {}, admin);
    expect(first.errors).toBeUndefined();
    expect(first.data).toMatchObject({
      reconciliation: { balanced: true, checkedPayments: 0, differences: [] },
    });
    const waiting = await fixture.pay(null);
    const { id } = await fixture.row(waiting.sagaId);
    await forge(id, 'SUCCEEDED');
    await fixture.services.database.reader.query('UPDATE payment SET succeeded_at = now() WHERE id = $1', [
      id,
    ]);
    const { ranAt } = await compare();
    expect((await lastReconciliation(fixture.services.database.reader))?.ranAt).toEqual(ranAt);
    const { data } = await fixture.subgraph.run(query, {}, admin);
    expect(data).toMatchObject({
      reconciliation: {
        balanced: false,
        differences: expect.arrayContaining([
          expect.objectContaining({ kind: 'RECORDED_NOT_CHARGED', payment: { id: toApiId('payment', id) } }),
        ]) as unknown[],
      },
    });
    const page = (arguments_: string): string => `{ reconciliation { differences(${arguments_}) { id } } }`;
    const ids = async (arguments_: string): Promise<string[]> => {
      const result = await fixture.subgraph.run(page(arguments_), {}, admin);
      const { reconciliation } = result.data as unknown as {
        reconciliation: { differences: { id: string }[] };
      };
      return reconciliation.differences.map((difference) => difference.id);
    };
    const all = await ids('first: null');
    expect(all.length).toBeGreaterThan(1);
    expect(await ids('first: 1')).toEqual(all.slice(0, 1));
    expect(await ids(`after: "${all[0]}"`)).toEqual(all.slice(1));
    // A page does not continue the list of another run.
    await compare();
    for (const wrong of [`after: "${all[0]}"`, 'after: "x"', 'first: 1001']) {
      const refused = await fixture.subgraph.run(page(wrong), {}, admin);
      expect(refused.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
    const { errors } = await fixture.subgraph.run(query, {}, fixture.subgraph.user());
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
