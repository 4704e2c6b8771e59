import type { EntityManager } from 'typeorm';
import type { Database } from '@souk/shared/db/database';

const dayMs = 86_400_000;
const batch = 200;

/** SQL of the orders to delete, oldest first; exported for the query plan test. */
export const failedOrdersSql = `
  SELECT o.id, o.checkout_id FROM customer_order o
  WHERE o.status = 'CANCELLED' AND o.payment_status IN ('UNPAID', 'FAILED') AND o.placed_at < $1
    AND o.refunded_amount = 0
    AND EXISTS (SELECT FROM saga s WHERE s.id = o.checkout_id AND s.status = 'FAILED' AND s.completed_at < $1)
    AND NOT EXISTS (SELECT FROM saga s WHERE s.order_id = o.id AND s.id <> o.checkout_id)
    AND NOT EXISTS (SELECT FROM purchase_token t WHERE t.order_id = o.id)
  ORDER BY o.placed_at LIMIT ${batch} FOR UPDATE OF o SKIP LOCKED`;

/**
 * Deletes orders whose checkouts failed more than `days` ago without a payment, with their lines, history and
 * checkouts. Keeps orders with payments, refunds or disputes, and sagas that need attention. Returns the
 * number of deleted orders.
 */
export async function removeFailedOrders(database: Database, days: number, now: Date): Promise<number> {
  const before = new Date(now.getTime() - days * dayMs);
  for (let removed = 0; ;) {
    const count = await database.transact((manager) => removeBatch(manager, before));
    removed += count;
    if (count < batch) return removed;
  }
}

async function removeBatch(manager: EntityManager, before: Date): Promise<number> {
  const rows: { id: string; checkout_id: string }[] = await manager.query(failedOrdersSql, [before]);
  if (rows.length === 0) return 0;
  const orders = rows.map(({ id }) => id);
  const checkouts = rows.map(({ checkout_id: id }) => id);
  await manager.query('DELETE FROM order_event WHERE order_id = ANY($1::uuid[])', [orders]);
  await manager.query('DELETE FROM order_line WHERE order_id = ANY($1::uuid[])', [orders]);
  await manager.query('DELETE FROM customer_order WHERE id = ANY($1::uuid[])', [orders]);
  // A late command finds no order.
  await manager.query('DELETE FROM inbox WHERE saga_id = ANY($1::uuid[])', [checkouts]);
  await manager.query('DELETE FROM saga WHERE id = ANY($1::uuid[])', [checkouts]);
  return rows.length;
}
