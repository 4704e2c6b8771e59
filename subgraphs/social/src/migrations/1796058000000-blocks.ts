import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the table of users whom other users have blocked. */
export class Blocks1796058000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE user_block (
        blocker_id uuid NOT NULL,
        blocked_id uuid NOT NULL,
        blocked_at timestamptz NOT NULL,
        CONSTRAINT user_block_pkey PRIMARY KEY (blocker_id, blocked_id),
        CONSTRAINT user_block_not_self CHECK (blocker_id <> blocked_id)
      )`,
    );
    // A block holds in both directions: each is looked up by its pair.
    await runner.query('CREATE INDEX user_block_of_blocked ON user_block (blocked_id, blocker_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE user_block');
  }
}
