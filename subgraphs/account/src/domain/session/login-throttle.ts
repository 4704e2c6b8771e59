import { networkOf } from '@souk/shared/client-network';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { hashEmail } from '../email/email-address.js';
import { lockLoginFailures } from '../locks.js';
import { tooManyAttempts } from '../too-many-attempts.js';
import { isKnownNetwork } from './known-network.js';

// Rationale of the limits: docs/decisions/0035-login-throttle.md.

/** The account and the client of a login attempt. */
export interface LoginAttempt {
  email: string;
  /** The client's address. Unknown addresses (null) count as one network. */
  address: string | null;
}

const minuteMs = 60_000;
/** Window for failures from one network. */
const networkWindowMs = 15 * minuteMs;
/** Window for failures of one account from all networks. */
const accountWindowMs = 60 * minuteMs;

const maxFailures = {
  /** For one account from one network. */
  accountAndNetwork: 10,
  /** For all accounts from one network. */
  network: 100,
};
/** Failures of one account from all networks after which an unknown network has one attempt instead of ten. */
const oneTryThreshold = 30;
/** Failures of one account from all networks after which unknown networks have no attempt. */
const knownNetworksOnlyThreshold = 100;

/**
 * Attempts that a network is allowed. open: any password. known networks only: only the correct password, and only
 * from a network that the account knows. closed: none. Independent of whether the account exists.
 */
type Allowance = { kind: 'open' } | { kind: 'known networks only' | 'closed'; retryAt: Date };

/**
 * Rejects a login from a closed network. Takes no lock, so it may miss failures of concurrent logins.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function assertNotThrottled(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<void> {
  const allowance = await findAllowance(manager, attempt, now);
  if (allowance.kind === 'closed') throw throttled(allowance, now);
}

/**
 * Checks the limits for a login with a correct password. Returns a rejection or null. Counts failures of concurrent
 * logins: parallel guesses get no more attempts than sequential ones. The caller must commit the transaction in either
 * case, because a rejected attempt counts.
 */
export async function throttleLogin(
  manager: EntityManager,
  attempt: LoginAttempt,
  userId: string,
  now: Date,
): Promise<Rejection | null> {
  await lockLoginFailures(manager, networkOf(attempt.address), attempt.email);
  const allowance = await findAllowance(manager, attempt, now);
  if (allowance.kind === 'open') return null;
  if (allowance.kind === 'known networks only') {
    if (await isKnownNetwork(manager, userId, attempt.address, now)) return null;
    // Same effect as a wrong password: a difference would reveal the correct one.
    await insertFailure(manager, attempt, { tested: false, now });
  }
  return throttled(allowance, now);
}

/** Records a failed login. Returns a rejection that replaces BAD_CREDENTIALS, or null. */
export async function recordFailure(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<Rejection | null> {
  await lockLoginFailures(manager, networkOf(attempt.address), attempt.email);
  const allowance = await findAllowance(manager, attempt, now);
  if (allowance.kind !== 'closed')
    await insertFailure(manager, attempt, { tested: allowance.kind === 'open', now });
  return allowance.kind === 'open' ? null : throttled(allowance, now);
}

/**
 * Runs the check of a code under the limits of logins, in the transaction of its effects. `check` returns null for a
 * wrong code, which counts as a failed login. Returns the rejection in place of the result if the attempt is refused;
 * the caller must commit the transaction in either case. Concurrent attempts at one account run one after the other.
 */
export async function throttleCheck<Result>(
  manager: EntityManager,
  attempt: LoginAttempt,
  userId: string,
  now: Date,
  check: () => Promise<Result | null>,
): Promise<Result | Rejection> {
  const refusal = await throttleLogin(manager, attempt, userId, now);
  if (refusal) return refusal;
  const result = await check();
  if (result !== null) return result;
  return (
    (await recordFailure(manager, attempt, now)) ??
    new Rejection('MFA_INVALID', 'The code is wrong or was used before.', { field: ['code'] })
  );
}

/** Deletes failures that no longer count. @param hours at least one, the window of the counts */
export async function purgeFailures(manager: EntityManager, now: Date, hours = 1): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM login_failure WHERE id IN (
       SELECT id FROM login_failure WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [subtractMs(now, hours * accountWindowMs)],
  );
}

function throttled({ kind, retryAt }: Exclude<Allowance, { kind: 'open' }>, now: Date): Rejection {
  return tooManyAttempts(
    kind === 'closed'
      ? 'Too many failed logins. Try again'
      : 'Too many failed logins to this account. Sign in from a network that you used recently, or try again',
    retryAt,
    now,
  );
}

interface FailureCounts {
  accountAndNetwork: number;
  accountAndNetworkSince: Date | null;
  network: number;
  networkSince: Date | null;
  account: number;
  accountSince: Date | null;
}

async function findAllowance(manager: EntityManager, attempt: LoginAttempt, now: Date): Promise<Allowance> {
  const [counts]: FailureCounts[] = await manager.query(
    `SELECT * FROM
       (SELECT count(*) FILTER (WHERE account_hash = $1)::int AS "accountAndNetwork",
          min(at) FILTER (WHERE account_hash = $1) AS "accountAndNetworkSince",
          count(*)::int AS network, min(at) AS "networkSince"
        FROM login_failure WHERE address = $2 AND at > $3) AS here,
       (SELECT count(*)::int AS account, min(at) AS "accountSince"
        FROM login_failure WHERE account_hash = $1 AND at > $4 AND tested) AS anywhere`,
    [
      hashEmail(attempt.email),
      networkOf(attempt.address),
      subtractMs(now, networkWindowMs),
      subtractMs(now, accountWindowMs),
    ],
  );
  if (!counts) throw new Error('The count of failed logins returned no row.');
  const after = (since: Date | null, windowMs: number): Date => new Date((since ?? now).getTime() + windowMs);
  if (counts.network >= maxFailures.network)
    return { kind: 'closed', retryAt: after(counts.networkSince, networkWindowMs) };
  if (counts.accountAndNetwork >= maxFailures.accountAndNetwork)
    return { kind: 'closed', retryAt: after(counts.accountAndNetworkSince, networkWindowMs) };
  if (counts.account >= knownNetworksOnlyThreshold)
    return { kind: 'known networks only', retryAt: after(counts.accountSince, accountWindowMs) };
  if (counts.account >= oneTryThreshold && counts.accountAndNetwork > 0)
    return { kind: 'known networks only', retryAt: after(counts.accountAndNetworkSince, networkWindowMs) };
  return { kind: 'open' };
}

async function insertFailure(
  manager: EntityManager,
  attempt: LoginAttempt,
  { tested, now }: { tested: boolean; now: Date },
): Promise<void> {
  await manager.query(
    'INSERT INTO login_failure (account_hash, address, at, tested) VALUES ($1, $2, $3, $4)',
    [hashEmail(attempt.email), networkOf(attempt.address), now, tested],
  );
}

function subtractMs(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}
