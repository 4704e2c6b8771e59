import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the index from which the best selling listings of a range of days are read: a fifth of the pages of the table. Units
 * are a part of it, so that a fold updates it too.
 */
export class ListingUnits1796077000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX listing_sales_units ON listing_sales (generation, days, day) INCLUDE (listing_id, units)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX listing_sales_units');
  }
}
