import type { EntityManager } from 'typeorm';
import { Unavailable } from '@souk/shared/errors';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { syncPayment, syncRefund } from '../domain/payment/provider-sync.js';
import { PaymentEntity } from '../entities/payment.js';

/** How often the reconciler runs. */
export const reconcileEveryMs = 5_000;
const resyncAfterMs = 60_000;
const batch = 20;

const source = { name: 'reconciler' } as const;

/**
 * Asks the provider about payments that wait, and refunds under way, which nobody has asked about for a minute: their
 * webhook, or their message, may be lost. A bounded number of those that waited longest; each is taken by one process.
 * @throws what went wrong first, after the others have had their turn; Unavailable at once
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
