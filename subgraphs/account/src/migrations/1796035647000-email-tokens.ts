import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE email_token (
    -- SHA-256 of the token.
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    -- The address that the e-mail goes to.
    email text NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT email_token_pkey PRIMARY KEY (token_hash),
    CONSTRAINT email_token_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT email_token_purpose CHECK (purpose IN ('VERIFY_EMAIL', 'RESET_PASSWORD'))
  )`,
  // A new token replaces the one before it.
  'CREATE UNIQUE INDEX email_token_user_id_purpose ON email_token (user_id, purpose)',
  'CREATE INDEX email_token_expires_at ON email_token (expires_at)',

  `CREATE TABLE email_request (
    id bigint GENERATED ALWAYS AS IDENTITY,
    -- SHA-256 of the requested e-mail address, which need not belong to an account.
    account_hash bytea NOT NULL,
    -- In the format of networkOf (shared/src/client-network.ts).
    network text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT email_request_pkey PRIMARY KEY (id)
  )`,
  'CREATE INDEX email_request_account_at ON email_request (account_hash, at)',
  'CREATE INDEX email_request_network_at ON email_request (network, at)',
  'CREATE INDEX email_request_at ON email_request (at)',
];

/** Creates the tables of tokens in e-mails, and of requests for e-mails. */
export class EmailTokens1796035647000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE email_request, email_token');
  }
}
