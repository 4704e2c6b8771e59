import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A saga knows the trace that it belongs to; those that run already have none. */
export class Traces1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga DROP COLUMN traceparent');
  }
}
