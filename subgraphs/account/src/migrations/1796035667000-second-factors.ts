import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE authenticator_app (
    user_id uuid NOT NULL,
    -- In the format of TextSeal (shared/src/auth/text-seal.ts).
    sealed_secret text NOT NULL,
    -- The latest time step (30 seconds since 1970) whose code was used. Null before the first one.
    last_step bigint,
    created_at timestamptz NOT NULL,
    -- Null until the user has given the first code.
    confirmed_at timestamptz,
    CONSTRAINT authenticator_app_pkey PRIMARY KEY (user_id),
    CONSTRAINT authenticator_app_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
  )`,
  'CREATE INDEX authenticator_app_pending ON authenticator_app (created_at) WHERE confirmed_at IS NULL',

  // A used code has no row.
  `CREATE TABLE recovery_code (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    CONSTRAINT recovery_code_pkey PRIMARY KEY (user_id, code_hash),
    CONSTRAINT recovery_code_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
  )`,

  `CREATE TABLE mfa_challenge (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT mfa_challenge_pkey PRIMARY KEY (token_hash),
    CONSTRAINT mfa_challenge_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
  )`,
  'CREATE INDEX mfa_challenge_user ON mfa_challenge (user_id, expires_at)',
  'CREATE INDEX mfa_challenge_expires_at ON mfa_challenge (expires_at)',
];

/** Creates the tables of authenticator apps, recovery codes, and logins that wait for a second factor. */
export class SecondFactors1796035667000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mfa_challenge, recovery_code, authenticator_app');
  }
}
