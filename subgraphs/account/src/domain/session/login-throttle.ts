import { createHash } from 'node:crypto';
import { networkOf } from '@souk/shared/client-network';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { isKnownNetwork } from './known-network.js';
import { lockLoginFailures } from '../locks.js';

// The rule, and why it is this one: docs/decisions/0035-login-throttle.md.

/** Who tries, from where. */
export interface LoginAttempt {
  email: string;
  /** The client's address; null where it is not known, which is one network like another. */
  address: string | null;
}

const minuteMs = 60_000;
/** In which the failures from one network count. */
const networkWindowMs = 15 * minuteMs;
/** In which the failures of one account from all networks count. */
const accountWindowMs = 60 * minuteMs;

const maxFailures = {
  /** Of one account from one network. */
  accountAndNetwork: 10,
  /** Of all accounts from one network. */
  network: 100,
};
/** Failures of one account from all networks after which a network that it does not know has one try, not ten. */
const oneTryThreshold = 30;
/** Failures of one account from all networks after which networks that it does not know have no try. */
const knownNetworksOnlyThreshold = 100;

/**
 * What a network may try: any password; only the right one, and that only where the account knows the network; nothing.
 * The same whether or not there is such an account.
 */
type Allowance = { kind: 'open' } | { kind: 'known networks only' | 'closed'; retryAt: Date };

/**
 * Refuses a login from a network that may try nothing. It waits for no lock: others may be failing at this moment.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function assertNotThrottled(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<void> {
  const allowance = await findAllowance(manager, attempt, now);
  if (allowance.kind === 'closed') throw tooManyAttempts(allowance, now);
}

/**
 * The refusal of a login whose password is right, or null. Failures that are being written at this moment count: guesses
 * side by side get no more tries than guesses one after the other. The transaction has to be committed either way,
 * because a refused try counts.
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
    // As for a wrong password: a difference would tell which of several was right.
    await insertFailure(manager, attempt, { tested: false, now });
  }
  return tooManyAttempts(allowance, now);
}

/** Records a failed login. Returns what to answer in place of BAD_CREDENTIALS, or null. */
export async function recordFailure(
  manager: EntityManager,
  attempt: LoginAttempt,
  now: Date,
): Promise<Rejection | null> {
  await lockLoginFailures(manager, networkOf(attempt.address), attempt.email);
  const allowance = await findAllowance(manager, attempt, now);
  if (allowance.kind !== 'closed')
    await insertFailure(manager, attempt, { tested: allowance.kind === 'open', now });
  return allowance.kind === 'open' ? null : tooManyAttempts(allowance, now);
}

/** Deletes failures that count no more. */
export async function purgeFailures(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM login_failure WHERE id IN (
       SELECT id FROM login_failure WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [subtractMs(now, accountWindowMs)],
  );
}

function tooManyAttempts({ kind, retryAt }: Exclude<Allowance, { kind: 'open' }>, now: Date): Rejection {
  const minutes = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / minuteMs));
  const later = `try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  return new Rejection(
    'TOO_MANY_ATTEMPTS',
    kind === 'closed'
      ? `Too many logins have failed: ${later}`
      : `Too many logins to this account have failed. Where you signed in lately, the right password still works; elsewhere ${later}`,
    { typename: 'TooManyAttemptsError', details: { retryAt: retryAt.toISOString() } },
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
      hashAccount(attempt),
      networkOf(attempt.address),
      subtractMs(now, networkWindowMs),
      subtractMs(now, accountWindowMs),
    ],
  );
  if (!counts) throw new Error('Failed logins were not counted.');
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
    [hashAccount(attempt), networkOf(attempt.address), now, tested],
  );
}

function subtractMs(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}

function hashAccount({ email }: LoginAttempt): Buffer {
  return createHash('sha256').update(email.toLowerCase()).digest();
}
