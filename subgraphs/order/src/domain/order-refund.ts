import type { EntityManager } from 'typeorm';
import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import { noteChange } from '@souk/shared/db/changes';
import { formatMoney } from '@souk/shared/money';
import { noteEvent } from './order.js';
import { orderTopic } from './watch.js';

/**
 * Has an order say of its refunds what payment says. An older word than the last one changes nothing, and what a saga
 * asked for is in the history already.
 */
export async function noteRefund(
  manager: EntityManager,
  { orderId, refunded, bySaga, position }: PaymentRefunded,
): Promise<void> {
  const [, changed]: [unknown, number] = await manager.query(
    `UPDATE customer_order
     SET payment_position = $3, refunded_amount = least($2::bigint, total_amount),
       payment_status = CASE
         WHEN $2::bigint = 0 THEN CASE WHEN refunded_amount > 0 THEN 'PAID' ELSE payment_status END
         WHEN $2::bigint < total_amount THEN 'PARTIALLY_REFUNDED' ELSE 'REFUNDED' END
     WHERE id = $1 AND payment_position < $3`,
    [orderId, refunded.amount, position],
  );
  if (changed === 0) return;
  noteChange(manager, [orderTopic(orderId)]);
  if (bySaga) return;
  await noteEvent(manager, orderId, 'refund', `Refunded of the payment: ${formatMoney(refunded, 'en')}.`);
}
