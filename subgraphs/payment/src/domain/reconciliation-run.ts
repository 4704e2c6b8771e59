import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { CardDesk } from './card-desk.js';
import type { Difference } from './reconciliation.js';
import { compareWithProvider } from './reconciliation.js';

/** A comparison of the books with themselves and with the provider, as it was stored. */
export interface ReconciliationRun {
  /** Nothing was different. */
  balanced: boolean;
  checkedPayments: number;
  differences: Difference[];
  ranAt: Date;
}

/** A run that was killed is taken to be over after this long. */
const leaseMs = 10 * 60_000;
/** Runs are kept so long. */
const keptMs = 30 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** Compares the payments of the last `days`, stores what was found, and returns it. @throws Unavailable */
export async function runReconciliation(desk: CardDesk, days: number): Promise<ReconciliationRun> {
  const ranAt = desk.clock.now();
  const { checkedPayments, differences } = await compareWithProvider(
    desk,
    new Date(ranAt.getTime() - days * dayMs),
  );
  const run = { balanced: differences.length === 0, checkedPayments, differences, ranAt };
  await desk.database.transact((manager) => store(manager, run));
  if (!run.balanced) {
    desk.log.warn(
      { differences: differences.length, first: differences[0] },
      'the books and the provider differ',
    );
  }
  return run;
}

/** The same, unless another process is at it, or has been since the interval began. Null then. */
export async function runScheduledReconciliation(
  desk: CardDesk,
  days: number,
  intervalMs: number,
): Promise<ReconciliationRun | null> {
  const { reader } = desk.database;
  const now = desk.clock.now();
  const [taken]: [unknown[], number] = await reader.query(
    'UPDATE reconciliation_lease SET until = $1 WHERE until <= $2 RETURNING until',
    [new Date(now.getTime() + leaseMs), now],
  );
  if (taken.length === 0) return null;
  try {
    return await runReconciliation(desk, days);
  } finally {
    await reader.query('UPDATE reconciliation_lease SET until = $1', [new Date(now.getTime() + intervalMs)]);
  }
}

/** The last run; null before the first. */
export async function lastReconciliation(reader: EntityManager): Promise<ReconciliationRun | null> {
  const [run]: { id: string; balanced: boolean; checked_payments: number; ran_at: Date }[] =
    await reader.query(
      'SELECT id, balanced, checked_payments, ran_at FROM reconciliation ORDER BY ran_at DESC LIMIT 1',
    );
  if (!run) return null;
  const differences: Difference[] = await reader.query(
    `SELECT payment_id AS "paymentId", provider_payment_id AS "providerPaymentId", kind, message
     FROM reconciliation_difference WHERE reconciliation_id = $1 ORDER BY position`,
    [run.id],
  );
  return { balanced: run.balanced, checkedPayments: run.checked_payments, differences, ranAt: run.ran_at };
}

async function store(
  manager: EntityManager,
  { balanced, checkedPayments, differences, ranAt }: ReconciliationRun,
): Promise<void> {
  const id = newId();
  await manager.query(
    'INSERT INTO reconciliation (id, ran_at, balanced, checked_payments) VALUES ($1, $2, $3, $4)',
    [id, ranAt, balanced, checkedPayments],
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
  await manager.query('DELETE FROM reconciliation WHERE ran_at < $1', [new Date(ranAt.getTime() - keptMs)]);
}
