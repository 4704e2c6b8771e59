import type { z } from 'zod';
import type { address } from '@souk/shared/contracts/values';
import type { ListPage } from '@souk/shared/graph/list-pages';
import { groupBy } from '@souk/shared/group-by';
import type { EntityManager } from 'typeorm';

/** A line of a paid order with units that its seller has to ship. Ids are UUIDs. */
export interface LineToShip {
  lineId: string;
  orderId: string;
  orderNumber: string;
  title: string;
  upc: string | null;
  /** Units that were neither shipped nor cancelled. */
  quantity: number;
  shippingAddress: z.infer<typeof address> | null;
  paidAt: Date;
}

/** SQL of `readLinesToShip`, exported for the query plan test. */
export const linesToShipSql = `
  SELECT p.id AS "partnerId", n.* FROM unnest($1::uuid[]) AS p (id) CROSS JOIN LATERAL (
    SELECT l.id AS "lineId", l.order_id AS "orderId", o.number AS "orderNumber", l.title, l.upc,
      l.quantity - l.shipped_quantity - cardinality(l.cancelled_units) AS quantity,
      o.shipping_address AS "shippingAddress", o.paid_at AS "paidAt"
    FROM order_line l JOIN customer_order o ON o.id = l.order_id
    WHERE l.partner_id = p.id AND l.fulfilment = 'SHIPMENT'
      AND l.shipped_quantity + cardinality(l.cancelled_units) < l.quantity
      AND ($2::uuid IS NULL OR l.id > $2)
      AND o.status IN ('PAID', 'PROCESSING') AND o.payment_status IN ('PAID', 'PARTIALLY_REFUNDED')
    ORDER BY l.id LIMIT $3
  ) AS n`;

/** Reads a page of the lines that each of these partners (UUIDs) has to ship, oldest order first. */
export async function readLinesToShip(
  manager: EntityManager,
  partnerIds: readonly string[],
  { limit, after }: ListPage,
): Promise<LineToShip[][]> {
  const rows: (LineToShip & { partnerId: string })[] = await manager.query(linesToShipSql, [
    partnerIds,
    after,
    limit,
  ]);
  const linesOf = groupBy(rows, ({ partnerId }) => partnerId);
  return partnerIds.map((id) => linesOf.get(id) ?? []);
}
