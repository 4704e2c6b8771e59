import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores refund totals of orders, with the position of payment's log that they reflect. */
export class Refunds1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customer_order ADD COLUMN payment_position bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customer_order DROP COLUMN payment_position');
  }
}
