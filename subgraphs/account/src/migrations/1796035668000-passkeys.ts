import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE passkey (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    -- The credential's id in base64url, as browsers send it.
    credential_id text NOT NULL,
    -- In the format of COSE.
    public_key bytea NOT NULL,
    -- 0 with authenticators that do not count.
    sign_count bigint NOT NULL,
    transports text[] NOT NULL,
    is_backed_up boolean NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    CONSTRAINT passkey_pkey PRIMARY KEY (id),
    CONSTRAINT passkey_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
  )`,
  'CREATE UNIQUE INDEX passkey_credential_id ON passkey (credential_id)',
  'CREATE INDEX passkey_user_id ON passkey (user_id, id)',

  `CREATE TABLE passkey_ceremony (
    token_hash bytea NOT NULL,
    kind text NOT NULL,
    -- Null for a login whose user is not known yet.
    user_id uuid,
    challenge text NOT NULL,
    -- The login that the passkey completes as second factor.
    mfa_challenge_hash bytea,
    expires_at timestamptz NOT NULL,
    CONSTRAINT passkey_ceremony_pkey PRIMARY KEY (token_hash),
    CONSTRAINT passkey_ceremony_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT passkey_ceremony_kind CHECK (kind IN ('REGISTRATION', 'LOGIN', 'SECOND_FACTOR', 'ELEVATION')),
    CONSTRAINT passkey_ceremony_user CHECK ((user_id IS NULL) = (kind = 'LOGIN')),
    CONSTRAINT passkey_ceremony_login CHECK ((mfa_challenge_hash IS NOT NULL) = (kind = 'SECOND_FACTOR'))
  )`,
  'CREATE INDEX passkey_ceremony_expires_at ON passkey_ceremony (expires_at)',
  'CREATE INDEX passkey_ceremony_user_id ON passkey_ceremony (user_id, expires_at) WHERE user_id IS NOT NULL',
];

/** Creates the tables of passkeys and their ceremonies (WebAuthn). */
export class Passkeys1796035668000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE passkey_ceremony, passkey');
  }
}
