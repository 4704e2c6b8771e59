import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // True when a correct password would have signed in. Only such failures count for the account.
  'ALTER TABLE login_failure ADD COLUMN tested boolean NOT NULL DEFAULT true',
  'CREATE INDEX login_failure_account_at ON login_failure (account_hash, at) WHERE tested',

  `CREATE TABLE known_network (
    user_id uuid NOT NULL,
    -- In the format of networkOf (shared/src/client-network.ts).
    network text NOT NULL,
    signed_in_at timestamptz NOT NULL,
    CONSTRAINT known_network_pkey PRIMARY KEY (user_id, network),
    CONSTRAINT known_network_user_fkey FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
  )`,
  'CREATE INDEX known_network_signed_in_at ON known_network (signed_in_at)',
  // An IPv4 address is its own network. IPv6 networks become known with the next login.
  `INSERT INTO known_network (user_id, network, signed_in_at)
   SELECT user_id, ip_address, max(created_at) FROM session
   WHERE ip_address ~ '^[0-9]{1,3}(\\.[0-9]{1,3}){3}$' AND created_at > now() - interval '30 days'
   GROUP BY user_id, ip_address`,

  `CREATE TABLE registration (
    id bigint GENERATED ALWAYS AS IDENTITY,
    network text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT registration_pkey PRIMARY KEY (id)
  )`,
  'CREATE INDEX registration_network_at ON registration (network, at)',
  'CREATE INDEX registration_at ON registration (at)',
];

/** Creates the tables of known networks and registrations, and counts failed logins by account. */
export class KnownNetworks1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registration, known_network');
    await runner.query('ALTER TABLE login_failure DROP COLUMN tested');
  }
}
