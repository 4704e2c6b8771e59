import type { Identity } from '@souk/shared/auth/identity';
import { accountEvents } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import { Rejection, Rejections } from '@souk/shared/errors';
import { hashPassword, validatePassword } from '../identity/password.js';
import { replacePasswordHash } from '../identity/user.js';
import { revokeEmailTokens } from '../email/email-token.js';
import { lockUser } from '../locks.js';
import { alertUser } from '../security-alert.js';
import { comparePassword, wrongPassword } from './password-confirmation.js';
import type { RequestOrigin } from '../request-origin.js';
import { endAllSessions } from './session.js';

const currentField = ['currentPassword'];

/** The present and the new password of a caller. */
export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
}

/**
 * Changes the caller's password and ends their other sessions; tokens for a reset stop working. Failures count as failed logins. Hashes outside of
 * transactions, so that no connection is held meanwhile.
 * @throws Rejections BAD_CREDENTIALS, WEAK_PASSWORD, TOO_MANY_ATTEMPTS
 */
export async function changePassword(
  database: Database,
  { userId, sessionId }: Identity,
  { currentPassword, newPassword }: PasswordChange,
  { address, userAgent: device, now }: RequestOrigin,
): Promise<void> {
  const comparison = await comparePassword(database, userId, currentPassword, { address, now });
  const { user, hash: currentHash, matches } = comparison;
  const names = [user.firstName, user.lastName, user.displayName];
  const weak =
    newPassword === currentPassword
      ? new Rejection('WEAK_PASSWORD', 'Must differ from the present password.', { field: ['newPassword'] })
      : validatePassword(newPassword, { email: user.email, names }, ['newPassword']);
  Rejections.throwIfAny([...(matches ? [] : [wrongPassword(currentField)]), ...(weak ? [weak] : [])]);
  const newHash = await hashPassword(newPassword);
  await database.transact(async (manager, outbox) => {
    await lockUser(manager, userId);
    // A concurrent change has replaced the password that was verified.
    if (!(await replacePasswordHash(manager, userId, currentHash ?? '', newHash)))
      throw wrongPassword(currentField);
    const transaction = { manager, outbox, now };
    await revokeEmailTokens(manager, userId, 'RESET_PASSWORD');
    await endAllSessions(transaction, userId, 'PASSWORD_CHANGED', sessionId);
    outbox.publish(accountEvents.passwordChanged, userId, { userId });
    alertUser(transaction, userId, 'PASSWORD_CHANGED', { device });
  });
}
