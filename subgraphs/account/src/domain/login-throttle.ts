import { createHash } from 'node:crypto';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { lockLoginFailures } from './locks.js';

/** Who tries, from where. */
export interface LoginAttempt {
  email: string;
  /** The client's network address; null where it is not known, which is one address like another. */
  address: string | null;
}

const windowMs = 15 * 60 * 1_000;
const maxFailures = { accountAndAddress: 10, address: 100 };
const maxAddressLength = 200;

/**
 * Refuses a login after too many failures. It waits for nobody: others may be failing at this moment.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function refuseThrottled(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<void> {
  const failures = await countFailures(manager, attempt, now);
  if (failures.accountAndAddress >= maxFailures.accountAndAddress || failures.address >= maxFailures.address)
    throw tooManyAttempts();
}

/**
 * Refuses a login whose password is right, after too many failures, those counted that are being noted at this moment:
 * guesses side by side get no more tries than guesses one after the other.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function admit(manager: EntityManager, attempt: LoginAttempt, now: Date): Promise<void> {
  await lockLoginFailures(manager, addressOf(attempt));
  await refuseThrottled(manager, attempt, now);
}

/** Notes a failed login. True: it is one too many, because others failed while its password was compared. */
export async function noteFailure(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<boolean> {
  await lockLoginFailures(manager, addressOf(attempt));
  await manager.query('INSERT INTO login_failure (account_hash, address, at) VALUES ($1, $2, $3)', [
    accountHash(attempt),
    addressOf(attempt),
    now,
  ]);
  const failures = await countFailures(manager, attempt, now);
  return failures.accountAndAddress > maxFailures.accountAndAddress || failures.address > maxFailures.address;
}

/** Forgets failures that count no more. */
export async function purgeFailures(manager: EntityManager, now: Date): Promise<void> {
  await manager.query('DELETE FROM login_failure WHERE at <= $1', [windowStart(now)]);
}

/** The refusal itself. */
export function tooManyAttempts(): Rejection {
  return new Rejection(
    'TOO_MANY_ATTEMPTS',
    `Too many logins have failed: try again in ${windowMs / 60_000} minutes.`,
  );
}

async function countFailures(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<{ accountAndAddress: number; address: number }> {
  const rows: { accountAndAddress: number; address: number }[] = await manager.query(
    `SELECT count(*) FILTER (WHERE account_hash = $1)::int AS "accountAndAddress", count(*)::int AS address
     FROM login_failure WHERE address = $2 AND at > $3`,
    [accountHash(attempt), addressOf(attempt), windowStart(now)],
  );
  return rows[0] ?? { accountAndAddress: 0, address: 0 };
}

function windowStart(now: Date): Date {
  return new Date(now.getTime() - windowMs);
}

function accountHash({ email }: LoginAttempt): Buffer {
  return createHash('sha256').update(email.toLowerCase()).digest();
}

function addressOf({ address }: LoginAttempt): string {
  return (address ?? '').slice(0, maxAddressLength);
}
