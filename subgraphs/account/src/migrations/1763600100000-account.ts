import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `CREATE TABLE user_account (
    id uuid NOT NULL,
    email text NOT NULL,
    email_verified boolean NOT NULL,
    password_hash text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    display_name text NOT NULL,
    avatar_url text,
    phone text,
    roles text[] NOT NULL,
    status text NOT NULL,
    locale text NOT NULL,
    time_zone text NOT NULL,
    -- json, not jsonb: jsonb rejects escapes that clients may send, and no query searches the column.
    preferences json NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT user_account_pkey PRIMARY KEY (id),
    CONSTRAINT user_account_status CHECK (status IN ('ACTIVE', 'SUSPENDED', 'DELETED')),
    CONSTRAINT user_account_roles CHECK (roles <@ ARRAY['USER', 'PARTNER', 'ADMIN'])
  )`,
  'CREATE UNIQUE INDEX user_account_email ON user_account (lower(email))',

  `CREATE TABLE address (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    label text,
    recipient text NOT NULL,
    line1 text NOT NULL,
    line2 text,
    city text NOT NULL,
    region text,
    postal_code text NOT NULL,
    country_code text NOT NULL,
    phone text,
    is_default boolean NOT NULL,
    CONSTRAINT address_pkey PRIMARY KEY (id),
    CONSTRAINT address_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
  )`,
  'CREATE INDEX address_user_id ON address (user_id, id)',
  'CREATE UNIQUE INDEX address_one_default ON address (user_id) WHERE is_default',

  `CREATE TABLE session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    user_agent text,
    ip_address text,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text,
    CONSTRAINT session_pkey PRIMARY KEY (id),
    CONSTRAINT session_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT session_end CHECK ((ended_at IS NULL) = (end_reason IS NULL))
  )`,
  'CREATE INDEX session_user_last_used ON session (user_id, last_used_at DESC) WHERE ended_at IS NULL',
  'CREATE INDEX session_expires_at ON session (expires_at)',

  `CREATE TABLE refresh_token (
    token_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT refresh_token_pkey PRIMARY KEY (token_hash),
    CONSTRAINT refresh_token_session_fkey FOREIGN KEY (session_id) REFERENCES session (id) ON DELETE CASCADE
  )`,
  'CREATE INDEX refresh_token_session_id ON refresh_token (session_id)',
  'CREATE INDEX refresh_token_expires_at ON refresh_token (expires_at)',

  `CREATE TABLE login_failure (
    id bigint GENERATED ALWAYS AS IDENTITY,
    -- SHA-256 of the attempted e-mail address, which need not belong to an account.
    account_hash bytea NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT login_failure_pkey PRIMARY KEY (id)
  )`,
  'CREATE INDEX login_failure_address_at ON login_failure (address, at)',
  'CREATE INDEX login_failure_at ON login_failure (at)',

  `CREATE TABLE partner (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    about text,
    website text,
    tax_id text,
    status text NOT NULL,
    status_changed_at timestamptz NOT NULL,
    rejection_reason text,
    verified_at timestamptz,
    commission_basis_points integer,
    created_at timestamptz NOT NULL,
    CONSTRAINT partner_pkey PRIMARY KEY (id),
    CONSTRAINT partner_owner_fkey FOREIGN KEY (owner_id) REFERENCES user_account (id),
    CONSTRAINT partner_status CHECK (status IN ('PENDING', 'VERIFIED', 'REJECTED', 'SUSPENDED')),
    CONSTRAINT partner_commission CHECK (commission_basis_points BETWEEN 0 AND 10000)
  )`,
  'CREATE UNIQUE INDEX partner_owner_id ON partner (owner_id)',
  'CREATE UNIQUE INDEX partner_slug ON partner (slug)',

  `CREATE TABLE counted_purchase (
    saga_id uuid NOT NULL,
    user_id uuid NOT NULL,
    currency text NOT NULL,
    units bigint NOT NULL,
    total bigint NOT NULL,
    CONSTRAINT counted_purchase_pkey PRIMARY KEY (saga_id)
  )`,
  `CREATE TABLE user_statistics (
    user_id uuid NOT NULL,
    currency text NOT NULL,
    purchases bigint NOT NULL,
    units bigint NOT NULL,
    -- Minor units of the currency.
    total bigint NOT NULL,
    CONSTRAINT user_statistics_pkey PRIMARY KEY (user_id, currency),
    CONSTRAINT user_statistics_not_negative CHECK (purchases >= 0 AND units >= 0 AND total >= 0)
  )`,
];

/** Creates the tables of users, addresses, sessions, partners and purchase statistics. */
export class Account1763600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE user_statistics, counted_purchase, partner, login_failure, refresh_token, session, address, user_account',
    );
  }
}
