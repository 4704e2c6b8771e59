import { fromApiId } from '@souk/shared/ids';
import type { Queryable } from '@souk/shared/postgres';

/** A token of an order. */
export interface OrderTicket {
  /** UUID. */
  id: string;
  code: string;
  orderNumber: string;
}

/** More are not listed: an order has at most 100 lines of 100 units. */
const mostTickets = 10_000;

/** The tokens of an order that are not revoked, by line and unit. @param order its number or id */
export function findTicketsOf(database: Queryable, order: string): Promise<OrderTicket[]> {
  return database.query<OrderTicket[]>(
    `SELECT t.id, t.code, o.number AS "orderNumber"
     FROM customer_order o JOIN purchase_token t ON t.order_id = o.id JOIN order_line l ON l.id = t.line_id
     WHERE (o.number = $1 OR o.id = $2::uuid) AND t.status <> 'REVOKED'
     ORDER BY l.position, t.unit LIMIT ${mostTickets}`,
    [order, fromApiId('order', order)],
  );
}
