import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE saga (
    id uuid NOT NULL,
    transaction_id text NOT NULL,
    definition text NOT NULL,
    definition_version int NOT NULL,
    input json NOT NULL,
    state json NOT NULL,
    status text NOT NULL,
    version int NOT NULL,
    wake_at timestamptz,
    user_id uuid NOT NULL,
    traceparent text,
    actor_id uuid,
    request_id text,
    started_at timestamptz NOT NULL,
    completed_at timestamptz,
    expires_at timestamptz,
    CONSTRAINT saga_pkey PRIMARY KEY (id),
    CONSTRAINT saga_transaction_id_key UNIQUE (transaction_id)
  )`,
  'CREATE INDEX saga_wake_at ON saga (wake_at) WHERE wake_at IS NOT NULL',
  'CREATE INDEX saga_status ON saga (definition, status, id DESC)',
  'ALTER TABLE user_account ADD COLUMN deletion_id uuid',
  // Finds the stored replies of checkouts that have a person's address.
  `CREATE INDEX inbox_buyer ON inbox ((outcome->'outcome'->'output'->>'userId')) WHERE step = 'VALIDATE_USER'`,
];

/** Adds the sagas that delete accounts, and to each account the saga that deletes it. */
export class AccountDeletion1796039710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX inbox_buyer');
    await runner.query('ALTER TABLE user_account DROP COLUMN deletion_id');
    await runner.query('DROP TABLE saga');
  }
}
