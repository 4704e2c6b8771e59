import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Actions that followers see. The id orders the feed; that of a follow is the follow's own.
  `CREATE TABLE activity (
    id uuid NOT NULL,
    actor_id uuid NOT NULL,
    type text NOT NULL,
    listing_id uuid,
    target_id uuid,
    order_id uuid,
    at timestamptz NOT NULL,
    -- Null until it is fanned out. True: the actor had too many followers then, whose feeds read it from here.
    is_pulled boolean,
    CONSTRAINT activity_pkey PRIMARY KEY (id),
    CONSTRAINT activity_type CHECK (type IN ('PURCHASED', 'FOLLOWED', 'PUBLISHED_LISTING'))
  )`,
  `CREATE UNIQUE INDEX activity_purchase ON activity (order_id, listing_id) WHERE type = 'PURCHASED'`,
  `CREATE UNIQUE INDEX activity_follow ON activity (actor_id, target_id) WHERE type = 'FOLLOWED'`,
  `CREATE UNIQUE INDEX activity_publication ON activity (listing_id) WHERE type = 'PUBLISHED_LISTING'`,
  'CREATE INDEX activity_of_actor ON activity (actor_id, id DESC)',
  'CREATE INDEX activity_pulled ON activity (actor_id, id DESC) WHERE is_pulled',
  'CREATE INDEX activity_new ON activity (actor_id, id) WHERE is_pulled IS NULL',
  'CREATE INDEX activity_of_target ON activity (target_id) WHERE target_id IS NOT NULL',

  // The fan-out: activities in the feeds of followers. An entry without its activity has no effect.
  `CREATE TABLE feed_entry (
    user_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    CONSTRAINT feed_entry_pkey PRIMARY KEY (user_id, activity_id)
  )`,
  // Ids increase with time, so that a range of old ones is found by this small index.
  'CREATE INDEX feed_entry_age ON feed_entry USING brin (activity_id) WITH (autosummarize = on)',

  // Listings that were published or archived since social has subscribed to these events. Others are on sale.
  `CREATE TABLE known_listing (
    listing_id uuid NOT NULL,
    status text NOT NULL,
    partner_id uuid,
    CONSTRAINT known_listing_pkey PRIMARY KEY (listing_id)
  )`,
  `CREATE TABLE known_partner (
    partner_id uuid NOT NULL,
    user_id uuid NOT NULL,
    status text NOT NULL,
    CONSTRAINT known_partner_pkey PRIMARY KEY (partner_id)
  )`,
];

/** Creates the tables of activities, of the feeds of followers, and of the listings and partners in them. */
export class Activities1796058100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_partner, known_listing, feed_entry, activity');
  }
}
