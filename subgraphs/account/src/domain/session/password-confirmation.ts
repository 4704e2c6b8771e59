import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { UserEntity } from '../../entities/user.js';
import { verifyPassword } from '../identity/password.js';
import { findPasswordHash } from '../identity/user.js';
import type { RequestOrigin } from '../request-origin.js';
import { assertNotThrottled, recordFailure, throttleLogin } from './login-throttle.js';

/**
 * Verifies that a caller knows their password. Failures count as failed logins. Hashes outside of transactions, so that
 * no connection is held meanwhile.
 * @param field path of the password in the arguments
 * @throws Rejections BAD_CREDENTIALS, TOO_MANY_ATTEMPTS
 */
export async function confirmPassword(
  database: Database,
  userId: string,
  { password, field }: { password: string; field: readonly string[] },
  { address, now }: RequestOrigin,
): Promise<void> {
  const { email } = await database.reader.findOneByOrFail(UserEntity, { id: userId });
  const attempt = { email, address };
  await assertNotThrottled(database.reader, attempt, now);
  const matches = await verifyPassword(await findPasswordHash(database.reader, userId), password);
  const throttled = await database.transact((manager) =>
    matches ? throttleLogin(manager, attempt, userId, now) : recordFailure(manager, attempt, now),
  );
  if (throttled) throw throttled;
  if (!matches) throw new Rejection('BAD_CREDENTIALS', 'Wrong password.', { field });
}
