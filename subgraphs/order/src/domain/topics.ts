import type { EntityManager } from 'typeorm';
import type { Topic } from '@souk/shared/topic';
import { OrderEntity } from '../entities/order.js';
import { SagaEntity } from '../entities/saga.js';

// What is watched while it changes, and how one finds out that it did.

/** What is signalled when a checkout goes on, and with it its order. */
export function checkoutTopic(checkoutId: string): Topic {
  return `checkout:${checkoutId}`;
}

/** What is signalled when an order changes without its checkout. */
export function orderTopic(orderId: string): Topic {
  return `order:${orderId}`;
}

/** Everything that is signalled of an order. */
export function topicsOfOrder({ id, checkoutId }: Pick<OrderEntity, 'id' | 'checkoutId'>): Topic[] {
  return [orderTopic(id), checkoutTopic(checkoutId)];
}

/** A checkout as it stands, or null. */
export function readCheckout(manager: EntityManager, id: string): Promise<SagaEntity | null> {
  return manager
    .createQueryBuilder(SagaEntity, 's')
    .where("s.id = :id AND s.definition = 'checkout'", { id })
    .getOne();
}

/** Whether nothing will become of a checkout any more; one that needs attention may be helped on. */
export function hasEnded({ status }: Pick<SagaEntity, 'status'>): boolean {
  return status === 'COMPLETED' || status === 'FAILED';
}

/** An order, and what changes with everything that is shown of it. */
export interface OrderVersion {
  order: OrderEntity;
  version: string;
}

/** An order as it stands, or null. */
export async function readOrderVersion(manager: EntityManager, id: string): Promise<OrderVersion | null> {
  const order = await manager.findOneBy(OrderEntity, { id });
  if (!order) return null;
  // A row that was written again has another xmin.
  const [row]: { version: string }[] = await manager.query(
    `SELECT concat_ws('/', o.xmin::text, s.version,
       (SELECT max(id) FROM order_event WHERE order_id = o.id),
       (SELECT string_agg(xmin::text, ',' ORDER BY id) FROM purchase_token WHERE order_id = o.id)) AS version
     FROM customer_order o JOIN saga s ON s.id = o.checkout_id WHERE o.id = $1`,
    [id],
  );
  return { order, version: row?.version ?? '' };
}
