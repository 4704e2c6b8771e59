import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores shipments, and of each line how many units were shipped. */
export class Shipments1796057400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shipment (
        id uuid CONSTRAINT shipment_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT shipment_order_fkey REFERENCES customer_order (id),
        carrier text NOT NULL,
        tracking_number text,
        shipped_by uuid NOT NULL,
        shipped_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX shipment_order_id ON shipment (order_id, id)');
    await runner.query(`
      CREATE TABLE shipment_item (
        shipment_id uuid NOT NULL CONSTRAINT shipment_item_shipment_fkey REFERENCES shipment (id),
        line_id uuid NOT NULL CONSTRAINT shipment_item_line_fkey REFERENCES order_line (id),
        quantity int NOT NULL CONSTRAINT shipment_item_quantity_check CHECK (quantity > 0),
        CONSTRAINT shipment_item_pkey PRIMARY KEY (shipment_id, line_id)
      )`);
    await runner.query(`
      ALTER TABLE order_line ADD COLUMN shipped_quantity int NOT NULL DEFAULT 0
        CONSTRAINT order_line_shipped_quantity_check
          CHECK (shipped_quantity BETWEEN 0 AND quantity - cardinality(cancelled_units))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_line DROP COLUMN shipped_quantity');
    await runner.query('DROP TABLE shipment_item');
    await runner.query('DROP TABLE shipment');
  }
}
