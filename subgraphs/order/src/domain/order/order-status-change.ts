import type { EntityManager } from 'typeorm';
import type { OrderCompleted } from '@souk/shared/contracts/order';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import type { Cause } from '@souk/shared/event';
import { singleItem } from '@souk/shared/single-item';
import type { OrderEntity, OrderStatus } from '../../entities/order.js';
import { OrderLineEntity } from '../../entities/order.js';
import { TokenEntity } from '../../entities/token.js';
import { lockOrders } from '../locks.js';
import { namedListings } from '../named-listings.js';
import { refundOfRest } from './line-price.js';
import { remainingUnits } from './line-units.js';
import { transitionTo, recordEvent } from './order.js';
import { readConditions, findRunningSaga } from './order-conditions.js';
import type { OrderConditions } from './order-status.js';
import { isManualTransition } from './order-status.js';

const texts: Readonly<Partial<Record<OrderStatus, string>>> = {
  PROCESSING: 'The order is being processed.',
  COMPLETED: 'The order was completed.',
};

/**
 * Changes an order's status manually, when it is prepared and shipped. Sends the buyer's notification of a completed
 * order.
 * @throws Rejection ILLEGAL_TRANSITION for a transition that is not allowed, CONFLICT while its checkout or
 * cancellation is running
 */
export async function changeStatus(
  manager: EntityManager,
  outbox: Outbox,
  orderId: string,
  { to, actorId }: { to: OrderStatus; actorId: string },
): Promise<void> {
  const order = singleItem(await lockOrders(manager, [orderId]));
  const tokens = await manager.findBy(TokenEntity, { orderId });
  const facts = singleItem(await readConditions(manager, [orderId], tokens));
  const from = order.status;
  if (!isManualTransition(from, to)) throw illegal(from, to);
  const refusal = await findRunningSaga(manager, order);
  if (refusal) throw refusal;
  if (!(await moveOrder(manager, outbox, order, { to, facts, actorId }))) throw illegal(from, to);
  recordAction(outbox, 'UPDATE_ORDER_STATUS', orderId, {
    before: { status: from },
    after: { status: to },
  });
}

/** A change of an order's status by a person. */
export interface OrderMove {
  to: OrderStatus;
  facts: OrderConditions;
  actorId: string;
  /** The cause of the events; left out: the request's. */
  cause?: Cause;
}

/**
 * Moves a locked order to another status for a person, with its history and events; `order` has it then. Returns whether
 * the transition is allowed; nothing has changed otherwise.
 */
export async function moveOrder(
  manager: EntityManager,
  outbox: Outbox,
  order: OrderEntity,
  { to, facts, actorId, cause }: OrderMove,
): Promise<boolean> {
  if (!(await transitionTo(manager, order.id, to, facts))) return false;
  const event = {
    userId: order.customerId,
    orderId: order.id,
    orderNumber: order.number,
    previousStatus: order.status,
    status: to,
  };
  outbox.publish(orderEvents.orderStatusChanged, order.id, event, cause);
  order.status = to;
  if (to === 'COMPLETED') {
    await manager.query('UPDATE customer_order SET completed_at = clock_timestamp() WHERE id = $1', [
      order.id,
    ]);
    outbox.publish(orderEvents.orderCompleted, order.id, await completedOrder(manager, order), cause);
  }
  await recordEvent(manager, order.id, 'status', texts[to] ?? `The order is ${to}.`, actorId);
  return true;
}

async function completedOrder(manager: EntityManager, order: OrderEntity): Promise<OrderCompleted> {
  const all = await manager.find(OrderLineEntity, {
    where: { orderId: order.id },
    order: { position: 'ASC' },
  });
  const lines = all.filter((line) => remainingUnits(line) > 0);
  const amount = lines.reduce((sum, line) => sum + refundOfRest(line), 0);
  return {
    userId: order.customerId,
    orderId: order.id,
    orderNumber: order.number,
    total: { amount, currency: order.currency },
    listings: namedListings(lines),
  };
}

function illegal(from: OrderStatus, to: OrderStatus): Rejection {
  const hint = to === 'CANCELLED' && from !== 'CANCELLED' ? ' Use cancelOrder to cancel an order.' : '';
  const message = `An order cannot be changed manually from ${from} to ${to}.${hint}`;
  return new Rejection('ILLEGAL_TRANSITION', message, { field: ['status'] });
}
