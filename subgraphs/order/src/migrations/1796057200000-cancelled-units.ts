import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores which units of each line were canceled. Those of orders that were canceled as a whole are marked. */
export class CancelledUnits1796057200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE order_line ADD COLUMN cancelled_units int[] NOT NULL DEFAULT '{}'
      CONSTRAINT order_line_cancelled_units CHECK (cardinality(cancelled_units) <= quantity)`);
    await runner.query(`
      UPDATE order_line l SET cancelled_units = ARRAY(SELECT generate_series(0, l.quantity - 1))
      FROM customer_order o
      WHERE o.id = l.order_id AND o.status = 'CANCELLED' AND o.cancellation_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_line DROP COLUMN cancelled_units');
  }
}
