import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the actor and the request that started a saga; null for existing ones. */
export class SagaCauses1765800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga ADD COLUMN actor_id uuid, ADD COLUMN request_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE saga DROP COLUMN actor_id, DROP COLUMN request_id');
  }
}
