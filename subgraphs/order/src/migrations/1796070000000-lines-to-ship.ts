import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the index of the lines that sellers have to ship. */
export class LinesToShip1796070000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX order_line_to_ship ON order_line (partner_id, id)
      WHERE fulfilment = 'SHIPMENT' AND shipped_quantity + cardinality(cancelled_units) < quantity`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX order_line_to_ship');
  }
}
