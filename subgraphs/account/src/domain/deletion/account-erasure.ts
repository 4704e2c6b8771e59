import { accountStates } from '@souk/shared/contracts/account';
import { publishChange, publishStateChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import { hashEmail } from '../email/email-address.js';
import { removeFactors } from '../factor/factor-removal.js';
import { deletedUserName } from '../identity/user.js';
import { lockUser } from '../locks.js';
import { partnerTopic, userTopic } from '../topics.js';

/** Tables with a column `user_id` whose rows end with the account. */
const tablesOfUser = [
  'address',
  'known_network',
  'email_token',
  'external_identity',
  'counted_purchase',
  'user_statistics',
];
/** Tables with the digest of an e-mail address in `account_hash`. */
const tablesOfEmail = ['login_failure', 'email_request'];

/**
 * Erases the personal data of a closed account. Its row stays without them, so that orders, payments and entries that
 * name its id refer to "Deleted user". Its e-mail address may be registered again.
 */
export async function eraseAccount(
  manager: EntityManager,
  { userId, partnerId }: { userId: string; partnerId: string | null },
): Promise<void> {
  const user = await lockUser(manager, userId);
  if (!user) return;
  for (const table of tablesOfEmail)
    await manager.query(`DELETE FROM ${table} WHERE account_hash = $1`, [hashEmail(user.email)]);
  // Tokens first, because a refresh locks its token before its session.
  await manager.query(
    'DELETE FROM refresh_token WHERE session_id IN (SELECT id FROM session WHERE user_id = $1)',
    [userId],
  );
  // The rows stay until all processes know of the end; then their retention ends too.
  await manager.query('UPDATE session SET user_agent = NULL, ip_address = NULL WHERE user_id = $1', [userId]);
  await removeFactors(manager, userId);
  for (const table of tablesOfUser) await manager.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
  await manager.query('DELETE FROM idempotency_key WHERE caller = $1', [userId]);
  await eraseReplies(manager, userId);
  if (partnerId !== null) await erasePartner(manager, partnerId);
  await manager.query(
    `UPDATE user_account SET email = 'deleted-' || id || '@deleted.invalid', email_verified = false, password_hash = '',
       first_name = '', last_name = '', display_name = $2, avatar_url = NULL, phone = NULL, roles = ARRAY['USER'],
       locale = 'en', time_zone = 'UTC', preferences = '{}', suspension_reason = NULL
     WHERE id = $1`,
    [userId, deletedUserName],
  );
  publishStateChange(manager, accountStates.people);
  publishChange(manager, [userTopic(userId)]);
}

/** Erases addresses in the stored replies to checkouts. The checkouts have ended: no repeat reads them. */
async function eraseReplies(manager: EntityManager, userId: string): Promise<void> {
  await manager.query(
    `UPDATE inbox SET outcome = jsonb_set(outcome::jsonb, '{outcome,output}', '{"shippingAddress": null, "locale": "en"}')::json
     WHERE step = 'VALIDATE_USER' AND outcome->'outcome'->'output'->>'userId' = $1`,
    [userId],
  );
}

/** Erases a partner's texts. The row stays for payments and orders that refer to it. */
async function erasePartner(manager: EntityManager, partnerId: string): Promise<void> {
  await manager.query(
    `UPDATE partner SET name = 'Deleted seller', slug = 'deleted-' || id, about = NULL, website = NULL, tax_id = NULL,
       rejection_reason = NULL,
       status = CASE status WHEN 'PENDING' THEN 'REJECTED' WHEN 'VERIFIED' THEN 'SUSPENDED' ELSE status END
     WHERE id = $1`,
    [partnerId],
  );
  publishStateChange(manager, accountStates.partners);
  publishChange(manager, [partnerTopic(partnerId)]);
}
