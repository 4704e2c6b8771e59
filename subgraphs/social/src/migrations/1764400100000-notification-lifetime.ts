import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes notifications by age, for their deletion. */
export class NotificationLifetime1764400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX notification_created_at ON notification (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notification_created_at');
  }
}
