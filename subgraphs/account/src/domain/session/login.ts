import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { IssueAccessToken } from './access-token.js';
import type { LoginAttempt } from './login-throttle.js';
import { recordFailure, throttleLogin, assertNotThrottled } from './login-throttle.js';
import { lockUser } from '../locks.js';
import { hashPassword, isOutdatedHash, verifyPassword } from '../identity/password.js';
import type { Device, SessionTokens } from './session.js';
import { startSession } from './session.js';
import { createMfaChallenge } from '../factor/mfa-challenge.js';
import type { MfaMethod } from '../factor/second-factor.js';
import { listMfaMethods } from '../factor/second-factor.js';
import type { Credentials } from '../identity/user.js';
import { findCredentials, replacePasswordHash } from '../identity/user.js';

/** Result of a login with the correct password: tokens, or a challenge for the second factor. */
export type LoginResult =
  | { kind: 'signed in'; tokens: SessionTokens }
  | { kind: 'second factor due'; challenge: string; methods: MfaMethod[] };

/**
 * Signs a user in, or asks for the second factor that they have enrolled. Opens its own transactions and verifies the password outside of them, so that no connection is held
 * meanwhile. Known and unknown e-mail addresses take the same time.
 * @throws Rejection BAD_CREDENTIALS, TOO_MANY_ATTEMPTS, ACCOUNT_SUSPENDED
 */
export async function logIn(
  database: Database,
  { email, password }: { email: string; password: string },
  device: Device,
  issueToken: IssueAccessToken,
  now: Date,
): Promise<LoginResult> {
  const attempt: LoginAttempt = { email, address: device.ipAddress };
  await assertNotThrottled(database.reader, attempt, now);
  const credentials = await findCredentials(database.reader, email);
  const matches = await verifyPassword(credentials?.passwordHash ?? null, password);
  if (!credentials || !matches) {
    const rejection = await database.transact((manager) => recordFailure(manager, attempt, now));
    throw rejection ?? new Rejection('BAD_CREDENTIALS', 'Wrong e-mail address or password.');
  }
  const result = await database.transact(async (manager, outbox): Promise<LoginResult | Rejection> => {
    const refusal = await throttleLogin(manager, attempt, credentials.userId, now);
    if (refusal) return refusal;
    // Locked, so that a concurrent suspension either sees the new session or is seen here.
    const user = await lockUser(manager, credentials.userId);
    if (user?.status !== 'ACTIVE') throw new Rejection('ACCOUNT_SUSPENDED', 'This account is suspended.');
    const methods = await listMfaMethods(manager, user.id);
    if (methods.length > 0) {
      return {
        kind: 'second factor due',
        challenge: await createMfaChallenge(manager, user.id, now),
        methods,
      };
    }
    const tokens = await startSession({ manager, outbox, now }, user, device, issueToken);
    return { kind: 'signed in', tokens };
  });
  if (result instanceof Rejection) throw result;
  await upgradeHash(database, credentials, password);
  return result;
}

/** Replaces the hash of a password that has just been verified if it is weaker than hashes of today. */
async function upgradeHash(
  database: Database,
  { userId, passwordHash }: Credentials,
  password: string,
): Promise<void> {
  if (!isOutdatedHash(passwordHash)) return;
  const upgraded = await hashPassword(password);
  await database.transact((manager) => replacePasswordHash(manager, userId, passwordHash, upgraded));
}
