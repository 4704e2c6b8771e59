import type { EntityManager } from 'typeorm';

/**
 * Locks names until the transaction ends, for what has no row to lock. Advisory locks, taken in the order of their keys, so
 * that transactions which lock several names do not deadlock. Names with equal hashes share a lock.
 * @param namespace unique among the advisory locks of the database
 */
export async function lockNames(
  manager: EntityManager,
  namespace: number,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  await manager.query(
    `SELECT pg_advisory_xact_lock(key) FROM (
       SELECT DISTINCT hashtextextended(name, $2) AS key FROM unnest($1::text[]) AS n (name) ORDER BY key
     ) AS k`,
    [names, namespace],
  );
}
