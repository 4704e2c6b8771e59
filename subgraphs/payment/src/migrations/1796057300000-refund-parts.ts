import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores of which sellers' lines a refund is, so that it is deducted from them; null: of the whole payment. */
export class RefundParts1796057300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refund ADD COLUMN parts jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refund DROP COLUMN parts');
  }
}
