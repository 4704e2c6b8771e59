import type { Money } from '@souk/shared/money';
import type { EntityManager } from 'typeorm';

/** The purchase of one checkout. */
export interface Purchase {
  sagaId: string;
  userId: string;
  units: number;
  total: Money;
}

/** Adds the purchases of sagas to their buyers' statistics. Idempotent per saga. */
export async function addPurchases(manager: EntityManager, purchases: readonly Purchase[]): Promise<void> {
  await manager.query(
    `WITH counted AS (
       INSERT INTO counted_purchase (saga_id, user_id, currency, units, total)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::bigint[])
       ON CONFLICT (saga_id) DO NOTHING
       RETURNING user_id, currency, units, total
     )
     INSERT INTO user_statistics AS s (user_id, currency, purchases, units, total)
     SELECT user_id, currency, count(*), sum(units), sum(total) FROM counted
     GROUP BY user_id, currency ORDER BY user_id, currency
     ON CONFLICT (user_id, currency) DO UPDATE
       SET purchases = s.purchases + excluded.purchases, units = s.units + excluded.units, total = s.total + excluded.total`,
    [
      purchases.map(({ sagaId }) => sagaId),
      purchases.map(({ userId }) => userId),
      purchases.map(({ total }) => total.currency),
      purchases.map(({ units }) => units),
      purchases.map(({ total }) => total.amount),
    ],
  );
}

/** Subtracts the purchases of sagas from the statistics. Sagas that were not counted have no effect. */
export async function subtractPurchases(manager: EntityManager, sagaIds: readonly string[]): Promise<void> {
  await manager.query(
    `WITH counted AS (
       DELETE FROM counted_purchase WHERE saga_id = ANY($1) RETURNING user_id, currency, units, total
     ), sums AS (
       SELECT user_id, currency, count(*) AS purchases, sum(units) AS units, sum(total) AS total
       FROM counted GROUP BY user_id, currency
     )
     UPDATE user_statistics AS s
     SET purchases = s.purchases - sums.purchases, units = s.units - sums.units, total = s.total - sums.total
     FROM sums WHERE s.user_id = sums.user_id AND s.currency = sums.currency`,
    [sagaIds],
  );
}
