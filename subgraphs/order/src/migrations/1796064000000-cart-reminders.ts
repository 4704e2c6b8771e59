import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds which change of a cart its owner was reminded of, and the index of the carts without a reminder. */
export class CartReminders1796064000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart ADD COLUMN reminded_of timestamptz');
    await runner.query(`CREATE INDEX cart_without_reminder ON cart (updated_at)
      WHERE owner_id IS NOT NULL AND reminded_of IS DISTINCT FROM updated_at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX cart_without_reminder');
    await runner.query('ALTER TABLE cart DROP COLUMN reminded_of');
  }
}
