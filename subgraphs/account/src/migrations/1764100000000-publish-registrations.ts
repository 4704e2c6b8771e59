import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Publishes `usersRegistered` for accounts older than the event. The sweeper of the outbox sends the messages. */
export class PublishRegistrations1764100000000 implements MigrationInterface {
  /** The name that databases have stored. */
  readonly name = 'TellRegistrations1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO outbox (queue, name, body)
      SELECT 'social', 'usersRegistered', json_build_object('userIds', json_agg(id ORDER BY id))
      FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / 200 AS page FROM user_account) AS u
      GROUP BY page ORDER BY page`);
  }

  /** Published messages cannot be recalled. */
  async down(): Promise<void> {}
}
