import type { EntityManager } from 'typeorm';
import type { Topic } from '@souk/shared/topic';
import { OrderEntity } from '../entities/order.js';
import { SagaEntity } from '../entities/saga.js';

/** Topic of a checkout, and of the changes that it makes to its order. */
export function checkoutTopic(checkoutId: string): Topic {
  return `checkout:${checkoutId}`;
}

/** Topic of changes of an order outside its checkout. */
export function orderTopic(orderId: string): Topic {
  return `order:${orderId}`;
}

/** All topics of an order. */
export function topicsOfOrder({ id, checkoutId }: Pick<OrderEntity, 'id' | 'checkoutId'>): Topic[] {
  return [orderTopic(id), checkoutTopic(checkoutId)];
}

/** Reads a checkout, or null. */
export function readCheckout(manager: EntityManager, id: string): Promise<SagaEntity | null> {
  return manager
    .createQueryBuilder(SagaEntity, 's')
    .where("s.id = :id AND s.definition = 'checkout'", { id })
    .getOne();
}

/** Whether a checkout has ended. One that needs attention has not: it can be resumed. */
export function hasEnded({ status }: Pick<SagaEntity, 'status'>): boolean {
  return status === 'COMPLETED' || status === 'FAILED';
}

/** An order, and a version that changes with everything that its type exposes. */
export interface OrderVersion {
  order: OrderEntity;
  version: string;
}

/** Reads an order and its version, or null. */
export async function readOrderVersion(manager: EntityManager, id: string): Promise<OrderVersion | null> {
  const order = await manager.findOneBy(OrderEntity, { id });
  if (!order) return null;
  // Every write of a row changes its xmin.
  const [row]: { version: string }[] = await manager.query(
    `SELECT concat_ws('/', o.xmin::text, s.version,
       (SELECT max(id) FROM order_event WHERE order_id = o.id),
       (SELECT string_agg(xmin::text, ',' ORDER BY id) FROM purchase_token WHERE order_id = o.id)) AS version
     FROM customer_order o JOIN saga s ON s.id = o.checkout_id WHERE o.id = $1`,
    [id],
  );
  return { order, version: row?.version ?? '' };
}
