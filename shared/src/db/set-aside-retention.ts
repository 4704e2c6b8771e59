import type { EntityManager } from 'typeorm';
import { deleteInBatches } from './batched-delete.js';

/**
 * Deletes messages and events that were set aside more than `days` ago: no operator has sent them again, and their sagas
 * are too old to go on. They may have personal data.
 */
export async function deleteOldSetAside(manager: EntityManager, now: Date, days: number): Promise<void> {
  const before = new Date(now.getTime() - days * 86_400_000);
  await deleteInBatches(
    manager,
    `DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox WHERE set_aside_at < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [before],
  );
  await deleteInBatches(
    manager,
    `DELETE FROM event_set_aside WHERE (owner, aggregate, position) IN (
       SELECT owner, aggregate, position FROM event_set_aside WHERE set_aside_at < $1
       LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [before],
  );
}
