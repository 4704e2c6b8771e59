import { networkOf, unknownNetwork } from '@souk/shared/client-network';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { EntityManager } from 'typeorm';

const dayMs = 24 * 60 * 60 * 1_000;
/** Longest time in which a network counts as known. */
const networkLifetimeDays = 30;
/** Networks stored per account: those of the latest logins. */
const maxKnownNetworks = 20;

/** Records a login from an address. The caller must hold the lock on the user. */
export async function rememberNetwork(
  manager: EntityManager,
  userId: string,
  address: string | null,
  now: Date,
): Promise<void> {
  const network = networkOf(address);
  if (network === unknownNetwork) return;
  await manager.query(
    `INSERT INTO known_network (user_id, network, signed_in_at) VALUES ($1, $2, $3)
     ON CONFLICT (user_id, network) DO UPDATE SET signed_in_at = excluded.signed_in_at`,
    [userId, network, now],
  );
  await manager.query(
    `DELETE FROM known_network WHERE user_id = $1 AND network IN (
       SELECT network FROM known_network WHERE user_id = $1 ORDER BY signed_in_at DESC OFFSET $2)`,
    [userId, maxKnownNetworks],
  );
}

/** Whether the user signed in from the network of an address within the last 30 days. */
export async function isKnownNetwork(
  manager: EntityManager,
  userId: string,
  address: string | null,
  now: Date,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'SELECT 1 FROM known_network WHERE user_id = $1 AND network = $2 AND signed_in_at > $3',
    [userId, networkOf(address), new Date(now.getTime() - networkLifetimeDays * dayMs)],
  );
  return rows.length > 0;
}

/** Deletes networks without a login in the last `days`, at most 30. */
export async function purgeKnownNetworks(
  manager: EntityManager,
  now: Date,
  days = networkLifetimeDays,
): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM known_network WHERE (user_id, network) IN (
       SELECT user_id, network FROM known_network WHERE signed_in_at <= $1 ORDER BY signed_in_at
       LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - days * dayMs)],
  );
}
