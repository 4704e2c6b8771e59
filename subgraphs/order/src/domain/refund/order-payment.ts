import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import type { PaymentMoney, PaymentRefunded } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import { publishChange } from '@souk/shared/db/pending-changes';
import { formatMoney } from '@souk/shared/money';
import type { OrderStatus } from '../../entities/order.js';
import type { NewOrderEvent } from '../order/order.js';
import { recordEvents } from '../order/order.js';
import { restoreTokens, revokeTokens } from '../token/token.js';
import { orderTopic } from '../topics.js';

/** The money of an order's payment. */
export interface OrderPayment {
  /** UUID. */
  orderId: string;
  money: PaymentMoney;
}

/** An order after the change, with the amounts before it. PostgreSQL's bigint arrives as text. */
interface ChangedOrder {
  id: string;
  status: OrderStatus;
  currency: string;
  refunded: string;
  disputed: string;
  charged_back: string;
  refunded_before: string;
  disputed_before: string;
  charged_back_before: string;
}

/**
 * Copies the money of payments to their orders, at most one per order; stale positions are ignored. A chargeback revokes
 * the order's unused tokens; they are valid again if the bank returns the money.
 */
export async function applyPayments(
  manager: EntityManager,
  payments: readonly OrderPayment[],
): Promise<void> {
  if (payments.length === 0) return;
  const [changed]: [ChangedOrder[], number] = await manager.query(
    `WITH payment AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb)
         AS p (id uuid, refunded bigint, disputed bigint, "chargedBack" bigint, position bigint)
     ), before AS (
       SELECT id, refunded_amount, disputed_amount, charged_back_amount FROM customer_order
       WHERE id IN (SELECT id FROM payment) ORDER BY id FOR UPDATE
     )
     UPDATE customer_order o
     SET payment_position = p.position, refunded_amount = least(p.refunded, o.total_amount),
       disputed_amount = p.disputed, charged_back_amount = p."chargedBack",
       payment_status = CASE WHEN p."chargedBack" > 0 THEN 'CHARGED_BACK' WHEN p.refunded = 0 THEN 'PAID'
         WHEN p.refunded < o.total_amount THEN 'PARTIALLY_REFUNDED' ELSE 'REFUNDED' END
     FROM payment p JOIN before ON before.id = p.id
     WHERE o.id = p.id AND o.payment_position < p.position
     RETURNING o.id, o.status, o.currency, o.refunded_amount AS refunded, o.disputed_amount AS disputed,
       o.charged_back_amount AS charged_back, before.refunded_amount AS refunded_before,
       before.disputed_amount AS disputed_before, before.charged_back_amount AS charged_back_before`,
    [JSON.stringify(payments.map(toRow))],
  );
  if (changed.length === 0) return;
  publishChange(
    manager,
    changed.map(({ id }) => orderTopic(id)),
  );
  await recordEvents(manager, changed.flatMap(eventsOf));
  const lost = changed.filter((order) => Number(order.charged_back) > 0);
  const returned = changed.filter(
    (order) => Number(order.charged_back) === 0 && Number(order.charged_back_before) > 0,
  );
  await revokeTokens(
    manager,
    lost.map(({ id }) => id),
    { byChargeback: true },
  );
  // A cancellation has revoked the tokens for good.
  await restoreTokens(
    manager,
    returned.filter(({ status }) => status !== 'CANCELLED').map(({ id }) => id),
  );
}

function toRow({ orderId, money }: OrderPayment): Record<string, string | number> {
  const { refunded, disputed, chargedBack, position } = money;
  return { id: orderId, refunded: refunded.amount, disputed, chargedBack, position };
}

/** Entries in the order's history, by amount that has changed. */
function eventsOf(order: ChangedOrder): NewOrderEvent[] {
  const { id: orderId, currency } = order;
  const text = (amount: number) => formatMoney({ amount, currency }, 'en');
  const [refunded, disputed, lost] = [order.refunded, order.disputed, order.charged_back].map(
    Number,
  ) as Amounts;
  const [refundedBefore, disputedBefore, lostBefore] = [
    order.refunded_before,
    order.disputed_before,
    order.charged_back_before,
  ].map(Number) as Amounts;
  const events: NewOrderEvent[] = [];
  const add = (type: NewOrderEvent['type'], message: string) => events.push({ orderId, type, message });
  if (refunded !== refundedBefore) add('refund', `Refunded so far: ${text(refunded)}.`);
  if (disputed > disputedBefore) {
    add('payment', `The payment is disputed: the buyer's bank withholds ${text(disputed)} until it decides.`);
  }
  if (lost > lostBefore) {
    add('payment', `The bank decided the dispute for the buyer: ${text(lost)} were charged back.`);
  }
  if (disputed + lost < disputedBefore + lostBefore) {
    add(
      'payment',
      `The bank decided the dispute for the seller and returned ${text(disputedBefore + lostBefore - disputed - lost)}.`,
    );
  }
  return events;
}

type Amounts = [number, number, number];

/** Applies payment's event, and sends the buyer's notification of a completed refund. */
export async function applyPaymentEvent(
  manager: EntityManager,
  outbox: Outbox,
  { orderId, sentBack, ...money }: PaymentRefunded,
): Promise<void> {
  const [order]: { customer_id: string; number: string; refunded: string }[] = await manager.query(
    'SELECT customer_id, number, refunded_amount AS refunded FROM customer_order WHERE id = $1 FOR UPDATE',
    [orderId],
  );
  if (!order) return;
  await applyPayments(manager, [{ orderId, money }]);
  // Older versions send the total only.
  const amount = sentBack === undefined ? money.refunded.amount - Number(order.refunded) : (sentBack ?? 0);
  if (amount <= 0) return;
  // Sent also if a step's reply has already changed the order: social ignores repeats of a position.
  outbox.publish(orderEvents.orderRefunded, orderId, {
    userId: order.customer_id,
    orderId,
    orderNumber: order.number,
    refunded: { amount, currency: money.refunded.currency },
    position: money.position,
  });
}
