import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Texts that administrators wrote in place of built-in ones, or for further languages and channels.
  `CREATE TABLE notification_template (
    id uuid NOT NULL,
    type text NOT NULL,
    channel text NOT NULL,
    locale text NOT NULL,
    subject text,
    body text NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT notification_template_pkey PRIMARY KEY (id),
    CONSTRAINT notification_template_once UNIQUE (type, channel, locale)
  )`,
  `CREATE TABLE announcement (
    id uuid NOT NULL,
    actor_id uuid NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    -- The listing whose buyers are notified; null: all users.
    listing_id uuid,
    -- The last notified user.
    after_user_id uuid,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT announcement_pkey PRIMARY KEY (id)
  )`,
  'CREATE INDEX purchase_of_listing ON purchase (listing_id, user_id)',
];

/** Adds stored templates and announcements. */
export class Templates1796035740000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX purchase_of_listing');
    await runner.query('DROP TABLE announcement, notification_template');
  }
}
