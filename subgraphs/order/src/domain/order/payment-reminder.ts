import { runBatches } from '@souk/shared/async/batches';
import { orderEvents } from '@souk/shared/contracts/order';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';

const dayMs = 86_400_000;
const batch = { size: 200, most: 50 };

/**
 * SQL that marks checkouts which wait for a payment by hand, those that expire first; exported for the query plan test. The
 * buyer is reminded when half of the time has passed, at the earliest a day before its end. A card's buyer is at the page.
 */
export const duePaymentsSql = `
  WITH due AS (
    SELECT s.id, s.order_id, s.user_id, s.expires_at FROM ONLY saga s
    WHERE s.definition = 'checkout' AND s.status = 'WAITING' AND s.expires_at > $1
      AND s.expires_at - least(interval '1 day', (s.expires_at - s.started_at) / 2) <= $1
      AND s.input -> 'payment' ->> 'method' <> 'CREDIT_CARD'
      AND NOT EXISTS (SELECT FROM payment_reminder r WHERE r.checkout_id = s.id)
    ORDER BY s.expires_at LIMIT ${batch.size}
  ), marked AS (
    INSERT INTO payment_reminder (checkout_id, expires_at) SELECT id, expires_at FROM due ORDER BY id
    ON CONFLICT DO NOTHING RETURNING checkout_id
  )
  SELECT due.id AS "checkoutId", due.order_id AS "orderId", due.user_id AS "userId", due.expires_at AS "expiresAt",
    o.number AS "orderNumber", o.total_amount::float8 AS amount, o.currency
  FROM marked JOIN due ON due.id = marked.checkout_id JOIN customer_order o ON o.id = due.order_id
  ORDER BY due.id`;

interface DuePayment {
  checkoutId: string;
  orderId: string;
  userId: string;
  expiresAt: Date;
  orderNumber: string;
  amount: number;
  currency: string;
}

/**
 * Publishes paymentDue for checkouts that wait for a payment by hand and expire soon: once for each. Returns the number of
 * reminders.
 */
export async function remindOfPayments(database: Database, now: Date): Promise<number> {
  const reminders = await runBatches(batch, async () => ({
    taken: await database.transact((manager, outbox) => remindBatch(manager, outbox, now)),
  }));
  await deleteInBatches(
    database.reader,
    `DELETE FROM payment_reminder WHERE checkout_id IN (
       SELECT checkout_id FROM payment_reminder WHERE expires_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - dayMs)],
  );
  return reminders;
}

async function remindBatch(manager: EntityManager, outbox: Outbox, now: Date): Promise<number> {
  const due: DuePayment[] = await manager.query(duePaymentsSql, [now]);
  for (const { checkoutId, orderId, userId, orderNumber, amount, currency, expiresAt } of due) {
    outbox.publish(orderEvents.paymentDue, orderId, {
      ...{ userId, orderId, orderNumber, checkoutId },
      total: { amount, currency },
      expiresAt: expiresAt.toISOString(),
    });
  }
  return due.length;
}
