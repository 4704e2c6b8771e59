import { recordsOf } from '@souk/shared/db/person-export';
import type { Queryable } from '@souk/shared/postgres';

/** All that account stores about a person, without their password's hash and without tokens. */
export const exportPerson = recordsOf({
  profile: `
    SELECT id, email, email_verified, first_name, last_name, display_name, avatar_url, phone, roles, status,
      suspension_reason, locale, time_zone, preferences, created_at
    FROM user_account WHERE id = $1`,
  addresses: `
    SELECT id, label, recipient, line1, line2, city, region, postal_code, country_code, phone, is_default
    FROM address WHERE user_id = $1 ORDER BY id`,
  sessions: `
    SELECT id, user_agent, ip_address, created_at, last_used_at, expires_at, ended_at, end_reason
    FROM session WHERE user_id = $1 ORDER BY id`,
  knownNetworks: 'SELECT network, signed_in_at FROM known_network WHERE user_id = $1 ORDER BY network',
  failedLogins: `
    SELECT f.address, f.at FROM login_failure f JOIN user_account u
      ON f.account_hash = sha256(convert_to(lower(u.email), 'UTF8'))
    WHERE u.id = $1 ORDER BY f.id`,
  emailTokens: 'SELECT purpose, email, expires_at FROM email_token WHERE user_id = $1 ORDER BY purpose',
  emailRequests: `
    SELECT r.network, r.at FROM email_request r JOIN user_account u
      ON r.account_hash = sha256(convert_to(lower(u.email), 'UTF8'))
    WHERE u.id = $1 ORDER BY r.id`,
  passkeys: 'SELECT id, name, transports, created_at FROM passkey WHERE user_id = $1 ORDER BY id',
  externalIdentities: 'SELECT issuer, linked_at FROM external_identity WHERE user_id = $1 ORDER BY linked_at',
  partner: `
    SELECT id, name, slug, about, website, tax_id, status, status_changed_at, rejection_reason, verified_at,
      commission_basis_points, created_at
    FROM partner WHERE owner_id = $1`,
  purchaseStatistics: `
    SELECT currency, purchases, units, total FROM user_statistics WHERE user_id = $1 ORDER BY currency`,
  countedPurchases: `
    SELECT saga_id AS checkout_id, currency, units, total FROM counted_purchase WHERE user_id = $1 ORDER BY saga_id`,
  idempotencyKeys: `
    SELECT operation, key, created_at FROM idempotency_key WHERE caller = $1::text ORDER BY created_at`,
});

/** A person of an export, by their e-mail address; null for an unknown one. */
export async function findExportedPerson(
  database: Queryable,
  email: string,
): Promise<{ userId: string; partnerId: string | null } | null> {
  const [row] = await database.query<{ userId: string; partnerId: string | null }[]>(
    `SELECT u.id AS "userId", p.id AS "partnerId" FROM user_account u LEFT JOIN partner p ON p.owner_id = u.id
     WHERE lower(u.email) = lower($1)`,
    [email],
  );
  return row ?? null;
}
