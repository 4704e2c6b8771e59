import { createSecretToken, hashSecretToken } from '@souk/shared/auth/secret-token';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';

const lifetimeMs = 5 * 60_000;
/** Challenges stored per user. A further login replaces the oldest. */
const maxChallenges = 20;

/** The login that waits for a second factor. */
export interface WaitingLogin {
  userId: string;
  email: string;
}

/** Creates the challenge of a login whose password was correct. The caller holds the lock on the user. */
export async function createMfaChallenge(manager: EntityManager, userId: string, now: Date): Promise<string> {
  const token = createSecretToken();
  await manager.query('INSERT INTO mfa_challenge (token_hash, user_id, expires_at) VALUES ($1, $2, $3)', [
    hashSecretToken(token),
    userId,
    new Date(now.getTime() + lifetimeMs),
  ]);
  await manager.query(
    `DELETE FROM mfa_challenge WHERE token_hash IN (
       SELECT token_hash FROM mfa_challenge WHERE user_id = $1 ORDER BY expires_at DESC OFFSET $2)`,
    [userId, maxChallenges],
  );
  return token;
}

/** Finds the login of a challenge. @throws Rejection TOKEN_EXPIRED, also for an unknown or used one */
export async function findWaitingLogin(
  manager: EntityManager,
  token: string,
  now: Date,
  field = 'challenge',
): Promise<WaitingLogin> {
  const [found]: WaitingLogin[] = await manager.query(
    `SELECT user_id AS "userId", email FROM mfa_challenge JOIN user_account ON user_account.id = user_id
     WHERE token_hash = $1 AND expires_at > $2`,
    [hashSecretToken(token), now],
  );
  if (!found) throw challengeExpired(field);
  return found;
}

/** Uses the challenge of a token's hash up. @throws Rejection TOKEN_EXPIRED if it has ended or another request used it */
export async function consumeMfaChallenge(
  manager: EntityManager,
  tokenHash: Buffer,
  now: Date,
): Promise<void> {
  const [, deleted]: [unknown[], number] = await manager.query(
    'DELETE FROM mfa_challenge WHERE token_hash = $1 AND expires_at > $2',
    [tokenHash, now],
  );
  if (deleted !== 1) throw challengeExpired('challenge');
}

/** Deletes challenges that have expired. */
export async function purgeMfaChallenges(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM mfa_challenge WHERE token_hash IN (
       SELECT token_hash FROM mfa_challenge WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
       FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}

function challengeExpired(field: string): Rejection {
  return new Rejection('TOKEN_EXPIRED', 'The challenge is unknown, was used or has expired. Sign in again.', {
    field: [field],
  });
}
