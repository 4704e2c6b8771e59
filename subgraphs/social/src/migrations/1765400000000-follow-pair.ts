import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the id to the index of the primary key. */
export class FollowPair1765400000000 implements MigrationInterface {
  // Without the id, the planner may look for one follow's id in an index that has it: it then reads the whole list of a
  // popular user.
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE UNIQUE INDEX follow_pair ON follow (follower_id, followee_id) INCLUDE (id)');
    await runner.query('ALTER TABLE follow DROP CONSTRAINT follow_pkey');
    await runner.query('ALTER TABLE follow ADD CONSTRAINT follow_pkey PRIMARY KEY USING INDEX follow_pair');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE follow DROP CONSTRAINT follow_pkey');
    await runner.query(
      'ALTER TABLE follow ADD CONSTRAINT follow_pkey PRIMARY KEY (follower_id, followee_id)',
    );
  }
}
