import type { Queryable } from '@souk/shared/postgres';
import type { EntityManager } from 'typeorm';
import { OrderLineEntity } from '../../entities/order.js';
import { refundOfRest } from './line-price.js';

/** Amounts of an order, in minor units. */
export interface OrderMoney {
  orderId: string;
  /** The order number. */
  number: string;
  currency: string;
  /** Total less refunds; 0 if the order is unpaid or canceled. */
  retained: number;
  refunded: number;
  /** Whether no checkout and no cancellation of it is running. */
  settled: boolean;
}

const money = `
  SELECT o.id, o.number, o.currency, o.refunded_amount AS refunded,
    CASE WHEN o.status IN ('PAID', 'PROCESSING', 'COMPLETED') THEN o.total_amount - o.refunded_amount ELSE 0 END AS retained,
    s.status IN ('COMPLETED', 'FAILED') AND (o.cancellation_id IS NULL OR o.status = 'CANCELLED') AS settled
  FROM customer_order o JOIN saga s ON s.id = o.checkout_id`;

/** Returns orders placed since a time whose ids follow `after`, by ascending id. */
export async function ordersPlacedSince(
  asker: Queryable,
  since: Date,
  after: string,
  limit: number,
): Promise<OrderMoney[]> {
  const sql = `${money} WHERE o.placed_at >= $1 AND o.id > $2 ORDER BY o.id LIMIT $3`;
  return (await asker.query<Row[]>(sql, [since, after, limit])).map(read);
}

/** Returns these orders; omits unknown ids. */
export async function ordersById(asker: Queryable, ids: readonly string[]): Promise<OrderMoney[]> {
  return (await asker.query<Row[]>(`${money} WHERE o.id = ANY($1)`, [ids])).map(read);
}

/** The price of an order's units that were not canceled, in minor units. */
export async function readRemainingAmount(manager: EntityManager, orderId: string): Promise<number> {
  const lines = await manager.findBy(OrderLineEntity, { orderId });
  return lines.reduce((sum, line) => sum + refundOfRest(line), 0);
}

interface Row {
  id: string;
  number: string;
  currency: string;
  refunded: string;
  retained: string;
  settled: boolean;
}

function read({ id: orderId, refunded, retained, ...rest }: Row): OrderMoney {
  return { ...rest, orderId, refunded: Number(refunded), retained: Number(retained) };
}
