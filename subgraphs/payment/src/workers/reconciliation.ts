import type { PaymentServices } from '../domain/payment/payment-services.js';
import { runDueReconciliation } from '../domain/reconciliation/reconciliation-run.js';

/** How often it is looked whether a comparison is due, or was asked for. */
export const reconciliationPollMs = 3_000;
/** How often the books are compared with the provider, by one process of all. */
const reconciliationIntervalMs = 60_000;
/** What is older was compared many times; `payments:reconcile` goes back as far as it is told. */
const days = 1;

/** Compares what was paid of late with the provider, where that is due. */
export async function runScheduledReconciliation(services: PaymentServices): Promise<void> {
  await runDueReconciliation(services, days, reconciliationIntervalMs);
}
