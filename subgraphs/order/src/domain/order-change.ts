import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import type { OrderStatus } from '../entities/order.js';
import { TokenEntity } from '../entities/token.js';
import { lockOrder } from './locks.js';
import { move, noteEvent } from './order.js';
import { factsOf, underWay } from './order-facts.js';
import { isMoveByHand } from './order-status.js';

const texts: Readonly<Partial<Record<OrderStatus, string>>> = {
  PROCESSING: 'The order is being processed.',
  COMPLETED: 'The order was completed.',
};

/**
 * Moves an order by hand: on its way to be shipped, and when it was.
 * @throws Rejection ILLEGAL_TRANSITION where the table has no such move, CONFLICT while its checkout or its
 * cancellation is at it
 */
export async function changeStatus(
  manager: EntityManager,
  orderId: string,
  { to, actorId }: { to: OrderStatus; actorId: string },
): Promise<void> {
  const order = await lockOrder(manager, orderId);
  const facts = await factsOf(manager, orderId, await manager.findBy(TokenEntity, { orderId }));
  if (!isMoveByHand(order.status, to)) throw illegal(order.status, to);
  const refusal = await underWay(manager, order);
  if (refusal) throw refusal;
  if (!(await move(manager, orderId, to, facts))) throw illegal(order.status, to);
  if (to === 'COMPLETED') {
    await manager.query('UPDATE customer_order SET completed_at = clock_timestamp() WHERE id = $1', [
      orderId,
    ]);
  }
  await noteEvent(manager, orderId, 'status', texts[to] ?? `The order is ${to}.`, actorId);
}

function illegal(from: OrderStatus, to: OrderStatus): Rejection {
  const hint = to === 'CANCELLED' && from !== 'CANCELLED' ? ' Orders are cancelled by cancelOrder.' : '';
  const message = `An order does not go from ${from} to ${to} by hand.${hint}`;
  return new Rejection('ILLEGAL_TRANSITION', message, { field: ['status'] });
}
