import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `ALTER TABLE notification
    -- Values of the template variables.
    ADD variables jsonb NOT NULL DEFAULT '{}',
    -- Whether the app shows it.
    ADD is_listed boolean NOT NULL DEFAULT true`,

  `ALTER TABLE delivery
    -- Null for deliveries that are done. Until then no process may begin an attempt.
    ADD not_before timestamptz,
    -- When the sweep wakes a worker, unless the delivery is done by then.
    ADD wake_at timestamptz,
    -- A secret variable, sealed, and the context that it was sealed for; the secret is deleted after the last attempt.
    ADD sealed text,
    ADD sealed_for text,
    ADD expires_at timestamptz,
    -- Where the message goes, if not to the recipient's present address; deleted after the last attempt.
    ADD address text,
    ADD locale text`,
  'ALTER TABLE delivery DROP CONSTRAINT delivery_status',
  `ALTER TABLE delivery ADD CONSTRAINT delivery_status
    CHECK (status IN ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'BOUNCED', 'SUPPRESSED'))`,
  `CREATE INDEX delivery_due ON delivery (wake_at) WHERE status = 'QUEUED'`,

  // The channels that a user has for a type; the type's defaults apply without a row.
  `CREATE TABLE notification_preference (
    user_id uuid NOT NULL,
    type text NOT NULL,
    channels text[] NOT NULL,
    CONSTRAINT notification_preference_pkey PRIMARY KEY (user_id, type)
  )`,

  // Addresses that their servers refuse for good: no optional message is sent to them.
  `CREATE TABLE bounced_address (
    user_id uuid NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    error text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT bounced_address_pkey PRIMARY KEY (user_id, channel)
  )`,

  // The development mailbox.
  `CREATE TABLE mailbox (
    id uuid NOT NULL,
    key text NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    subject text,
    text text NOT NULL,
    html text,
    at timestamptz NOT NULL,
    CONSTRAINT mailbox_pkey PRIMARY KEY (id),
    CONSTRAINT mailbox_once UNIQUE (key)
  )`,
];

/** Adds what deliveries outside of the app need. */
export class Deliveries1796035620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mailbox, bounced_address, notification_preference');
    await runner.query('DROP INDEX delivery_due');
    await runner.query(`DELETE FROM delivery WHERE status = 'BOUNCED'`);
    await runner.query('ALTER TABLE delivery DROP CONSTRAINT delivery_status');
    await runner.query(
      `ALTER TABLE delivery ADD CONSTRAINT delivery_status
       CHECK (status IN ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'))`,
    );
    await runner.query(
      `ALTER TABLE delivery DROP not_before, DROP wake_at, DROP sealed, DROP sealed_for, DROP expires_at,
         DROP address, DROP locale`,
    );
    await runner.query('ALTER TABLE notification DROP variables, DROP is_listed');
  }
}
