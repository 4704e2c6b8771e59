import type { Check } from './evidence.js';
import { rowsOf, isSold, remainingUnits } from './evidence.js';

/**
 * A unit of an order that stands has one valid token, unless it was cancelled or the order was charged back; one of any
 * other order has none.
 */
export const tokens: Check = async (evidence) => {
  const lines = await rowsOf<{ number: string; wanted: number; valid: number }>(
    evidence,
    'order',
    `SELECT o.number, CASE WHEN o.${isSold} AND o.payment_status <> 'CHARGED_BACK' THEN ${remainingUnits} ELSE 0 END AS wanted,
       (SELECT count(*)::int FROM purchase_token t WHERE t.line_id = l.id AND t.status = 'ACTIVE') AS valid
     FROM order_line l JOIN customer_order o ON o.id = l.order_id`,
  );
  const seats = await rowsOf<{ number: string; seat_id: string | null }>(
    evidence,
    'order',
    `SELECT o.number, t.seat_id FROM purchase_token t
     JOIN order_line l ON l.id = t.line_id JOIN customer_order o ON o.id = t.order_id
     WHERE t.order_id <> l.order_id OR t.holder_id <> o.customer_id
       OR t.seat_id IS DISTINCT FROM l.seat_ids[t.unit + 1]`,
  );
  return [
    ...lines
      .filter(({ wanted, valid }) => wanted !== valid)
      .map(({ number, wanted, valid }) => `order ${number}: ${wanted} units, ${valid} valid tokens`),
    ...seats.map(
      (token) => `order ${token.number} has a token for seat ${token.seat_id ?? 'none'} that is not its own`,
    ),
  ];
};
