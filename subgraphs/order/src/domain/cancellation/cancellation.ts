import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import { singleItem } from '@souk/shared/single-item';
import type { OrderEntity } from '../../entities/order.js';
import { TokenEntity } from '../../entities/token.js';
import { lockOrders, lockTokensOfOrders } from '../locks.js';
import { transitionTo, recordEvent } from '../order/order.js';
import { readConditions, idField, findRunningSaga } from '../order/order-conditions.js';
import type { OrderConditions } from '../order/order-status.js';
import { allowedTransitions, metConditions } from '../order/order-status.js';
import { revokeTokens } from '../token/token.js';

/** A cancellation that begins. */
export interface NewCancellation {
  /** Its saga. */
  cancellationId: string;
  reason: string;
  actorId: string;
  /** The argument that names the order; `id` if it is left out. */
  field?: readonly string[];
}

/**
 * Marks an order as being canceled by the saga `cancellationId`; only that saga changes it from then on.
 * Returns the order.
 * @throws Rejection ILLEGAL_TRANSITION (already canceled), NOT_CANCELLABLE (shipped, a token was redeemed, or the
 * payment is disputed), CONFLICT (its checkout or a cancellation is running)
 */
export async function beginCancellation(
  manager: EntityManager,
  orderId: string,
  { cancellationId, reason, actorId, field = idField }: NewCancellation,
): Promise<OrderEntity> {
  const order = singleItem(await lockOrders(manager, [orderId]));
  const tokens = await manager.findBy(TokenEntity, { orderId });
  const facts = singleItem(await readConditions(manager, [orderId], tokens));
  const refusal = validateCancellation(order, facts, field) ?? (await findRunningSaga(manager, order, field));
  if (refusal) throw refusal;
  await manager.query('UPDATE customer_order SET cancellation_id = $2 WHERE id = $1', [
    orderId,
    cancellationId,
  ]);
  await recordEvent(manager, orderId, 'note', `The order is being cancelled: ${reason}`, actorId);
  return order;
}

/**
 * Revokes the tokens of orders that are being canceled. The row locks order it before or after a concurrent
 * redemption. Per order: null, or NOT_CANCELLABLE if a token was redeemed, or the payment disputed, since
 * the cancellation began; its tokens are then unchanged.
 */
export async function withdrawTokens(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<(Rejection | null)[]> {
  const orders = new Map((await lockOrders(manager, orderIds)).map((order) => [order.id, order]));
  const facts = await readConditions(manager, orderIds, await lockTokensOfOrders(manager, orderIds));
  const refusals = orderIds.map((id, index) => {
    const [order, known] = [orders.get(id), facts[index]];
    if (!order || !known) throw new Error(`There is no order ${id}.`);
    return validateCancellation(order, known, null);
  });
  await revokeTokens(
    manager,
    orderIds.filter((_id, index) => refusals[index] === null),
  );
  return refusals;
}

/** Cancels the order after all steps of the cancellation. */
export async function endCancellation(
  manager: EntityManager,
  { orderId, reason, actorId }: { orderId: string; reason: string; actorId: string },
): Promise<void> {
  // The conditions were checked before the tokens were revoked.
  if (!(await transitionTo(manager, orderId, 'CANCELLED', metConditions)))
    throw new Error(`Order ${orderId} is cancelled.`);
  await manager.query(
    'UPDATE customer_order SET cancel_reason = $2, cancelled_at = clock_timestamp() WHERE id = $1',
    [orderId, reason],
  );
  await manager.query(
    `UPDATE order_line SET cancelled_units = cancelled_units || ARRAY(
       SELECT unit FROM generate_series(0, quantity - 1) AS unit WHERE unit <> ALL(cancelled_units))
     WHERE order_id = $1`,
    [orderId],
  );
  await recordEvent(manager, orderId, 'status', `The order was cancelled: ${reason}`, actorId);
}

/** Ends a rejected cancellation; the order is unchanged. */
export async function refuseCancellation(
  manager: EntityManager,
  orderId: string,
  message: string,
): Promise<void> {
  await manager.query('UPDATE customer_order SET cancellation_id = NULL WHERE id = $1', [orderId]);
  await recordEvent(manager, orderId, 'saga', `The order could not be cancelled: ${message}`);
}

function validateCancellation(
  order: OrderEntity,
  facts: OrderConditions,
  field: readonly string[] | null,
): Rejection | null {
  const { status } = order;
  const dispute = status === 'CANCELLED' ? null : disputeOf(order);
  if (dispute !== null) return new Rejection('NOT_CANCELLABLE', dispute, { field });
  if (allowedTransitions(status, facts).includes('CANCELLED')) return null;
  if (status === 'CANCELLED')
    return new Rejection('ILLEGAL_TRANSITION', 'The order is already cancelled.', { field });
  const shipped = status === 'COMPLETED' ? 'It has been shipped.' : 'A part of it has been shipped.';
  const why = facts.redeemed ? 'One of its tokens has been redeemed.' : shipped;
  return new Rejection('NOT_CANCELLABLE', `The order can no longer be cancelled. ${why}`, { field });
}

/** Why a dispute prevents the cancellation; null if it does not. */
function disputeOf({
  disputedAmount,
  chargedBackAmount,
  refundedAmount,
  totalAmount,
}: OrderEntity): string | null {
  if (disputedAmount > 0) {
    return "The order cannot be cancelled while its payment is disputed: the buyer's bank decides about the money.";
  }
  // The card provider refunds no part of a payment that was charged back; nothing is left of one lost as a whole.
  if (chargedBackAmount > 0 && chargedBackAmount + refundedAmount < totalAmount) {
    return 'The order cannot be cancelled: the bank decided the dispute and charged back a part of the payment, and the rest cannot be refunded.';
  }
  return null;
}

/** Whether a dispute prevents the order's cancellation. */
export function isHeldByDispute(order: OrderEntity): boolean {
  return disputeOf(order) !== null;
}
