import type { PaymentServices } from '../domain/payment/payment-services.js';
import { runDueReconciliation } from '../domain/reconciliation/reconciliation-run.js';

/** Interval of the check whether a reconciliation is due or requested. */
export const reconciliationPollMs = 3_000;
/** Interval between two reconciliations; one process runs each. */
const reconciliationIntervalMs = 60_000;
/** Days to reconcile: earlier runs covered older payments. `payments:reconcile` accepts any number of days. */
const days = 1;

/** Reconciles recent payments with the provider if a run is due. */
export async function runScheduledReconciliation(services: PaymentServices): Promise<void> {
  await runDueReconciliation(services, days, reconciliationIntervalMs);
}
