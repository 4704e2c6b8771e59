import * as fc from 'fast-check';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { countJobs } from '@souk/shared/queue/schedule';
import { stateOf } from '@souk/payment/domain/payment-status';
import { runReconciliation } from '@souk/payment/domain/reconciliation/reconciliation-run';
import { createRefundRequest } from '@souk/payment/domain/refund/refund-request';
import { PaymentEntity } from '@souk/payment/entities/payment';
import { PaymentEventEntity } from '@souk/payment/entities/payment-event';
import { reconcile } from '@souk/payment/workers/reconciler';
import { until } from '../../../tests/support/until.js';
import { disableReconciliation, refund } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

// Random histories of payments against the simulator, with duplicated and lost webhooks and crashing processes.
// After each history the ledger must balance and agree with the provider.

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
  await disableReconciliation(fixture);
});
afterAll(() => fixture.close());

const runs = Number(process.env['PROPERTY_RUNS'] ?? 10);
// A failing run prints its seed, and PROPERTY_SEED repeats it. Runs use random seeds, except in CI, where a failure
// should be caused by the change.
const anySeed = process.env['CI'] ? 1 : Date.now() % 1_000_000_000;
const seed = Number(process.env['PROPERTY_SEED'] ?? anySeed);

const tokens = [
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_authenticationRequired',
  'pm_card_refundFail',
  'pm_card_pendingRefund',
  'pm_card_createDispute',
] as const;

const token = fc.constantFrom(...tokens);
/** Index of an existing payment; and a share of an amount. */
const which = fc.nat({ max: 1 });
const part = fc.integer({ min: 1, max: 1_300 });

const paying = fc.constantFrom('pm_card_visa', 'pm_card_refundFail', 'pm_card_pendingRefund');

/** A history begins with a payment; operations on money are more frequent than others. */
const birth = fc.record({ do: fc.constant('pay' as const), token: paying });

const action = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pay' as const), token: fc.option(token) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pay and die' as const),
      token,
      before: fc.constantFrom('perform', 'settle'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pay in the browser' as const), which, token }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('authenticate' as const),
      which,
      outcome: fc.constantFrom('succeed', 'fail'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('refund' as const), which, amount: fc.option(part) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('refund and die' as const), which, amount: part }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('refund in the dashboard' as const), which, amount: part }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle a refund' as const),
      which,
      outcome: fc.constantFrom('succeed', 'fail', 'fail'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dispute' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('close a dispute' as const),
      which,
      outcome: fc.constantFrom('won', 'lost'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which }) },
  {
    weight: 2,
    // The next such call takes effect but returns a 500.
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      path: fc.constantFrom(
        '/v1/payment_intents',
        '/v1/payment_intents/*/confirm',
        '/v1/payment_intents/*/cancel',
        '/v1/refunds',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('webhooks' as const),
      paused: fc.boolean(),
      duplicate: fc.boolean(),
    }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const step = 'PROCESS_PAYMENT';

/** One run's payments, by saga. */
class Lives {
  readonly #sagas: string[] = [];

  async play(action_: Action): Promise<void> {
    switch (action_.do) {
      case 'pay':
        this.#sagas.push((await fixture.pay(action_.token, sold)).sagaId);
        return;
      case 'pay and die':
        return this.#payAndDie(action_.token, action_.before);
      case 'webhooks':
        await fixture.control('/webhooks', { paused: action_.paused, duplicate: action_.duplicate });
        return;
      case 'fault':
        await fixture.control('/faults', { kind: 'error500_after', method: 'POST', path: action_.path });
        return;
      default: {
        const sagaId = this.#sagas[action_.which % Math.max(1, this.#sagas.length)];
        if (sagaId !== undefined) await this.#playOn(sagaId, action_);
      }
    }
  }

  async #playOn(sagaId: string, action_: Extract<Action, { which: number }>): Promise<void> {
    const { id, provider_payment_id: intent } = await fixture.row(sagaId);
    const apiId = await fixture.idOf({ sagaId });
    switch (action_.do) {
      case 'pay in the browser':
        return attempt(`/payment_intents/${intent}/confirm`, { payment_method: action_.token });
      case 'authenticate':
        return attempt(`/payment_intents/${intent}/authenticate`, { outcome: action_.outcome });
      case 'refund':
        await refund(fixture, apiId, { amount: action_.amount });
        return;
      case 'refund and die':
        // The request is committed, but this process never calls the provider.
        await fixture.services.database
          .transact((manager, outbox) =>
            createRefundRequest(
              { manager, outbox },
              {
                userId: newId(),
                sessionId: newId(),
                roles: [],
                scopes: new Set(),
                mfaAt: null,
                expiresAt: new Date(),
              },
              {
                paymentId: id,
                amount: { amount: action_.amount, currency: 'EUR' },
                reason: 'A test.',
                idempotencyKey: newId(),
              },
              { mfaAboveAmount: 0 },
              new Date(),
            ),
          )
          .catch(() => undefined);
        return;
      case 'refund in the dashboard':
        return attempt(`/payment_intents/${intent}/refund`, { amount: action_.amount });
      case 'settle a refund': {
        const [last] = (await fixture.atProvider(apiId)).refunds;
        if (last) await attempt(`/refunds/${last.id}/settle`, { outcome: action_.outcome });
        return;
      }
      case 'dispute':
        return attempt(`/payment_intents/${intent}/dispute`, {});
      case 'close a dispute': {
        const dispute = (await fixture.simulator()).disputes.find(({ payment_intent: of }) => of === intent);
        if (dispute) await attempt(`/disputes/${dispute.id}/close`, { outcome: action_.outcome });
        return;
      }
      case 'undo':
        await fixture.undo(sagaId);
        return;
    }
  }

  /** The process crashes inside the step; another one repeats the command. */
  async #payAndDie(paymentMethodToken: string, before: string): Promise<void> {
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken, ...sold });
    const sagaId = newId();
    const perform = await fixture.begin(payload, sagaId);
    if (before === 'settle') await perform();
    await fixture.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
    this.#sagas.push(sagaId);
  }

  async check(): Promise<void> {
    await quiet();
    // The reconcilers find changes without a webhook.
    const later = { now: () => new Date(Date.now() + 120_000) };
    await reconcile({ ...fixture.services, clock: later });
    await quiet();
    const { differences } = await runReconciliation(fixture.services, 1);
    // An administrator handles failed refunds; there are no other differences.
    const open = differences.filter(({ kind, message }) => kind !== 'refund' || !message.includes('failed'));
    expect(open).toEqual([]);
    for (const sagaId of this.#sagas) await checkPayment(sagaId);
    await checkLedger();
  }
}

