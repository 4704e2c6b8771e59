import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { PaymentEntity } from '../../entities/payment.js';
import type { PaymentServices } from '../payment/payment-services.js';
import { syncPayment, recordDisputes, recordRefunds } from '../payment/provider-sync.js';
import type { ListedIntent } from '../provider/card-provider.js';
import type { Difference, DifferenceKind } from './difference.js';
import { auditLedger, failedRefunds } from './ledger-audit.js';
import { isPaid } from '../payment-status.js';

/** Result of a comparison. */
export interface ComparisonResult {
  checkedPayments: number;
  differences: Difference[];
}

const source = { name: 'reconciler' } as const;
/** Maximum number of differences per run; the next run reports the rest. */
export const maxDifferences = 1_000;
const batch = 100;
/** Younger payments are skipped: they may not be recorded or listed yet. */
const settlingMs = 30_000;

/**
 * Compares the provider's payments since a time with ours, page by page, then our payments that the provider's list did
 * not contain. Repairs differences that a lost webhook explains and reports the others.
 * @throws Unavailable
 */
export async function compareWithProvider(services: PaymentServices, since: Date): Promise<ComparisonResult> {
  const began = services.clock.now();
  const differences: Difference[] = [];
  let checkedPayments = 0;
  for (let after: string | null = null; ;) {
    const { intents, next } = await services.cards.listIntents(since, after);
    checkedPayments += intents.length;
    for (const found of await comparePage(services, intents, began)) differences.push(found);
    if (next === null || differences.length >= maxDifferences) break;
    after = next;
  }
  const unseen = await compareUnlisted(services, since, began, maxDifferences - differences.length);
  const { reader } = services.database;
  const limit = Math.max(0, maxDifferences - differences.length - unseen.length);
  const books = await auditLedger(reader, { since, turn: Math.floor(began.getTime() / 60_000) }, limit);
  const refunds = await failedRefunds(reader, Math.max(0, limit - books.length));
  const all = [...differences, ...unseen, ...books, ...refunds];
  return { checkedPayments, differences: all.slice(0, maxDifferences) };
}

async function comparePage(
  services: PaymentServices,
  intents: readonly ListedIntent[],
  began: Date,
): Promise<Difference[]> {
  const { reader } = services.database;
  const payments = await findOurs(reader, intents);
  const seen = [...payments]
    .filter(([intentId, { providerPaymentId }]) => providerPaymentId === intentId)
    .map(([, { id }]) => id);
  // Marks the listed payments, so that `compareUnlisted` can find the others.
  await reader.query('UPDATE payment SET looked_at = $2 WHERE id = ANY($1) AND looked_at < $2', [
    seen,
    began,
  ]);
  const differences: Difference[] = [];
  for (const intent of intents) {
    const payment = payments.get(intent.id);
    if (payment && isReplaced(payment, intent)) await cancelReplaced(services, intent);
    else if (payment) differences.push(...(await compare(services, payment, intent)));
    else if (intent.status === 'succeeded') {
      differences.push({
        paymentId: null,
        providerPaymentId: intent.id,
        kind: 'charged_not_recorded',
        message: 'The provider charged a payment that does not exist here.',
      });
    }
  }
  return differences;
}

