import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE wishlist_item (
    user_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    -- UUIDv7: orders the list, and serves as its cursor.
    id uuid NOT NULL,
    added_at timestamptz NOT NULL,
    CONSTRAINT wishlist_item_pkey PRIMARY KEY (user_id, listing_id)
  )`,
  'CREATE INDEX wishlist_item_newest ON wishlist_item (user_id, id DESC)',
  'CREATE INDEX wishlist_item_of_listing ON wishlist_item (listing_id, user_id)',

  // The latest news of each listing, and how far its fan-out is.
  `CREATE TABLE wishlist_alert (
    listing_id uuid NOT NULL,
    type text NOT NULL,
    -- A new one each time: the key of its notifications.
    id uuid NOT NULL,
    variables jsonb NOT NULL,
    data jsonb NOT NULL,
    started_at timestamptz NOT NULL,
    after_user_id uuid,
    finished_at timestamptz,
    CONSTRAINT wishlist_alert_pkey PRIMARY KEY (listing_id, type),
    CONSTRAINT wishlist_alert_type CHECK (type IN ('BACK_IN_STOCK', 'PRICE_DROPPED'))
  )`,
];

/** Creates wishlists, and the news of their listings. */
export class Wishlists1796072000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wishlist_alert, wishlist_item');
  }
}