const partner = newId();
const sold = {
  lines: [
    { partnerId: partner, amount: 1_999 },
    { partnerId: null, amount: 501 },
  ],
};

/** A control that the simulator may reject in its current state. */
async function attempt(path: string, body: object): Promise<void> {
  await fixture.control(path, body).catch((error: unknown) => {
    if (!String(error).includes('answered 400')) throw error;
  });
}

/** Waits until no message and no webhook is pending. */
async function quiet(): Promise<void> {
  // The second round finds messages that moved between two queries of the first.
  await until(
    'all messages and webhooks to have come',
    async () => (await underway()) + (await underway()) === 0,
  );
}

/** Counts pending webhooks and messages, in their direction of travel: provider, outbox, queue. */
async function underway(): Promise<number> {
  const { webhooks, deliveries } = await fixture.simulator();
  const owed = webhooks.paused ? 0 : deliveries.filter(({ state }) => state === 'pending').length;
  const [outbox]: { count: number }[] = await fixture.services.database.reader.query(
    'SELECT count(*)::int AS count FROM outbox',
  );
  const queue = fixture.subgraph.dependencies.queues.queue('payment');
  const jobs = await countJobs(queue);
  await queue.close();
  return owed + (outbox?.count ?? 0) + jobs;
}

async function checkPayment(sagaId: string): Promise<void> {
  const { reader } = fixture.services.database;
  const payment = await reader.findOneByOrFail(PaymentEntity, { sagaId });
  const events = await reader.find(PaymentEventEntity, {
    where: { paymentId: payment.id },
    order: { seq: 'ASC' },
  });
  expect(payment).toMatchObject(stateOf(payment.amount, events));

  const provider = await fixture.atProvider(await fixture.idOf({ sagaId }));
  const sum = (amounts: readonly { amount: number }[]) =>
    amounts.reduce((total, { amount }) => total + amount, 0);
  const there =
    provider.charged * payment.amount - sum(provider.refunds.filter(({ status }) => status !== 'failed'));
  const [here]: { refunded: string; held: string; suspense: string; withheld: string }[] = await reader.query(
    `SELECT
       (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = $1 AND status <> 'FAILED') AS refunded,
       (SELECT coalesce(sum(withheld), 0) FROM dispute WHERE payment_id = $1) AS withheld,
       coalesce(sum(amount) FILTER (WHERE account IN ('provider_clearing', 'refunds')), 0) AS held,
       coalesce(sum(amount) FILTER (WHERE account = 'suspense'), 0) AS suspense
     FROM ledger_entry WHERE payment_id = $1`,
    [payment.id],
  );
  if (!here) throw new Error('The query returned no sum.');
  const received = payment.succeededAt === null ? 0 : payment.amount;
  expect(provider.charged).toBe(received === 0 ? 0 : 1);
  expect(received - Number(here.refunded)).toBe(there);
  expect(Number(here.refunded)).toBeLessThanOrEqual(received);
  // A dispute may withhold money that was already refunded: the platform bears the loss.
  expect(Number(here.held)).toBe(Number(here.withheld) - there);
}

async function checkLedger(): Promise<void> {
  const unbalanced: unknown[] = await fixture.services.database.reader.query(
    `SELECT transaction_id, currency FROM ledger_entry GROUP BY 1, 2 HAVING sum(amount) <> 0`,
  );
  expect(unbalanced).toEqual([]);
}

it('the ledger balances and agrees with the provider after random histories', async () => {
  await fc.assert(
    fc.asyncProperty(
      birth,
      fc.array(action, { minLength: 4, maxLength: 9, size: 'max' }),
      async (first, more) => {
        const lives = new Lives();
        for (const one of [first, ...more]) {
          await lives.play(one);
          await lives.check();
        }
        await fixture.control('/webhooks', { paused: false, duplicate: false });
        await lives.check();
      },
    ),
    { numRuns: runs, seed, endOnFailure: true },
  );
}, 900_000);
