import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import type { Money } from '@souk/shared/money';
import type { OrderEntity, OrderStatus } from '../entities/order.js';
import { TokenEntity } from '../entities/token.js';
import { lockOrder, lockOrders, lockTokensOfOrders } from './locks.js';
import { move, noteEvent } from './order.js';
import { factsOf, factsOfMany, idField, underWay } from './order-facts.js';
import type { OrderFacts } from './order-status.js';
import { allowedTransitions } from './order-status.js';
import { revokeTokens } from './token.js';

/**
 * Marks an order as being cancelled by the saga `cancellationId`; from then on nobody else moves it. Returns the order.
 * @throws Rejection ILLEGAL_TRANSITION (cancelled already), NOT_CANCELLABLE (shipped, or a token was redeemed),
 * CONFLICT (its checkout, or a cancellation, is under way)
 */
export async function beginCancellation(
  manager: EntityManager,
  orderId: string,
  { cancellationId, reason, actorId }: { cancellationId: string; reason: string; actorId: string },
): Promise<OrderEntity> {
  const order = await lockOrder(manager, orderId);
  const tokens = await manager.findBy(TokenEntity, { orderId });
  const refusal =
    refusalOf(order.status, await factsOf(manager, orderId, tokens), idField) ??
    (await underWay(manager, order));
  if (refusal) throw refusal;
  await manager.query('UPDATE customer_order SET cancellation_id = $2 WHERE id = $1', [
    orderId,
    cancellationId,
  ]);
  await noteEvent(manager, orderId, 'note', `The order is being cancelled: ${reason}`, actorId);
  return order;
}

/**
 * Takes the tokens of orders that are being cancelled. Whoever redeems one at that moment waits, or was first. For each
 * null, or NOT_CANCELLABLE where one of its tokens was redeemed since the cancellation began: nothing was taken then.
 */
export async function withdrawTokens(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<(Rejection | null)[]> {
  const orders = new Map((await lockOrders(manager, orderIds)).map((order) => [order.id, order]));
  const facts = await factsOfMany(manager, orderIds, await lockTokensOfOrders(manager, orderIds));
  const refusals = orderIds.map((id) => {
    const [order, known] = [orders.get(id), facts.get(id)];
    if (!order || !known) throw new Error(`There is no order ${id}.`);
    return refusalOf(order.status, known, null);
  });
  await revokeTokens(
    manager,
    orderIds.filter((_id, index) => refusals[index] === null),
  );
  return refusals;
}

/** All of the money has gone back, or is on its way. */
export async function markRefunded(
  manager: EntityManager,
  orderId: string,
  { amount }: Money,
): Promise<void> {
  await manager.query(
    `UPDATE customer_order SET payment_status = 'REFUNDED', refunded_amount = total_amount WHERE id = $1`,
    [orderId],
  );
  if (amount > 0) await noteEvent(manager, orderId, 'refund', 'The payment was refunded.');
}

/** Everything is taken back: the order is cancelled. */
export async function endCancellation(
  manager: EntityManager,
  { orderId, reason, actorId }: { orderId: string; reason: string; actorId: string },
): Promise<void> {
  // What may have stood in the way was judged before the tokens were taken.
  const judged = { ships: false, redeemed: false };
  if (!(await move(manager, orderId, 'CANCELLED', judged))) throw new Error(`Order ${orderId} is cancelled.`);
  await manager.query(
    'UPDATE customer_order SET cancel_reason = $2, cancelled_at = clock_timestamp() WHERE id = $1',
    [orderId, reason],
  );
  await noteEvent(manager, orderId, 'status', `The order was cancelled: ${reason}`, actorId);
}

/** The order stays as it is. */
export async function refuseCancellation(
  manager: EntityManager,
  orderId: string,
  message: string,
): Promise<void> {
  await manager.query('UPDATE customer_order SET cancellation_id = NULL WHERE id = $1', [orderId]);
  await noteEvent(manager, orderId, 'saga', `The order could not be cancelled: ${message}`);
}

function refusalOf(
  status: OrderStatus,
  facts: OrderFacts,
  field: readonly string[] | null,
): Rejection | null {
  if (allowedTransitions(status, facts).includes('CANCELLED')) return null;
  if (status === 'CANCELLED')
    return new Rejection('ILLEGAL_TRANSITION', 'The order is cancelled already.', { field });
  const why = facts.redeemed ? 'A token of it has been redeemed.' : 'It has been shipped.';
  return new Rejection('NOT_CANCELLABLE', `The order cannot be cancelled any more. ${why}`, { field });
}
