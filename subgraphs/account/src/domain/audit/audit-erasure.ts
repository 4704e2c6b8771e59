import type { Database } from '@souk/shared/db/database';
import type { EntityManager } from 'typeorm';

/** Actions whose target is a user of whom the log keeps no personal data any more. */
const deletions: readonly string[] = ['DELETE_USER', 'DELETE_ACCOUNT'];

/** Entries of one transaction. */
const batchSize = 1_000;

/** Notes users whose accounts were deleted, in the transaction that appends the deletion to the log. */
export async function startErasures(
  manager: EntityManager,
  entries: readonly { action: string; targetId: string }[],
): Promise<void> {
  const deleted = entries.filter(({ action }) => deletions.includes(action));
  if (deleted.length === 0) return;
  await manager.query(
    `INSERT INTO audit_erasure (user_id, keeps_values)
     SELECT d.id, coalesce('ADMIN' = ANY(u.roles), false) FROM unnest($1::uuid[]) AS d (id)
     LEFT JOIN user_account u ON u.id = d.id
     ON CONFLICT (user_id) DO NOTHING`,
    [deleted.map(({ targetId }) => targetId)],
  );
}

/**
 * Erases the addresses from which deleted users acted, the values of actions on their accounts, and those of their own
 * actions: a seller writes names and texts. Values that an administrator changed are not about themselves, and stay. The
 * entries stay too: they name users by their ids only. Without the salts, their digests reveal nothing.
 */
export async function eraseDeletedUsers(database: Database): Promise<void> {
  const open: OpenErasure[] = await database.reader.query(
    `SELECT user_id AS "userId", keeps_values AS "keepsValues" FROM audit_erasure
     WHERE done_at IS NULL ORDER BY user_id LIMIT 100`,
  );
  for (const { userId, keepsValues } of open) {
    let erased = batchSize;
    while (erased === batchSize) erased = await eraseBatch(database.reader, { userId, keepsValues });
    await database.reader.query('UPDATE audit_erasure SET done_at = clock_timestamp() WHERE user_id = $1', [
      userId,
    ]);
  }
}

interface OpenErasure {
  userId: string;
  keepsValues: boolean;
}

async function eraseBatch(manager: EntityManager, { userId, keepsValues }: OpenErasure): Promise<number> {
  const [, addresses]: [unknown, number] = await manager.query(
    `UPDATE audit_detail SET client_address = NULL, address_salt = NULL WHERE seq IN (
       SELECT e.seq FROM audit_entry e JOIN audit_detail d USING (seq)
       WHERE e.actor_id = $1 AND d.address_salt IS NOT NULL LIMIT $2)`,
    [userId, batchSize],
  );
  const [, changes]: [unknown, number] = await manager.query(
    `UPDATE audit_detail SET change = NULL, change_salt = NULL WHERE seq IN (
       SELECT e.seq FROM audit_entry e JOIN audit_detail d USING (seq)
       WHERE (e.target_id = $1::text AND e.target_type = 'USER' OR e.actor_id = $1::uuid AND NOT $3)
         AND d.change_salt IS NOT NULL LIMIT $2)`,
    [userId, batchSize, keepsValues],
  );
  return Math.max(addresses, changes);
}
