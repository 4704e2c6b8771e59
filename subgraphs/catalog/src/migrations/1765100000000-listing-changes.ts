import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the changes of a listing, remembers its former slugs, and prepares its deletion. */
export class ListingChanges1765100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE listing ADD COLUMN revision int NOT NULL DEFAULT 1');
    await runner.query(
      `CREATE TABLE former_slug (
         slug text NOT NULL,
         listing_id uuid NOT NULL,
         replaced_at timestamptz(3) NOT NULL DEFAULT now(),
         CONSTRAINT former_slug_pkey PRIMARY KEY (slug),
         CONSTRAINT former_slug_listing FOREIGN KEY (listing_id) REFERENCES listing (id) ON DELETE CASCADE
       )`,
    );
    await runner.query('CREATE INDEX former_slug_listing ON former_slug (listing_id, replaced_at)');
    // A deletion looks for reservations of an offer: sold units and open holds are found in other ways.
    await runner.query(
      `CREATE INDEX reservation_over ON reservation (offer_id)
       WHERE status IN ('RELEASED', 'EXPIRED', 'RETURNED')`,
    );
    // Each reservation locked its offer's row for this check. A deletion locks offers and seats, and looks instead.
    await runner.query('ALTER TABLE reservation DROP CONSTRAINT reservation_offer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE reservation
         ADD CONSTRAINT reservation_offer FOREIGN KEY (offer_id) REFERENCES offer (id)`,
    );
    await runner.query('DROP INDEX reservation_over');
    await runner.query('DROP TABLE former_slug');
    await runner.query('ALTER TABLE listing DROP COLUMN revision');
  }
}
