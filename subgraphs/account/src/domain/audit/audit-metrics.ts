import { readAtScrape } from '@souk/shared/telemetry';
import type { EntityManager } from 'typeorm';
import { readHead } from './chained-entries.js';
import { readPendingActions } from './pending-action.js';

/** Reports the state of the audit log at every scrape. Returns functions that end it. */
export function observeAuditLog(manager: EntityManager): (() => void)[] {
  return [
    readAtScrape('auditPending', 'account', async () => (await readPendingActions(manager)).count),
    readAtScrape('auditOldest', 'account', async () => (await readPendingActions(manager)).oldestSeconds),
    readAtScrape('auditEntries', 'account', async () => (await readHead(manager)).seq),
  ];
}
