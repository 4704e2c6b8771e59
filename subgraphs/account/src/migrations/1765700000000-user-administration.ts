import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE user_account ADD COLUMN suspension_reason text',
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  // A function, so that the index and the query have the same expression. lower() is immutable, || of texts as well.
  `CREATE FUNCTION user_search_text(u user_account) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT lower(u.display_name || ' ' || u.first_name || ' ' || u.last_name || ' ' || u.email) $$`,
  'CREATE INDEX user_account_search ON user_account USING gin (user_search_text(user_account) gin_trgm_ops)',
  `CREATE INDEX user_account_administrators ON user_account (id) WHERE roles @> ARRAY['ADMIN']`,
  `CREATE INDEX user_account_partners ON user_account (id) WHERE roles @> ARRAY['PARTNER']`,
  'CREATE INDEX user_account_status_id ON user_account (status, id)',
  'CREATE INDEX partner_status_id ON partner (status, id)',
];

/** Adds the reason of a suspension, and the indexes of the administrators' lists of users and partners. */
export class UserAdministration1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX user_account_search, user_account_administrators, user_account_partners, user_account_status_id,
         partner_status_id`,
    );
    await runner.query('DROP FUNCTION user_search_text(user_account)');
    await runner.query('ALTER TABLE user_account DROP COLUMN suspension_reason');
  }
}