async function findOurs(
  reader: EntityManager,
  intents: readonly ListedIntent[],
): Promise<Map<string, PaymentEntity>> {
  const named = intents.flatMap(({ paymentId }) => paymentId ?? []);
  const rows = await reader.find(PaymentEntity, {
    where: [{ providerPaymentId: In(intents.map(({ id }) => id)) }, { id: In(named) }],
  });
  const byIntent = new Map(rows.map((row) => [row.providerPaymentId, row]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    intents.flatMap((intent) => {
      const payment = byIntent.get(intent.id) ?? byId.get(intent.paymentId ?? '');
      return payment ? [[intent.id, payment] as const] : [];
    }),
  );
}

/** Whether another intent replaced this one because its creation returned a fault. */
function isReplaced({ providerPaymentId }: PaymentEntity, intent: ListedIntent): boolean {
  return providerPaymentId !== null && providerPaymentId !== intent.id && intent.status !== 'succeeded';
}

/** Cancels a replaced intent. Its id was never returned, so it cannot be paid. */
async function cancelReplaced({ cards }: PaymentServices, { id, status }: ListedIntent): Promise<void> {
  if (status !== 'canceled') await cards.cancel(id, `cancel-replaced-${id}-${status}`);
}

/** Compares one payment, repairs it if possible, and compares it again. */
async function compare(
  services: PaymentServices,
  payment: PaymentEntity,
  intent: ListedIntent,
): Promise<Difference[]> {
  const first = differencesOf(payment, await refundedInLedger(services, payment), intent);
  const unpaid = intent.status === 'succeeded' && !isPaid(payment);
  const undisputed = intent.disputed && !(await hasDispute(services, payment));
  if (first.length === 0 && !undisputed) return [];
  if (payment.providerPaymentId === null || payment.providerPaymentId === intent.id) {
    if (unpaid) await syncPayment(services, payment, source, intent.id);
    if (intent.status === 'succeeded') {
      await recordRefunds(services, intent.id, await services.cards.listRefunds(intent.id), source);
    }
    if (undisputed)
      await recordDisputes(services, intent.id, await services.cards.listDisputes(intent.id), source);
  }
  const now = await services.database.reader.findOneByOrFail(PaymentEntity, { id: payment.id });
  // The listed page may be outdated.
  const present = await services.cards.find(intent.id);
  return present ? differencesOf(now, await refundedInLedger(services, now), present) : [];
}

function differencesOf(payment: PaymentEntity, refunded: number, intent: ListedIntent): Difference[] {
  const difference = (kind: DifferenceKind, message: string): Difference => ({
    paymentId: payment.id,
    providerPaymentId: intent.id,
    kind,
    message,
  });
  const charged = intent.status === 'succeeded';
  if (charged && !isPaid(payment)) {
    return [
      difference('charged_not_recorded', 'The provider charged the payment, but it is not recorded as paid.'),
    ];
  }
  if (charged && payment.providerPaymentId !== null && payment.providerPaymentId !== intent.id) {
    return [
      difference(
        'charged_not_recorded',
        `The payment was already charged with ${payment.providerPaymentId}.`,
      ),
    ];
  }
  if (!charged && isPaid(payment)) {
    return [difference('recorded_not_charged', `The payment is ${intent.status} at the provider.`)];
  }
  if (!charged) return [];
  const found: Difference[] = [];
  if (intent.amountReceived !== payment.amount || intent.currency !== payment.currency) {
    found.push(
      difference(
        'amount',
        `The payment amount is ${payment.amount} ${payment.currency}, the provider charged ${intent.amountReceived} ${intent.currency}.`,
      ),
    );
  }
  if (intent.amountRefunded !== refunded) {
    found.push(
      difference(
        'refund',
        `Recorded refunds are ${refunded}, the provider's ${intent.amountRefunded} ${intent.currency}.`,
      ),
    );
  }
  return found;
}

/** Sum of the recorded refunds that exist at the provider, pending ones included, as the provider counts them. */
async function refundedInLedger({ database }: PaymentServices, { id }: PaymentEntity): Promise<number> {
  const [row]: { sum: string }[] = await database.reader.query(
    `SELECT coalesce(sum(amount), 0) AS sum FROM refund
     WHERE payment_id = $1 AND status <> 'FAILED' AND provider_refund_id IS NOT NULL`,
    [id],
  );
  return Number(row?.sum ?? 0);
}

async function hasDispute({ database }: PaymentServices, { id }: PaymentEntity): Promise<boolean> {
  const rows: unknown[] = await database.reader.query('SELECT 1 FROM dispute WHERE payment_id = $1', [id]);
  return rows.length > 0;
}

const unlistedPayments = `
  SELECT id FROM payment
  WHERE provider = 'stripe' AND succeeded_at IS NOT NULL AND amount > 0
    AND succeeded_at >= $1 AND succeeded_at < $2 AND looked_at < $3 AND id > $4
  ORDER BY id LIMIT $5`;

/** Compares paid payments that the provider's list did not contain, one by one. */
async function compareUnlisted(
  services: PaymentServices,
  since: Date,
  began: Date,
  limit: number,
): Promise<Difference[]> {
  const { reader } = services.database;
  const differences: Difference[] = [];
  const settled = new Date(began.getTime() - settlingMs);
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows: { id: string }[] = await reader.query(unlistedPayments, [
      since,
      settled,
      began,
      after,
      batch,
    ]);
    for (const { id } of rows) {
      const payment = await reader.findOneByOrFail(PaymentEntity, { id });
      const intentId = payment.providerPaymentId;
      const intent = intentId === null ? null : await services.cards.find(intentId);
      if (intent) differences.push(...(await compare(services, payment, intent)));
      else {
        differences.push({
          paymentId: id,
          providerPaymentId: intentId,
          kind: 'recorded_not_charged',
          message: 'The payment does not exist at the provider.',
        });
      }
      if (differences.length >= limit) return differences;
    }
    const last = rows.at(-1);
    if (!last || rows.length < batch) return differences;
    after = last.id;
  }
}
