import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets a listing be deleted and still be named by the carts and orders that refer to it. */
export class DeletedListings1765100400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE listing DROP CONSTRAINT listing_status,
         ADD CONSTRAINT listing_status CHECK (status IN ('DRAFT', 'PUBLISHED', 'ARCHIVED', 'DELETED'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE listing SET status = 'ARCHIVED' WHERE status = 'DELETED'");
    await runner.query(
      `ALTER TABLE listing DROP CONSTRAINT listing_status,
         ADD CONSTRAINT listing_status CHECK (status IN ('DRAFT', 'PUBLISHED', 'ARCHIVED'))`,
    );
  }
}
