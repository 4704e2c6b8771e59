import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // The latest purchases of a user, of a listing, and of all: each is read up to a bound.
  'CREATE INDEX purchase_of_user ON purchase (user_id, purchased_at DESC) INCLUDE (listing_id)',
  'DROP INDEX purchase_user',
  'CREATE INDEX purchase_latest_of_listing ON purchase (listing_id, purchased_at DESC) INCLUDE (user_id)',
  'CREATE INDEX purchase_latest ON purchase (purchased_at DESC) INCLUDE (listing_id)',
  // The latest follows.
  'CREATE INDEX follow_newest ON follow (id DESC) INCLUDE (followee_id)',
];

/** Indexes of purchases and follows by time, for recommendations. */
export class PurchaseIndexes1796058200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX purchase_user ON purchase (user_id)');
    await runner.query(
      'DROP INDEX follow_newest, purchase_latest, purchase_latest_of_listing, purchase_of_user',
    );
  }
}
