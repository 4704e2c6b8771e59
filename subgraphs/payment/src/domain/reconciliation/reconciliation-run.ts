import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { Queryable } from '@souk/shared/postgres';
import type { PaymentServices } from '../payment/payment-services.js';
import type { Difference } from './difference.js';
import { compareWithProvider, maxDifferences } from './provider-comparison.js';

/** A stored reconciliation of the ledger, the payment log and the provider. */
export interface ReconciliationRun {
  /** UUID. */
  id: string;
  /** Whether there are no differences. */
  balanced: boolean;
  checkedPayments: number;
  differences: Difference[];
  ranAt: Date;
}

/** Lease of a run: another process may start one after a crash. */
const leaseMs = 10 * 60_000;
/** Retention of stored runs. */
const retentionMs = 30 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** Reconciles the payments of the last `days` and stores the result. @throws Unavailable */
export async function runReconciliation(services: PaymentServices, days: number): Promise<ReconciliationRun> {
  const ranAt = services.clock.now();
  const since = new Date(ranAt.getTime() - days * dayMs);
  const { checkedPayments, differences } = await compareWithProvider(services, since);
  const run = { id: newId(), balanced: differences.length === 0, checkedPayments, differences, ranAt };
  await services.database.transact((manager) => store(manager, run, days));
  if (!run.balanced) {
    const [first] = differences;
    services.log.warn({ differences: differences.length, first }, 'reconciliation found differences');
  }
  return run;
}

/**
 * Runs a reconciliation that is due or was requested, in one process at a time. Null if none is due or another process
 * is running it.
 */
export async function runDueReconciliation(
  services: PaymentServices,
  days: number,
  intervalMs: number,
): Promise<ReconciliationRun | null> {
  const { reader } = services.database;
  const now = services.clock.now();
  const taken: { days: number | null }[] = await reader.query(
    `WITH due AS (
       SELECT requested_days AS days FROM reconciliation_lease
       WHERE until <= $2 OR (NOT running AND requested_days IS NOT NULL) FOR UPDATE SKIP LOCKED),
     taken AS (
       UPDATE reconciliation_lease SET until = $1, running = true, requested_days = NULL
       WHERE EXISTS (SELECT 1 FROM due) RETURNING 1)
     SELECT due.days FROM due, taken`,
    [new Date(now.getTime() + leaseMs), now],
  );
  const [due] = taken;
  if (!due) return null;
  try {
    return await runReconciliation(services, due.days ?? days);
  } finally {
    const next = new Date(services.clock.now().getTime() + intervalMs);
    await reader.query('UPDATE reconciliation_lease SET until = $1, running = false', [next]);
  }
}

/** Requests a reconciliation of the last `days`; a payment process runs it within seconds. */
export async function requestReconciliation(asker: Queryable, days: number): Promise<void> {
  await asker.query('UPDATE reconciliation_lease SET requested_days = $1', [days]);
}

/** Returns the state of a requested reconciliation. */
export async function stateOfRequest(asker: Queryable): Promise<'waiting' | 'running' | 'done'> {
  const [lease] = await asker.query<{ running: boolean; waiting: boolean }[]>(
    'SELECT running, requested_days IS NOT NULL AS waiting FROM reconciliation_lease',
  );
  if (lease?.running === true) return 'running';
  return lease?.waiting === true ? 'waiting' : 'done';
}

/** Returns the last run; null before the first. */
export async function lastReconciliation(asker: Queryable): Promise<ReconciliationRun | null> {
  const [run] = await asker.query<
    { id: string; balanced: boolean; checked_payments: number; ran_at: Date }[]
  >('SELECT id, balanced, checked_payments, ran_at FROM reconciliation ORDER BY ran_at DESC LIMIT 1');
  if (!run) return null;
  const differences = await asker.query<Difference[]>(
    `SELECT payment_id AS "paymentId", provider_payment_id AS "providerPaymentId", kind, message
     FROM reconciliation_difference WHERE reconciliation_id = $1 ORDER BY position LIMIT $2`,
    [run.id, maxDifferences],
  );
  const { id, balanced, checked_payments: checkedPayments, ran_at: ranAt } = run;
  return { id, balanced, checkedPayments, differences, ranAt };
}

async function store(
  manager: EntityManager,
  { id, balanced, checkedPayments, differences, ranAt }: ReconciliationRun,
  days: number,
): Promise<void> {
  await manager.query(
    'INSERT INTO reconciliation (id, ran_at, days, balanced, checked_payments) VALUES ($1, $2, $3, $4, $5)',
    [id, ranAt, days, balanced, checkedPayments],
  );
  await manager.query(
    `INSERT INTO reconciliation_difference
       (reconciliation_id, position, payment_id, provider_payment_id, kind, message)
     SELECT $1, n, d."paymentId", d."providerPaymentId", d.kind, d.message
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb)
       AS ("paymentId" uuid, "providerPaymentId" text, kind text, message text)) WITH ORDINALITY
       AS d ("paymentId", "providerPaymentId", kind, message, n)`,
    [id, JSON.stringify(differences)],
  );
  await manager.query('DELETE FROM reconciliation WHERE ran_at < $1', [
    new Date(ranAt.getTime() - retentionMs),
  ]);
}
