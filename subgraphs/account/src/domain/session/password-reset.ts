import type { TextSeal } from '@souk/shared/auth/text-seal';
import { accountEvents, tokenContext } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import { Rejections } from '@souk/shared/errors';
import { UserEntity } from '../../entities/user.js';
import { removeFactors } from '../factor/factor-removal.js';
import { hashPassword, validatePassword } from '../identity/password.js';
import { findCredentials, setPasswordHash } from '../identity/user.js';
import { lockUser } from '../locks.js';
import { alertUser } from '../security-alert.js';
import { rememberNetwork } from './known-network.js';
import type { RequestOrigin } from '../request-origin.js';
import { endAllSessions } from './session.js';
import type { Transaction } from '../transaction.js';
import { hashEmail, isSameEmail } from '../email/email-address.js';
import type { EmailRequest } from '../email/email-request-limit.js';
import { countEmailRequest } from '../email/email-request-limit.js';
import { emailTokenExpired, findEmailToken, issueEmailToken, takeEmailToken } from '../email/email-token.js';
import { markEmailVerified } from '../identity/email-verification.js';

/**
 * Notes that the password of an address was forgotten. Does the same for every address, and looks no account up: a
 * worker does (`sendPasswordReset`). So neither answer nor response time reveal whether the address has an account.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function requestPasswordReset(
  { manager, outbox, now }: Transaction,
  request: EmailRequest,
): Promise<void> {
  await countEmailRequest(manager, request, now);
  const { email } = request;
  outbox.publish(accountEvents.passwordForgotten, hashEmail(email).toString('hex'), { email });
}

/** Has an e-mail sent with a token for `resetPassword`. Does nothing unless the address has an ACTIVE account. */
export async function sendPasswordReset(
  { manager, outbox, now }: Transaction,
  requested: string,
  seal: TextSeal,
): Promise<void> {
  const found = await findCredentials(manager, requested);
  const user = found && (await lockUser(manager, found.userId));
  if (user?.status !== 'ACTIVE') return;
  const { id: userId, email, locale } = user;
  const { token, expiresAt } = await issueEmailToken(manager, user, 'RESET_PASSWORD', now);
  outbox.publish(accountEvents.passwordResetRequested, userId, {
    userId,
    email,
    locale,
    token: seal.seal(token, tokenContext('passwordResetRequested', userId)),
    expiresAt: expiresAt.toISOString(),
  });
}

/**
 * Sets a new password and ends all sessions. The token has proved that its holder reads the account's e-mail: the
 * address counts as verified, and the network as known to the account. If it was not verified, all second factors and
 * passkeys are removed: a stranger may have enrolled them. Hashes outside of the transaction, and only for
 * a valid token.
 * @throws Rejections TOKEN_EXPIRED, WEAK_PASSWORD
 */
export async function resetPassword(
  database: Database,
  { token, newPassword }: { token: string; newPassword: string },
  { address, userAgent: device, now }: RequestOrigin,
): Promise<void> {
  const owner = await findEmailToken(database.reader, token, 'RESET_PASSWORD', now);
  const found =
    owner && (await database.reader.findOneBy(UserEntity, { id: owner.userId, status: 'ACTIVE' }));
  const names = found ? [found.firstName, found.lastName, found.displayName] : [];
  const weak = validatePassword(newPassword, { email: found?.email ?? '', names }, ['newPassword']);
  Rejections.throwIfAny([...(found ? [] : [emailTokenExpired()]), ...(weak ? [weak] : [])]);
  const passwordHash = await hashPassword(newPassword);
  await database.transact(async (manager, outbox) => {
    const transaction = { manager, outbox, now };
    const user = owner && (await lockUser(manager, owner.userId));
    if (user?.status !== 'ACTIVE' || !isSameEmail(user.email, owner?.email ?? '')) throw emailTokenExpired();
    if (!(await takeEmailToken(manager, token, 'RESET_PASSWORD', now))) throw emailTokenExpired();
    outbox.actAs(user.id);
    await setPasswordHash(manager, user.id, passwordHash);
    // Until now anybody may have registered with the address, and enrolled factors of their own.
    if (!user.emailVerified) await removeFactors(manager, user.id);
    await markEmailVerified(transaction, user);
    await endAllSessions(transaction, user.id, 'PASSWORD_RESET');
    await rememberNetwork(manager, user.id, address, now);
    outbox.publish(accountEvents.passwordReset, user.id, { userId: user.id });
    alertUser(transaction, user.id, 'PASSWORD_RESET', { device });
  });
}
