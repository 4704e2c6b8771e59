import type { TextSeal } from '@souk/shared/auth/text-seal';
import { accountEvents, tokenContext } from '@souk/shared/contracts/account';
import type { UserEntity } from '../../entities/user.js';
import type { Transaction } from '../transaction.js';
import { issueEmailToken } from './email-token.js';

/** Has an e-mail sent by which a user verifies their address. The caller has locked the user, or inserted it. */
export async function sendEmailVerification(
  { manager, outbox, now }: Transaction,
  user: UserEntity,
  seal: TextSeal,
): Promise<void> {
  const { id: userId, email, locale } = user;
  const { token, expiresAt } = await issueEmailToken(manager, user, 'VERIFY_EMAIL', now);
  outbox.publish(accountEvents.emailVerificationRequested, userId, {
    userId,
    email,
    locale,
    token: seal.seal(token, tokenContext('emailVerificationRequested', userId)),
    expiresAt: expiresAt.toISOString(),
  });
}
