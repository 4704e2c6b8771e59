import type { EntityManager } from 'typeorm';

/** A person whose account is to be deleted, and their partner. */
export interface LeavingPerson {
  /** UUID. */
  userId: string;
  /** UUID; null for somebody who does not sell. */
  partnerId: string | null;
}

/** More are not counted. */
const mostCounted = 1_000;

/** Orders that are paid and not completed, or that are being canceled. */
const unfinished = `(o.status IN ('PAID', 'PROCESSING') OR o.cancellation_id IS NOT NULL AND o.status <> 'CANCELLED')`;

/** The reasons of order against the deletion of an account, for users. */
export async function findObstacles(
  manager: EntityManager,
  { userId, partnerId }: LeavingPerson,
): Promise<string[]> {
  const [counts]: { checkouts: number; bought: number; sold: number }[] = await manager.query(
    `SELECT
       (SELECT count(*) FROM saga
        WHERE user_id = $1 AND definition = 'checkout' AND status NOT IN ('COMPLETED', 'FAILED'))::int AS checkouts,
       (SELECT count(*) FROM (
          SELECT FROM customer_order o WHERE o.customer_id = $1 AND ${unfinished} LIMIT $3) AS b)::int AS bought,
       (SELECT count(*) FROM (
          SELECT FROM customer_order o
          WHERE $2::uuid IS NOT NULL AND o.status IN ('PAID', 'PROCESSING')
            AND EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND l.partner_id = $2)
          LIMIT $3) AS s)::int AS sold`,
    [userId, partnerId, mostCounted],
  );
  const { checkouts = 0, bought = 0, sold = 0 } = counts ?? {};
  return [
    ...(checkouts > 0 ? [`Open checkouts: ${checkouts}. Each must be paid or canceled first.`] : []),
    ...(bought > 0
      ? [`Orders that are not completed: ${bought}. They must arrive or be canceled first.`]
      : []),
    ...(sold > 0 ? [`Orders of customers that are not completed: ${sold}. They must be shipped first.`] : []),
  ];
}
