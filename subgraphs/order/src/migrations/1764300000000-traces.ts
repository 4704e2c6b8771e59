import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the trace of sagas; null for existing ones. */
export class Traces1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga DROP COLUMN traceparent');
  }
}
