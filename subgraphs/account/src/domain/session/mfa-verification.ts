import type { Identity } from '@souk/shared/auth/identity';
import { hashSecretToken } from '@souk/shared/auth/secret-token';
import { accountEvents } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { UserEntity } from '../../entities/user.js';
import { lockUser } from '../locks.js';
import type { IssueAccessToken, IssuedToken } from './access-token.js';
import type { LoginAttempt } from './login-throttle.js';
import { assertNotThrottled, throttleCheck } from './login-throttle.js';
import type { RequestOrigin } from '../request-origin.js';
import type { Device, SessionTokens } from './session.js';
import { startSession } from './session.js';
import type { Transaction } from '../transaction.js';
import { consumeMfaChallenge, findWaitingLogin } from '../factor/mfa-challenge.js';
import type { FactorCode } from '../factor/second-factor.js';
import { useCode } from '../factor/second-factor.js';

/**
 * Completes a login that waits for a second factor. Wrong codes count as failed logins.
 * @throws Rejection TOKEN_EXPIRED, MFA_INVALID, TOO_MANY_ATTEMPTS, ACCOUNT_SUSPENDED
 */
export async function verifyMfa(
  database: Database,
  { challenge, code }: { challenge: string; code: FactorCode },
  device: Device,
  issueToken: IssueAccessToken,
  now: Date,
): Promise<SessionTokens> {
  const { userId, email } = await findWaitingLogin(database.reader, challenge, now);
  const origin = { address: device.ipAddress, now };
  return withCode(database, { userId, email }, code, origin, async (transaction, user) => {
    await consumeMfaChallenge(transaction.manager, hashSecretToken(challenge), now);
    return startSession(transaction, user, device, issueToken, now);
  });
}

/** An access token with a fresh second factor, and its user. */
export interface ElevatedToken extends IssuedToken {
  user: UserEntity;
}

/**
 * Issues an access token of the caller's session with a fresh second factor. Wrong codes count as failed logins.
 * @throws Rejection MFA_INVALID (also without an enrolled factor), TOO_MANY_ATTEMPTS, ACCOUNT_SUSPENDED
 */
export async function elevateSession(
  database: Database,
  { userId, sessionId }: Identity,
  code: FactorCode,
  issueToken: IssueAccessToken,
  origin: RequestOrigin,
): Promise<ElevatedToken> {
  const { email } = await database.reader.findOneByOrFail(UserEntity, { id: userId });
  return withCode(database, { userId, email }, code, origin, ({ outbox }, user) => {
    outbox.publish(accountEvents.sessionElevated, userId, { userId, sessionId });
    return Promise.resolve({ ...issueToken(user, sessionId, origin.now, origin.now), user });
  });
}

/**
 * Uses a code of a user up and runs `then` in the same transaction, with the lock on the user. Wrong codes count as
 * failed logins of the account and the network.
 * @throws Rejection MFA_INVALID, TOO_MANY_ATTEMPTS, ACCOUNT_SUSPENDED
 */
export async function withCode<Result extends object>(
  database: Database,
  { userId, email }: { userId: string; email: string },
  code: FactorCode,
  { address, now }: Pick<RequestOrigin, 'address' | 'now'>,
  then: (transaction: Transaction, user: UserEntity) => Promise<Result>,
): Promise<Result> {
  const attempt: LoginAttempt = { email, address };
  await assertNotThrottled(database.reader, attempt, now);
  const result = await database.transact((manager, outbox) =>
    throttleCheck(manager, attempt, userId, now, async () => {
      const user = await lockUser(manager, userId);
      if (user?.status !== 'ACTIVE') throw new Rejection('ACCOUNT_SUSPENDED', 'This account is suspended.');
      outbox.actAs(userId);
      const transaction = { manager, outbox, now };
      return (await useCode(transaction, userId, code)) && then(transaction, user);
    }),
  );
  // Returned, not thrown, by the transaction: the failure must be stored.
  if (result instanceof Rejection) throw result;
  return result;
}
