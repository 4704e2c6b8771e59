import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records every movement of units, whose sum is the stock of an offer. Offers of before get an opening movement; their
 * adjustments, which were recorded, are movements now.
 */
export class StockMovements1765100200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No foreign key: its check would lock the offer's row once for each unit of a checkout.
    await runner.query(
      `CREATE TABLE stock_movement (
         offer_id uuid NOT NULL,
         id uuid NOT NULL DEFAULT uuidv7(),
         kind text NOT NULL,
         on_hand int NOT NULL,
         reserved int NOT NULL,
         saga_id uuid,
         user_id uuid,
         reason text,
         created_at timestamptz(3) NOT NULL DEFAULT now(),
         CONSTRAINT stock_movement_pkey PRIMARY KEY (offer_id, id),
         CONSTRAINT stock_movement_kind CHECK (
           kind IN ('OPENING', 'ADJUST', 'RESERVE', 'RELEASE', 'SELL', 'RETURN'))
       )`,
    );
    // Rows are written in the order of time, so that a small index finds the old ones.
    await runner.query('CREATE INDEX stock_movement_age ON stock_movement USING brin (created_at)');
    await runner.query(
      `INSERT INTO stock_movement (offer_id, id, kind, on_hand, reserved, user_id, reason, created_at)
       SELECT offer_id, id, 'ADJUST', delta, 0, user_id, reason, created_at FROM stock_adjustment
       ORDER BY created_at`,
    );
    // The opening movement has the id of its offer, which is older than those of all movements.
    await runner.query(
      `INSERT INTO stock_movement (offer_id, id, kind, on_hand, reserved, created_at)
       SELECT o.id, o.id, 'OPENING', COALESCE(o.on_hand - a.units, 0), o.reserved,
         COALESCE(uuid_extract_timestamp(o.id), now())
       FROM offer o
       CROSS JOIN LATERAL (
         SELECT COALESCE(sum(delta), 0)::int AS units FROM stock_adjustment WHERE offer_id = o.id) a
       WHERE NOT o.seated AND (o.on_hand <> a.units OR o.reserved <> 0)`,
    );
    await runner.query('DROP TABLE stock_adjustment');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE stock_adjustment (
         id uuid NOT NULL,
         offer_id uuid NOT NULL,
         delta int NOT NULL,
         reason text NOT NULL,
         user_id uuid NOT NULL,
         created_at timestamptz(3) NOT NULL DEFAULT now(),
         CONSTRAINT stock_adjustment_pkey PRIMARY KEY (id),
         CONSTRAINT stock_adjustment_offer FOREIGN KEY (offer_id) REFERENCES offer (id)
       )`,
    );
    await runner.query('CREATE INDEX stock_adjustment_offer ON stock_adjustment (offer_id, created_at)');
    await runner.query(
      `INSERT INTO stock_adjustment (id, offer_id, delta, reason, user_id, created_at)
       SELECT id, offer_id, on_hand, reason, user_id, created_at FROM stock_movement WHERE kind = 'ADJUST'`,
    );
    await runner.query('DROP TABLE stock_movement');
  }
}
