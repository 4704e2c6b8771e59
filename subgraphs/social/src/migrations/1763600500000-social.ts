import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  // The social graph, unless Neo4j stores it. The indexes cover the queries of a page: otherwise the planner, which
  // estimates few followers for every user, would read and sort the whole list of a popular user for each page.
  `CREATE TABLE follow (
    id uuid NOT NULL,
    follower_id uuid NOT NULL,
    followee_id uuid NOT NULL,
    followed_at timestamptz NOT NULL,
    CONSTRAINT follow_pkey PRIMARY KEY (follower_id, followee_id),
    CONSTRAINT follow_not_self CHECK (follower_id <> followee_id)
  )`,
  `CREATE UNIQUE INDEX follow_of_follower ON follow (follower_id, id DESC) INCLUDE (followee_id, followed_at)`,
  `CREATE UNIQUE INDEX follow_of_followee ON follow (followee_id, id DESC) INCLUDE (follower_id, followed_at)`,

  `CREATE TABLE social_profile (
    user_id uuid NOT NULL,
    purchases int NOT NULL DEFAULT 0,
    tours_taken int NOT NULL DEFAULT 0,
    events_attended int NOT NULL DEFAULT 0,
    shares_activity boolean NOT NULL DEFAULT true,
    CONSTRAINT social_profile_pkey PRIMARY KEY (user_id),
    CONSTRAINT social_profile_counts CHECK (purchases >= 0 AND tours_taken >= 0 AND events_attended >= 0)
  )`,

  // Units that an order added to the statistics. Its undo subtracts these rows.
  `CREATE TABLE purchase (
    order_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    user_id uuid NOT NULL,
    units int NOT NULL,
    tour_units int NOT NULL,
    ticket_units int NOT NULL,
    purchased_at timestamptz NOT NULL,
    CONSTRAINT purchase_pkey PRIMARY KEY (order_id, listing_id)
  )`,

  `CREATE TABLE notification (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    -- The user who caused it, or null.
    actor_id uuid,
    title text NOT NULL,
    body text NOT NULL,
    data jsonb NOT NULL,
    dedupe_key text NOT NULL,
    read_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT notification_pkey PRIMARY KEY (id),
    CONSTRAINT notification_once UNIQUE (user_id, dedupe_key)
  )`,
  'CREATE INDEX notification_of_user ON notification (user_id, id DESC)',
  'CREATE INDEX notification_unread ON notification (user_id, id DESC) WHERE read_at IS NULL',
  // One unread notification per follower: repeated follows and unfollows send no further one until it is read.
  `CREATE UNIQUE INDEX notification_new_follower_unread ON notification (user_id, actor_id)
    WHERE type = 'NEW_FOLLOWER' AND read_at IS NULL`,

  `CREATE TABLE delivery (
    notification_id uuid NOT NULL,
    channel text NOT NULL,
    status text NOT NULL,
    attempts int NOT NULL,
    error text,
    sent_at timestamptz,
    CONSTRAINT delivery_pkey PRIMARY KEY (notification_id, channel),
    CONSTRAINT delivery_notification FOREIGN KEY (notification_id) REFERENCES notification (id) ON DELETE CASCADE,
    CONSTRAINT delivery_channel CHECK (channel IN ('IN_APP', 'EMAIL', 'SMS', 'PUSH')),
    CONSTRAINT delivery_status CHECK (status IN ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'))
  )`,
];

/** Creates the tables of follows, profiles, purchases and notifications. */
export class Social1763600500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery, notification, purchase, social_profile, follow');
  }
}
