import type { EntityManager } from 'typeorm';
import { groupBy } from '@souk/shared/group-by';
import type { Money } from '@souk/shared/money';
import type { CurrencyRow } from './current-figures.js';
import { currentGeneration, requireCompleteFigures, totalOf } from './current-figures.js';

/** Figures about one buyer's purchases. */
export interface PurchaseStatistics {
  orders: number;
  completedOrders: number;
  cancelledOrders: number;
  units: number;
  /** Without refunds, by currency. */
  spent: Money[];
  lastOrderAt: Date | null;
}

interface PurchaseRow extends CurrencyRow {
  id: string;
  placed: string;
  completed: string;
  cancelled: string;
  units: string;
}

/** SQL of the sums, exported for the query plan test. */
export const purchasesSql = `
  SELECT p.user_id AS id, p.currency, sum(p.placed) AS placed, sum(p.completed) AS completed,
    sum(p.cancelled) AS cancelled, sum(p.units) AS units, sum(p.gross) AS gross, sum(p.refunded) AS refunded
  FROM (
    SELECT user_id, currency, placed, completed, cancelled, units, gross, refunded FROM buyer_purchases
    WHERE user_id = ANY($1) AND generation = ${currentGeneration}
    UNION ALL
    SELECT user_id, currency, placed, completed, cancelled, 0, gross, refunded FROM order_delta WHERE user_id = ANY($1)
    UNION ALL
    SELECT user_id, currency, 0, 0, 0, units, 0, 0 FROM line_delta WHERE user_id = ANY($1) AND units <> 0
  ) AS p GROUP BY 1, 2 ORDER BY 2`;

/** SQL of the newest orders: one index entry for each buyer. */
export const lastOrdersSql = `
  SELECT u.id, (SELECT o.placed_at FROM customer_order o WHERE o.customer_id = u.id ORDER BY o.id DESC LIMIT 1) AS at
  FROM unnest($1::uuid[]) AS u (id)`;

/** Reads the purchases of buyers (UUIDs), in the order given. @throws Unavailable */
export async function readPurchaseStatistics(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<PurchaseStatistics[]> {
  await requireCompleteFigures(manager);
  const rows: PurchaseRow[] = await manager.query(purchasesSql, [userIds]);
  const last: { id: string; at: Date | null }[] = await manager.query(lastOrdersSql, [userIds]);
  const byUser = groupBy(rows, ({ id }) => id);
  const lastOf = new Map(last.map(({ id, at }) => [id, at]));
  return userIds.map((id) => {
    const own = byUser.get(id) ?? [];
    return {
      orders: totalOf(own, 'placed'),
      completedOrders: totalOf(own, 'completed'),
      cancelledOrders: totalOf(own, 'cancelled'),
      units: totalOf(own, 'units'),
      spent: own
        .map(({ gross, refunded, currency }) => ({ amount: Number(gross) - Number(refunded), currency }))
        .filter(({ amount }) => amount !== 0),
      lastOrderAt: lastOf.get(id) ?? null,
    };
  });
}
