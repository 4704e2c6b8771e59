import type { Client as Connection } from 'pg';
import { newId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import { copyRow } from './copied-rows.js';

/** A payment with more events, refunds and disputes than a page gives, and a full ledger. Ids are UUIDs. */
export async function fillPayment(connection: Connection, payment: string, partner: string): Promise<void> {
  const id = 'gen_random_uuid()';
  await connection.query(
    `INSERT INTO payment_event (id, payment_id, at, type, source)
     SELECT gen_random_uuid(), $1, now(), 'ACTION_REQUIRED', 'buyer' FROM generate_series(1, 1001)`,
    [payment],
  );
  await connection.query(
    `INSERT INTO refund (id, payment_id, purpose, amount, reason, status, looked_at, created_at, completed_at)
     SELECT gen_random_uuid(), $1, 'request-' || gen_random_uuid(), 1, 'Test', 'FAILED', now(), now(), now()
     FROM generate_series(1, 101)`,
    [payment],
  );
  await connection.query(
    `INSERT INTO dispute (id, payment_id, provider_dispute_id, amount, reason, status, withheld, created_at)
     SELECT gen_random_uuid(), $1, 'dp_' || gen_random_uuid(), 1, 'fraudulent', 'lost', 0, now()
     FROM generate_series(1, 101)`,
    [payment],
  );
  const ended = {
    id,
    saga_id: id,
    reference: "'COPY-' || i",
    provider_payment_id: 'NULL',
    status: "'CANCELLED'",
  };
  await copyRow(connection, 'payment', payment, { ...ended, order_id: id, succeeded_at: 'NULL' }, 101);
  // One transaction as large as any, and one in each currency.
  const currencies = Intl.supportedValuesOf('currency');
  await connection.query('BEGIN');
  for (const [index, currency] of currencies.entries()) {
    const transaction = newId();
    await connection.query("INSERT INTO ledger_transaction (id, at, kind) VALUES ($1, now(), 'SALE')", [
      transaction,
    ]);
    await connection.query(
      `INSERT INTO ledger_entry (id, transaction_id, at, kind, account, partner_id, amount, currency)
       SELECT uuidv7(), $1, now(), 'SALE', side.account, $2, side.amount, $3
       FROM generate_series(1, $4 / 2),
         (VALUES ('partner_payable', 1), ('provider_clearing', -1)) AS side (account, amount)`,
      [transaction, partner, currency, index === currencies.length - 1 ? 300 : 2],
    );
  }
  await connection.query('COMMIT');
  const run = newId();
  await connection.query(
    `INSERT INTO reconciliation (id, ran_at, days, balanced, checked_payments)
     VALUES ($1, now() + interval '1 day', 1, false, 1)`,
    [run],
  );
  await connection.query(
    `INSERT INTO reconciliation_difference (reconciliation_id, position, payment_id, kind, message)
     SELECT $1, i, $2, 'amount', 'Test' FROM generate_series(1, 1001) AS i`,
    [run, payment],
  );
}

/** As many passkeys as are allowed, for the user with all roles. A login with a password needs one of them from then on. */
export async function fillPasskeys(connection: Connection): Promise<void> {
  await connection.query(
    `INSERT INTO passkey (id, user_id, credential_id, public_key, sign_count, transports, is_backed_up, name, created_at)
     SELECT gen_random_uuid(), u.id, 'full' || n, '', 0, '{}', false, 'Key', now()
     FROM user_account AS u, generate_series(1, 20) AS n WHERE u.roles @> '{PARTNER,ADMIN}'`,
  );
}

/** As many addresses as are allowed, more sessions than are listed, and more users and partners than a page has. */
export async function fillAccount(connection: Connection, user: string): Promise<void> {
  await connection.query("UPDATE user_account SET roles = ARRAY['USER', 'PARTNER', 'ADMIN'] WHERE id = $1", [
    user,
  ]);
  await connection.query(
    `INSERT INTO address (id, user_id, recipient, line1, city, postal_code, country_code, is_default)
     SELECT gen_random_uuid(), $1, 'Test', 'Street', 'Lisbon', '1000', 'PT', i = 1 FROM generate_series(1, 50) AS i`,
    [user],
  );
  await connection.query(
    `INSERT INTO session (id, user_id, created_at, last_used_at, expires_at)
     SELECT gen_random_uuid(), $1, now(), now(), now() + interval '1 day' FROM generate_series(1, 101)`,
    [user],
  );
  await connection.query(
    `INSERT INTO user_account (id, email, email_verified, password_hash, first_name, last_name, display_name,
       roles, status, locale, time_zone, preferences, created_at)
     SELECT uuidv7(), 'test-' || i || '@souk.test', true, '', 'Test', '', 'Test', '{USER}', 'ACTIVE', 'en', 'UTC', '{}',
       now() FROM generate_series(1, 101) AS i`,
  );
  await connection.query(
    `INSERT INTO partner (id, owner_id, name, slug, status, status_changed_at, created_at)
     SELECT uuidv7(), id, 'Test', split_part(email, '@', 1), 'PENDING', now(), now()
     FROM user_account WHERE email LIKE 'test-%'`,
  );
  await connection.query(
    `INSERT INTO audit_pending (id, action, target_type, target_id, change)
     SELECT uuidv7(), 'UPDATE_OFFER', 'OFFER', gen_random_uuid(), '{"before":null,"after":null}'
     FROM generate_series(1, 101)`,
  );
  await until('account has appended them', async () => {
    const { rowCount } = await connection.query('SELECT FROM audit_entry LIMIT 101');
    return rowCount === 101;
  });
}

/** Follows both ways, a wishlist, and notifications with all deliveries, more than a page gives. */
export async function fillSocial(connection: Connection, user: string): Promise<void> {
  // Mutual follows, with a common contact.
  await connection.query(
    `WITH others AS (SELECT gen_random_uuid() AS id FROM generate_series(1, 101))
     INSERT INTO follow (id, follower_id, followee_id, followed_at)
     SELECT uuidv7(), $1::uuid, id, now() FROM others UNION ALL SELECT uuidv7(), id, $1, now() FROM others`,
    [user],
  );
  await connection.query(
    `INSERT INTO wishlist_item (user_id, listing_id, id, added_at)
     SELECT $1, gen_random_uuid(), uuidv7(), now() FROM generate_series(1, 101)`,
    [user],
  );
  await connection.query(
    `INSERT INTO notification (id, user_id, type, title, body, data, dedupe_key, created_at)
     SELECT uuidv7(), $1, 'ORDER_COMPLETED', 'Test', 'Test', '{}', 'test-' || i, now()
     FROM generate_series(1, 101) AS i`,
    [user],
  );
  await connection.query(
    `INSERT INTO delivery (notification_id, channel, status, attempts)
     SELECT id, channel, 'SENT', 1 FROM notification, unnest(ARRAY['IN_APP', 'EMAIL', 'SMS', 'PUSH']) AS channel
     WHERE user_id = $1 AND dedupe_key LIKE 'test-%'`,
    [user],
  );
}

/** Purchases of the user's 101 followees: each bought the given listings and one of their own. Follows of 101 others. */
export async function fillPurchases(
  connection: Connection,
  user: string,
  listings: readonly string[],
): Promise<void> {
  const followees = 'SELECT followee_id FROM follow WHERE follower_id = $1';
  await connection.query(
    `INSERT INTO follow (id, follower_id, followee_id, followed_at)
     SELECT uuidv7(), (${followees} LIMIT 1), gen_random_uuid(), now() FROM generate_series(1, 101)`,
    [user],
  );
  await connection.query(
    `INSERT INTO social_profile (user_id, shares_activity) SELECT followee_id, true FROM (${followees}) AS f`,
    [user],
  );
  await connection.query(
    `INSERT INTO purchase (order_id, listing_id, user_id, units, tour_units, ticket_units, purchased_at)
     SELECT gen_random_uuid(), listing_id, followee_id, 1, 0, 0, now() FROM (${followees}) AS f,
       unnest($2::uuid[]) AS listing_id`,
    [user, listings],
  );
  await connection.query(
    `INSERT INTO purchase (order_id, listing_id, user_id, units, tour_units, ticket_units, purchased_at)
     SELECT gen_random_uuid(), gen_random_uuid(), followee_id, 1, 0, 0, now() FROM (${followees}) AS f`,
    [user],
  );
  await connection.query(
    `WITH done AS (
       INSERT INTO activity (id, actor_id, type, target_id, at, is_pulled)
       SELECT uuidv7(), followee_id, 'FOLLOWED', gen_random_uuid(), now(), false FROM (${followees}) AS f RETURNING id
     ) INSERT INTO feed_entry (user_id, activity_id) SELECT $1, id FROM done`,
    [user],
  );
}

/** More reviews of each listing than a page has, each with more reports than are listed. */
export async function fillReviews(connection: Connection, listings: readonly string[]): Promise<void> {
  await connection.query(
    `WITH reviewed AS (
       INSERT INTO review (id, listing_id, user_id, stars, created_at, reported_at)
       SELECT uuidv7(), listing_id, gen_random_uuid(), 5, now(), now()
       FROM unnest($1::uuid[]) AS listing_id, generate_series(1, 101) RETURNING id
     )
     INSERT INTO review_report (review_id, user_id, reason, reported_at)
     SELECT id, gen_random_uuid(), 'Test', now() FROM reviewed, generate_series(1, 21)`,
    [listings],
  );
}
