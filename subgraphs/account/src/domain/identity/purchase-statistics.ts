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

/** Some units of the purchase of one checkout. */
export interface WithdrawnUnits {
  sagaId: string;
  units: number;
  /** Their price, in minor units of the purchase's currency. */
  amount: number;
}

/**
 * Subtracts units from the purchases of sagas and from the statistics, in which the purchases still count. Sagas that were
 * not counted have no effect. Not idempotent: the caller handles each command once.
 */
export async function subtractUnits(
  manager: EntityManager,
  withdrawn: readonly WithdrawnUnits[],
): Promise<void> {
  await manager.query(
    `WITH sums AS (
       SELECT saga_id, sum(units)::int AS units, sum(amount)::bigint AS amount
       FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS w (saga_id, units, amount) GROUP BY saga_id
     ), counted AS (
       UPDATE counted_purchase c SET units = c.units - s.units, total = c.total - s.amount
       FROM sums s WHERE c.saga_id = s.saga_id
       RETURNING c.user_id, c.currency, s.units, s.amount
     ), by_user AS (
       SELECT user_id, currency, sum(units) AS units, sum(amount) AS amount FROM counted GROUP BY user_id, currency
     )
     UPDATE user_statistics AS u SET units = u.units - b.units, total = u.total - b.amount
     FROM by_user b WHERE u.user_id = b.user_id AND u.currency = b.currency`,
    [
      withdrawn.map(({ sagaId }) => sagaId),
      withdrawn.map(({ units }) => units),
      withdrawn.map(({ amount }) => amount),
    ],
  );
}
