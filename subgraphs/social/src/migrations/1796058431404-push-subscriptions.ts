import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Browsers that messages are pushed to.
  `CREATE TABLE push_subscription (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    created_at timestamptz NOT NULL,
    -- When the browser ends it, if it has said so.
    expires_at timestamptz,
    CONSTRAINT push_subscription_pkey PRIMARY KEY (id),
    -- A browser that somebody else signs in with is theirs.
    CONSTRAINT push_subscription_once UNIQUE (endpoint)
  )`,
  'CREATE INDEX push_subscription_of_user ON push_subscription (user_id, id)',
  // Subscriptions that have the message already, when it is tried again for others.
  'ALTER TABLE delivery ADD reached uuid[]',
];

/** Adds Web Push. */
export class PushSubscriptions1796058431404 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery DROP reached');
    await runner.query('DROP TABLE push_subscription');
  }
}
