import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A saga's input and state are only ever read whole: they are kept as they were written. */
export class PlainSagas1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ALTER input TYPE json, ALTER state TYPE json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ALTER input TYPE jsonb, ALTER state TYPE jsonb');
  }
}
