import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the projection of account's users. Account publishes its older users with a migration of its own. */
export class KnownUsers1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE known_user (user_id uuid NOT NULL, CONSTRAINT known_user_pkey PRIMARY KEY (user_id))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_user');
  }
}
