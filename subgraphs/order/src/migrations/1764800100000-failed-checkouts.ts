import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes failed checkouts by buyer, for their limit, and failed orders, for their removal. */
export class FailedCheckouts1764800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX saga_failed_of_user ON saga (user_id, completed_at)
       WHERE definition = 'checkout' AND status = 'FAILED'`,
    );
    await runner.query(
      `CREATE INDEX customer_order_failed ON customer_order (placed_at)
       WHERE status = 'CANCELLED' AND payment_status IN ('UNPAID', 'FAILED')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX customer_order_failed');
    await runner.query('DROP INDEX saga_failed_of_user');
  }
}
