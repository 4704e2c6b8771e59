import type { CardDesk } from '../domain/card-desk.js';
import { runScheduledReconciliation } from '../domain/reconciliation-run.js';

/** How often the books are compared with the provider, by one process of all. */
export const compareEveryMs = 60_000;
/** What is older was compared many times; `payments:reconcile` goes back as far as it is told. */
const days = 1;

/** Compares what was paid of late with the provider. */
export async function compareBooks(desk: CardDesk): Promise<void> {
  await runScheduledReconciliation(desk, days, compareEveryMs);
}
