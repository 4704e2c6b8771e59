import type { RecordedAction } from '@souk/shared/contracts/audit';
import type { Cause } from '@souk/shared/event';
import type { EntityManager } from 'typeorm';

/** Stores an action until it is appended to the log. An action that arrives again has no effect. */
export async function storePendingAction(
  manager: EntityManager,
  { id, action, targetType, targetId, before, after }: RecordedAction,
  { actorId, requestId, clientAddress }: Cause,
): Promise<void> {
  await manager.query(
    `INSERT INTO audit_pending (id, actor_id, action, target_type, target_id, request_id, client_address, change)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (SELECT FROM audit_entry WHERE id = $1)
     ON CONFLICT (id) DO NOTHING`,
    [id, actorId, action, targetType, targetId, requestId, clientAddress, JSON.stringify({ before, after })],
  );
}

/** The number of actions that are not in the log yet, and the age of the oldest in seconds; 0 where none is. */
export async function readPendingActions(
  manager: EntityManager,
): Promise<{ count: number; oldestSeconds: number }> {
  const [row]: { count: number; seconds: number | null }[] = await manager.query(
    `SELECT count(*)::int AS count,
       (SELECT extract(epoch FROM clock_timestamp() - received_at)::float8 FROM audit_pending ORDER BY position LIMIT 1)
         AS seconds
     FROM audit_pending`,
  );
  return { count: row?.count ?? 0, oldestSeconds: row?.seconds ?? 0 };
}
