import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that every subgraph's database has: inbox, outbox and idempotency keys. */
export class BaseTables1763600000000 implements MigrationInterface {
  /** TypeORM has stored this name in every database. */
  readonly name = 'House1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbox (
        saga_id uuid NOT NULL,
        step text NOT NULL,
        direction text NOT NULL,
        outcome jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT inbox_pkey PRIMARY KEY (saga_id, step, direction)
      )`);
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY,
        queue text NOT NULL,
        name text NOT NULL,
        body jsonb NOT NULL,
        attempts int,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT outbox_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`
      CREATE TABLE idempotency_key (
        caller text NOT NULL,
        operation text NOT NULL,
        key text NOT NULL,
        arguments_hash text NOT NULL,
        result jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT idempotency_key_pkey PRIMARY KEY (caller, operation, key)
      )`);
    await runner.query('CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_key');
    await runner.query('DROP TABLE outbox');
    await runner.query('DROP TABLE inbox');
  }
}

/**
 * Stores outcomes and message bodies as json instead of jsonb: they are only read whole, and parsing them at every
 * write and read was most of their cost.
 */
export class PlainOutcomes1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbox ALTER outcome TYPE json');
    await runner.query('ALTER TABLE outbox ALTER body TYPE json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox ALTER body TYPE jsonb');
    await runner.query('ALTER TABLE inbox ALTER outcome TYPE jsonb');
  }
}

/** Adds the state of messages that cannot be sent: failed attempts, the next one, and the error of one that is set aside. */
export class SetAsideMessages1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox
        ADD failures int NOT NULL DEFAULT 0,
        ADD retry_at timestamptz,
        ADD set_aside_at timestamptz,
        ADD error text`);
    await runner.query('CREATE INDEX outbox_set_aside ON outbox (id) WHERE set_aside_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_set_aside');
    await runner.query('ALTER TABLE outbox DROP failures, DROP retry_at, DROP set_aside_at, DROP error');
  }
}
