import { formatMoney } from '@souk/shared/money';
import type { EntityManager } from 'typeorm';
import { balancesOf } from '../ledger/partner-balance.js';

/** A person whose account is to be deleted, and their partner. */
export interface LeavingPerson {
  /** UUID. */
  userId: string;
  /** UUID; null for somebody who does not sell. */
  partnerId: string | null;
}

/** Currencies that one obstacle names. */
const mostNamed = 5;

/** The reasons of payment against the deletion of an account, for users. */
export async function findObstacles(
  manager: EntityManager,
  { userId, partnerId }: LeavingPerson,
): Promise<string[]> {
  const [counts]: { open: number; refunds: number; disputes: number }[] = await manager.query(
    `SELECT count(*) FILTER (WHERE p.status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING'))::int AS open,
       count(*) FILTER (WHERE p.return_cause IS NOT NULL AND p.succeeded_at IS NOT NULL AND p.refunded < p.amount
         AND d.lost IS NOT TRUE
         OR EXISTS (SELECT FROM refund r WHERE r.payment_id = p.id AND r.status = 'PENDING'))::int AS refunds,
       count(*) FILTER (WHERE d.open)::int AS disputes
     FROM payment p LEFT JOIN LATERAL (
       SELECT bool_or(status NOT IN ('won', 'lost', 'prevented', 'warning_closed')) AS open,
         bool_or(status = 'lost') AS lost
       FROM dispute WHERE payment_id = p.id) AS d ON true
     WHERE p.customer_id = $1`,
    [userId],
  );
  const { open = 0, refunds = 0, disputes = 0 } = counts ?? {};
  return [
    ...(open > 0 ? [`Open payments: ${open}. Each must be paid or canceled first.`] : []),
    ...(refunds > 0 ? [`Refunds that are not completed: ${refunds}. The money must arrive first.`] : []),
    ...(disputes > 0 ? [`Disputed payments: ${disputes}. The bank must decide first.`] : []),
    ...(partnerId === null ? [] : await unsettledBalance(manager, partnerId)),
  ];
}

async function unsettledBalance(manager: EntityManager, partnerId: string): Promise<string[]> {
  const balances = (await balancesOf(manager, [partnerId])).get(partnerId) ?? [];
  const due = balances.filter((balance) => balance.due !== 0);
  if (due.length === 0) return [];
  const amounts = due
    .slice(0, mostNamed)
    .map((balance) => formatMoney({ ...balance, amount: balance.due }, 'en'));
  const more = due.length > mostNamed ? ', ...' : '';
  return [`The balance as a seller is not settled: ${amounts.join(', ')}${more}. It must be paid out first.`];
}
