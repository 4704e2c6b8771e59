import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { UserEntity } from '../../entities/user.js';
import { verifyPassword } from '../identity/password.js';
import { findPasswordHash } from '../identity/user.js';
import type { RequestOrigin } from '../request-origin.js';
import { assertNotThrottled, recordFailure, throttleLogin } from './login-throttle.js';

/** A caller's account, and whether a password is theirs. */
export interface PasswordComparison {
  user: UserEntity;
  /** The stored hash that was compared; null without one. */
  hash: string | null;
  matches: boolean;
}

/**
 * Compares a password with the caller's. Failures count as failed logins. Hashes outside of transactions, so that no
 * connection is held meanwhile.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function comparePassword(
  database: Database,
  userId: string,
  password: string,
  { address, now }: Pick<RequestOrigin, 'address' | 'now'>,
): Promise<PasswordComparison> {
  const user = await database.reader.findOneByOrFail(UserEntity, { id: userId });
  const attempt = { email: user.email, address };
  await assertNotThrottled(database.reader, attempt, now);
  const hash = await findPasswordHash(database.reader, userId);
  const matches = await verifyPassword(hash, password);
  const throttled = await database.transact((manager) =>
    matches ? throttleLogin(manager, attempt, userId, now) : recordFailure(manager, attempt, now),
  );
  if (throttled) throw throttled;
  return { user, hash, matches };
}

/** The rejection BAD_CREDENTIALS of a password. @param field path of the password in the arguments */
export function wrongPassword(field: readonly string[]): Rejection {
  return new Rejection('BAD_CREDENTIALS', 'Wrong password.', { field });
}

/**
 * Verifies that a caller knows their password.
 * @param field path of the password in the arguments
 * @throws Rejections BAD_CREDENTIALS, TOO_MANY_ATTEMPTS
 */
export async function confirmPassword(
  database: Database,
  userId: string,
  { password, field }: { password: string; field: readonly string[] },
  origin: RequestOrigin,
): Promise<void> {
  const { matches } = await comparePassword(database, userId, password, origin);
  if (!matches) throw wrongPassword(field);
}
