import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import type { SagaStatus } from '@souk/shared/saga/state';
import type { OrderEntity } from '../entities/order.js';
import { OrderLineEntity } from '../entities/order.js';
import type { TokenEntity } from '../entities/token.js';
import type { OrderFacts } from './order-status.js';

/** The argument that names an order. */
export const idField = ['id'];

/** Why nobody may move an order now: its checkout or its cancellation is at it; null otherwise. */
export async function underWay(manager: EntityManager, order: OrderEntity): Promise<Rejection | null> {
  if (order.cancellationId !== null) {
    return new Rejection('CONFLICT', 'The order is being cancelled.', { field: idField });
  }
  const checkouts: { status: SagaStatus }[] = await manager.query('SELECT status FROM saga WHERE id = $1', [
    order.checkoutId,
  ]);
  if (checkouts[0]?.status === 'COMPLETED') return null;
  const message =
    "The order's checkout has not ended; one that awaits payment is given up by cancelCheckout.";
  return new Rejection('CONFLICT', message, { field: idField });
}

/** What the moves of an order depend on. */
export async function factsOf(
  manager: EntityManager,
  orderId: string,
  tokens: readonly TokenEntity[],
): Promise<OrderFacts> {
  const ships = await manager.existsBy(OrderLineEntity, { orderId, fulfilment: 'SHIPMENT' });
  return { ships, redeemed: tokens.some(({ status }) => status === 'REDEEMED') };
}
