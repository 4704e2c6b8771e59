import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the index for deleting old provider events. */
export class ProviderEventEnd1764800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX provider_event_received_at ON provider_event (received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX provider_event_received_at');
  }
}
