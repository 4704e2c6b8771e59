import { networkOf } from '@souk/shared/client-network';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { EntityManager } from 'typeorm';
import { lockRegistrations } from '../locks.js';
import { tooManyAttempts } from '../too-many-attempts.js';

/** The limit on registrations, and the client's address. */
export interface RegistrationLimit {
  /** Registrations allowed per network and hour; 0: unlimited. */
  perHour: number;
  /** The client's address. Unknown addresses (null) count as one network. */
  address: string | null;
}

const hourMs = 60 * 60_000;

/**
 * Rejects a registration from a network that has reached its limit. Takes no lock.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function assertWithinLimit(
  manager: EntityManager,
  { perHour, address }: RegistrationLimit,
  now: Date,
): Promise<void> {
  if (perHour === 0) return;
  const [row]: { count: number; since: Date | null }[] = await manager.query(
    'SELECT count(*)::int AS count, min(at) AS since FROM registration WHERE network = $1 AND at > $2',
    [networkOf(address), subtractHour(now)],
  );
  if ((row?.count ?? 0) < perHour) return;
  const retryAt = new Date((row?.since ?? now).getTime() + hourMs);
  throw tooManyAttempts(
    `At most ${perHour} accounts can be registered from one network per hour. Try again`,
    retryAt,
    now,
  );
}

/**
 * Counts the account that the transaction creates. Includes registrations by concurrent transactions.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function countRegistration(
  manager: EntityManager,
  limit: RegistrationLimit,
  now: Date,
): Promise<void> {
  if (limit.perHour === 0) return;
  const network = networkOf(limit.address);
  await lockRegistrations(manager, network);
  await assertWithinLimit(manager, limit, now);
  await manager.query('INSERT INTO registration (network, at) VALUES ($1, $2)', [network, now]);
}

/** Deletes registrations older than an hour: they no longer count. */
export async function purgeRegistrations(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM registration WHERE id IN (
       SELECT id FROM registration WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [subtractHour(now)],
  );
}

function subtractHour(now: Date): Date {
  return new Date(now.getTime() - hourMs);
}
