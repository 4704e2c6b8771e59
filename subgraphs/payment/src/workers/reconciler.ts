import type { EntityManager } from 'typeorm';
import { Unavailable } from '@souk/shared/errors';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { syncPayment, syncRefund } from '../domain/payment/provider-sync.js';
import { lockPaymentsById } from '../domain/locks.js';
import { requestReturns } from '../domain/refund/refund-settlement.js';
import { PaymentEntity } from '../entities/payment.js';

/** Interval of the reconciler. */
export const reconcileEveryMs = 5_000;
const resyncAfterMs = 60_000;
const batch = 20;

const source = { name: 'reconciler' } as const;

/**
 * Syncs waiting payments and pending refunds that were last synced more than a minute ago: their webhook or message may
 * be lost. Requests refunds that are due after failed ones. It takes a bounded number of the oldest; each is claimed by one
 * process.
 * @throws the first error after all have been processed; Unavailable immediately
 */
export async function reconcile(services: PaymentServices): Promise<void> {
  const { reader } = services.database;
  const now = services.clock.now();
  const errors: unknown[] = [];
  const collectErrors = async (look: Promise<unknown>): Promise<void> => {
    try {
      await look;
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      errors.push(error);
    }
  };
  for (const id of await claimDue(reader, duePayments, now)) {
    const payment = await reader.findOneByOrFail(PaymentEntity, { id });
    await collectErrors(syncPayment(services, payment, source));
  }
  for (const id of await claimDue(reader, dueRefunds, now))
    await collectErrors(syncRefund(services, id, source));
  await requestDueReturns(services, now);
  if (errors.length > 0) throw errors[0];
}

const duePayments = `
  UPDATE payment SET looked_at = $1 WHERE id IN (
    SELECT id FROM payment
    WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING') AND provider_payment_id IS NOT NULL
      AND looked_at < $2
    ORDER BY looked_at LIMIT $3 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

const dueRefunds = `
  UPDATE refund SET looked_at = $1 WHERE id IN (
    SELECT id FROM refund WHERE status = 'PENDING' AND looked_at < $2
    ORDER BY looked_at LIMIT $3 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

const dueReturns = `
  SELECT id FROM payment WHERE return_due_at <= $1 ORDER BY return_due_at LIMIT $2`;

/** Requests refunds of payments that go back and whose last refund failed some time ago. */
async function requestDueReturns({ database }: PaymentServices, now: Date): Promise<void> {
  const rows: { id: string }[] = await database.reader.query(dueReturns, [now, batch]);
  if (rows.length === 0) return;
  await database.transact(async (manager, outbox) => {
    const ids = rows.map(({ id }) => id).toSorted();
    const paymentOf = await lockPaymentsById(manager, ids);
    // Another process may have been faster.
    const due = ids.map(paymentOf).filter(({ returnDueAt }) => returnDueAt !== null && returnDueAt <= now);
    await requestReturns(manager, outbox, due, source, now);
  });
}

async function claimDue(reader: EntityManager, due: string, now: Date): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await reader.query(due, [
    now,
    new Date(now.getTime() - resyncAfterMs),
    batch,
  ]);
  return rows.map(({ id }) => id);
}
