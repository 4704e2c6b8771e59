import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // In minutes since midnight, as the clocks of the user's time zone show them.
  `CREATE TABLE quiet_hours (
    user_id uuid NOT NULL,
    starts_at smallint NOT NULL,
    ends_at smallint NOT NULL,
    CONSTRAINT quiet_hours_pkey PRIMARY KEY (user_id),
    CONSTRAINT quiet_hours_of_day CHECK (starts_at BETWEEN 0 AND 1439 AND ends_at BETWEEN 0 AND 1439),
    CONSTRAINT quiet_hours_not_empty CHECK (starts_at <> ends_at)
  )`,
  // When the delivery leaves in a digest, together with others of its user, type and channel; null outside of one.
  'ALTER TABLE delivery ADD digest_at timestamptz',
];

/** Adds quiet hours and digests. */
export class QuietHours1796060100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery DROP digest_at');
    await runner.query('DROP TABLE quiet_hours');
  }
}
