import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { Outbox } from '@souk/shared/db/outbox';
import { formatMoney } from '@souk/shared/money';
import { recordEvent } from './order.js';
import { orderTopic } from '../topics.js';

interface RefundedOrder {
  customer_id: string;
  number: string;
  before: string;
}

/**
 * Copies payment's refund totals to the order and notifies the buyer. Ignores stale updates. A saga that
 * requested the refund records it itself.
 */
export async function applyRefund(
  manager: EntityManager,
  outbox: Outbox,
  { orderId, refunded, bySaga, position }: PaymentRefunded,
): Promise<void> {
  const [[order]]: [RefundedOrder[], number] = await manager.query(
    `UPDATE customer_order o
     SET payment_position = $3, refunded_amount = least($2::bigint, o.total_amount),
       payment_status = CASE
         WHEN $2::bigint = 0 THEN CASE WHEN o.refunded_amount > 0 THEN 'PAID' ELSE o.payment_status END
         WHEN $2::bigint < o.total_amount THEN 'PARTIALLY_REFUNDED' ELSE 'REFUNDED' END
     FROM (SELECT id, refunded_amount FROM customer_order WHERE id = $1 FOR UPDATE) before
     WHERE o.id = before.id AND o.payment_position < $3
     RETURNING o.customer_id, o.number, before.refunded_amount AS before`,
    [orderId, refunded.amount, position],
  );
  if (!order) return;
  publishChange(manager, [orderTopic(orderId)]);
  if (bySaga) return;
  await recordEvent(manager, orderId, 'refund', `Refunded so far: ${formatMoney(refunded, 'en')}.`);
  const now = refunded.amount - Number(order.before);
  // The total decreased because the bank rejected the refund; staff handle that case.
  if (now <= 0) return;
  outbox.publish(orderEvents.orderRefunded, orderId, {
    userId: order.customer_id,
    orderId,
    orderNumber: order.number,
    refunded: { ...refunded, amount: now },
    position,
  });
}
