import type { Money } from '@souk/shared/money';
import type { EntityManager } from 'typeorm';

/** What was bought in one checkout. */
export interface Purchase {
  userId: string;
  units: number;
  total: Money;
}

/** Counts a saga's purchase into its buyer's statistics; once, however often it is asked. */
export async function addPurchase(
  manager: EntityManager,
  sagaId: string,
  { userId, units, total }: Purchase,
): Promise<void> {
  await manager.query(
    `WITH counted AS (
       INSERT INTO counted_purchase (saga_id, user_id, currency, units, total) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (saga_id) DO NOTHING
       RETURNING user_id, currency, units, total
     )
     INSERT INTO user_statistics AS s (user_id, currency, purchases, units, total)
     SELECT user_id, currency, 1, units, total FROM counted
     ON CONFLICT (user_id, currency) DO UPDATE
       SET purchases = s.purchases + 1, units = s.units + excluded.units, total = s.total + excluded.total`,
    [sagaId, userId, total.currency, units, total.amount],
  );
}

/** Takes a saga's purchase out again: what was counted, and nothing where nothing was. */
export async function subtractPurchase(manager: EntityManager, sagaId: string): Promise<void> {
  await manager.query(
    `WITH counted AS (
       DELETE FROM counted_purchase WHERE saga_id = $1 RETURNING user_id, currency, units, total
     )
     UPDATE user_statistics AS s
     SET purchases = s.purchases - 1, units = s.units - counted.units, total = s.total - counted.total
     FROM counted WHERE s.user_id = counted.user_id AND s.currency = counted.currency`,
    [sagaId],
  );
}
