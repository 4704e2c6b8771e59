import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { sagaTable } from '@souk/shared/saga/saga-table';
import type { SagaStatus } from '@souk/shared/saga/state';
import { checkoutTopic, orderTopic } from '../domain/topics.js';

/** Names of all sagas of order. */
export const sagaNames = ['checkout', 'cancel-order', 'cancel-items'];

/** Subject of every saga, copied into columns. */
const subject = z.object({ orderId: z.uuid(), userId: z.uuid(), cartId: z.uuid().nullish() });

/** Stores sagas in order's table `saga`. */
export const sagaStore = sagaTable({
  subjectColumns: ['order_id', 'user_id', 'cart_id'],
  subjectOf: (input) => {
    const { orderId, userId, cartId = null } = subject.parse(input);
    return { order_id: orderId, user_id: userId, cart_id: cartId };
  },
  // A checkout's topic is its own; other sagas use the order's topic.
  topicOf: ({ id, definition, input }) =>
    definition === 'checkout' ? checkoutTopic(id) : orderTopic(subject.parse(input).orderId),
});

/** Returns the saga of an order that needs attention, its checkout or its cancellation, or null. */
export async function findSagaNeedingAttention(
  manager: EntityManager,
  { checkoutId, orderId }: { checkoutId: string; orderId: string },
): Promise<string | null> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM ONLY saga WHERE order_id = $1 AND status = 'NEEDS_ATTENTION' ORDER BY id = $2 DESC LIMIT 1`,
    [orderId, checkoutId],
  );
  return rows[0]?.id ?? null;
}

/** An open checkout. */
export interface OpenCheckout {
  id: string;
  userId: string;
  orderId: string;
  status: SagaStatus;
}

/** SQL of `readOpenCheckouts`, exported for the query plan test. */
export const openCheckoutsSql = `
  SELECT id, user_id AS "userId", order_id AS "orderId", status FROM ONLY saga
  WHERE user_id = ANY($1) AND definition = 'checkout' AND status NOT IN ('COMPLETED', 'FAILED')`;

/** Returns the open checkouts of buyers. */
export function readOpenCheckouts(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<OpenCheckout[]> {
  return manager.query(openCheckoutsSql, [userIds]);
}

/** Recently failed checkouts of a buyer. */
export interface FailedCheckouts {
  userId: string;
  failed: number;
  /** Failure time of the `limit`-th newest one; null if there are fewer. */
  nth: Date | null;
}

/** SQL of `countFailedCheckouts`, exported for the query plan test. */
export const failedCheckoutsSql = `
  SELECT user_id AS "userId", count(*)::int AS failed,
    (array_agg(completed_at ORDER BY completed_at DESC))[$3::int] AS nth
  FROM ONLY saga
  WHERE user_id = ANY($1) AND definition = 'checkout' AND status = 'FAILED' AND completed_at > $2
  GROUP BY user_id`;

/** Counts the failed checkouts of buyers since a time. */
export function countFailedCheckouts(
  manager: EntityManager,
  userIds: readonly string[],
  since: Date,
  limit: number,
): Promise<FailedCheckouts[]> {
  return manager.query(failedCheckoutsSql, [userIds, since, limit]);
}

/** Returns the units of orders, by offer. */
export async function readUnpaidUnits(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<{ orderId: string; offerId: string; units: number }[]> {
  if (orderIds.length === 0) return [];
  return manager.query(
    `SELECT order_id AS "orderId", offer_id AS "offerId", sum(quantity)::int AS units FROM order_line
     WHERE order_id = ANY($1) GROUP BY order_id, offer_id`,
    [orderIds],
  );
}

/** Returns a page of a buyer's checkouts that can still be ended, by ascending id after `after`. */
export async function readCancellableCheckouts(
  manager: EntityManager,
  userId: string,
  after: string,
  limit: number,
): Promise<{ id: string; orderId: string }[]> {
  return manager.query(
    `SELECT id, order_id AS "orderId" FROM ONLY saga
     WHERE user_id = $1 AND definition = 'checkout' AND status NOT IN ('COMPLETED', 'FAILED')
       AND status IN ('RUNNING', 'WAITING') AND id > $2
     ORDER BY id LIMIT $3`,
    [userId, after, limit],
  );
}
