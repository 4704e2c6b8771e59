import type { Queryable } from '@souk/shared/postgres';

/** Money received and refunded for an order, in minor units. */
export interface OrderReceipt {
  orderId: string;
  paymentId: string;
  currency: string;
  received: number;
  /** Completed refunds. */
  refunded: number;
  /** Pending refunds. */
  returning: number;
}

const receipt = `
  SELECT p.id, p.order_id, p.currency, p.refunded,
    coalesce((SELECT e.amount FROM payment_event e WHERE e.payment_id = p.id AND e.type = 'SUCCEEDED'
      ORDER BY e.seq LIMIT 1), 0) AS received,
    coalesce((SELECT sum(r.amount) FROM refund r WHERE r.payment_id = p.id AND r.status = 'PENDING'), 0) AS returning
  FROM payment p`;

/** Receipts of the orders' payments. */
export async function receiptsOf(asker: Queryable, orderIds: readonly string[]): Promise<OrderReceipt[]> {
  return (await asker.query<Row[]>(`${receipt} WHERE p.order_id = ANY($1)`, [orderIds])).map(read);
}

/** Receipts of payments paid since a time, with ids after `after`, in the order of their ids. */
export async function receiptsSince(
  asker: Queryable,
  since: Date,
  after: string,
  limit: number,
): Promise<OrderReceipt[]> {
  const sql = `${receipt} WHERE p.succeeded_at >= $1 AND p.id > $2 ORDER BY p.id LIMIT $3`;
  return (await asker.query<Row[]>(sql, [since, after, limit])).map(read);
}

interface Row {
  id: string;
  order_id: string;
  currency: string;
  received: string;
  refunded: string;
  returning: string;
}

function read({ id: paymentId, order_id: orderId, currency, ...amounts }: Row): OrderReceipt {
  const { received, refunded, returning } = amounts;
  return {
    orderId,
    paymentId,
    currency,
    received: Number(received),
    refunded: Number(refunded),
    returning: Number(returning),
  };
}
