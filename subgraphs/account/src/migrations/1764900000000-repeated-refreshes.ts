import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the encrypted successor of a used refresh token for the seconds in which the token may be repeated. */
export class RepeatedRefreshes1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refresh_token ADD COLUMN successor bytea');
    await runner.query(
      'CREATE INDEX refresh_token_successor ON refresh_token (used_at) WHERE successor IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX refresh_token_successor');
    await runner.query('ALTER TABLE refresh_token DROP COLUMN successor');
  }
}
