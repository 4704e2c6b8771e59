import type { TextSeal } from '@souk/shared/auth/text-seal';
import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import { publishStateChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { UserEntity } from '../../entities/user.js';
import { isSameEmail } from '../email/email-address.js';
import { countEmailRequest } from '../email/email-request-limit.js';
import {
  emailTokenExpired,
  findEmailToken,
  revokeEmailTokens,
  takeEmailToken,
} from '../email/email-token.js';
import { sendEmailVerification } from '../email/verification-email.js';
import { lockUser } from '../locks.js';
import type { RequestOrigin } from '../request-origin.js';
import { alertUser } from '../security-alert.js';
import type { Transaction } from '../transaction.js';
import { lockCaller } from './user.js';

/** Sends the caller another e-mail. @throws Rejection CONFLICT (already verified), TOO_MANY_ATTEMPTS */
export async function requestEmailVerification(
  transaction: Transaction,
  userId: string,
  address: string | null,
  seal: TextSeal,
): Promise<void> {
  const { manager, now } = transaction;
  const { email } = await manager.findOneByOrFail(UserEntity, { id: userId });
  await countEmailRequest(manager, { email, address }, now);
  const user = await lockCaller(manager, userId);
  if (user.emailVerified) throw new Rejection('CONFLICT', 'Your e-mail address is already verified.');
  await sendEmailVerification(transaction, user, seal);
}

/** Verifies the address that the token was sent to. @throws Rejection TOKEN_EXPIRED */
export async function verifyEmail(
  transaction: Transaction,
  token: string,
  { userAgent: device }: Pick<RequestOrigin, 'userAgent'>,
): Promise<UserEntity> {
  const { manager, outbox, now } = transaction;
  const owner = await findEmailToken(manager, token, 'VERIFY_EMAIL', now);
  const user = owner && (await lockUser(manager, owner.userId));
  if (user?.status !== 'ACTIVE' || !isSameEmail(user.email, owner?.email ?? '')) throw emailTokenExpired();
  if (!(await takeEmailToken(manager, token, 'VERIFY_EMAIL', now))) throw emailTokenExpired();
  outbox.actAs(user.id);
  await markEmailVerified(transaction, user);
  alertUser(transaction, user.id, 'EMAIL_VERIFIED', { device });
  return user;
}

/** Marks a locked user's address as verified, if it is not yet. */
export async function markEmailVerified({ manager, outbox }: Transaction, user: UserEntity): Promise<void> {
  await revokeEmailTokens(manager, user.id, 'VERIFY_EMAIL');
  if (user.emailVerified) return;
  user.emailVerified = true;
  await manager.update(UserEntity, { id: user.id }, { emailVerified: true });
  publishStateChange(manager, accountStates.people);
  outbox.publish(accountEvents.emailVerified, user.id, { userId: user.id });
}
