import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells social of everybody who had an account before it listened: by the outbox, from where the sweep takes them. */
export class TellRegistrations1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO outbox (queue, name, body)
      SELECT 'social', 'usersRegistered', json_build_object('userIds', json_agg(id ORDER BY id))
      FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / 200 AS page FROM user_account) AS u
      GROUP BY page ORDER BY page`);
  }

  /** What was told stays told. */
  async down(): Promise<void> {}
}
