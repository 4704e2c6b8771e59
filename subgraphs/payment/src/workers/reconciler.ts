import type { EntityManager } from 'typeorm';
import { Unavailable } from '@souk/shared/errors';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { syncPayment, syncRefund } from '../domain/payment/provider-sync.js';
import { PaymentEntity } from '../entities/payment.js';

/** Interval of the reconciler. */
export const reconcileEveryMs = 5_000;
const resyncAfterMs = 60_000;
const batch = 20;

const source = { name: 'reconciler' } as const;

/**
 * Syncs waiting payments and pending refunds that were last synced more than a minute ago: their webhook or message may
 * be lost. It takes a bounded number of the oldest; each is claimed by one process.
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

async function claimDue(reader: EntityManager, due: string, now: Date): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await reader.query(due, [
    now,
    new Date(now.getTime() - resyncAfterMs),
    batch,
  ]);
  return rows.map(({ id }) => id);
}
