import type { MigrationInterface, QueryRunner } from 'typeorm';

/** References the cancellation saga from orders. */
export class Cancellation1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customer_order ADD COLUMN cancellation_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customer_order DROP COLUMN cancellation_id');
  }
}
