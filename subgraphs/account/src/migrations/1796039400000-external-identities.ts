import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Subjects of issuers are personal data, and are stored as digests.
  `CREATE TABLE external_identity (
     identity_hash bytea PRIMARY KEY,
     issuer text NOT NULL,
     user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
     linked_at timestamptz NOT NULL
   )`,
  'CREATE INDEX external_identity_user ON external_identity (user_id)',
  // No reference to the session: a sign-in whose session has ended and was deleted must be remembered as ended.
  `CREATE TABLE external_session (
     session_hash bytea PRIMARY KEY,
     session_id uuid NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
  'CREATE INDEX external_session_expiry ON external_session (expires_at)',
];

/** Adds the people and the sign-ins of external issuers. */
export class ExternalIdentities1796039400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE external_session, external_identity');
  }
}
