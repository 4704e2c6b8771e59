import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores a saga's input and state as plain json, because they are only read whole. */
export class PlainSagas1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ALTER input TYPE json, ALTER state TYPE json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ALTER input TYPE jsonb, ALTER state TYPE jsonb');
  }
}
