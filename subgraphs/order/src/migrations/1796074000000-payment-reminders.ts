import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes the checkouts whose buyers were reminded to pay, and finds the holders of valid tokens of a listing in order. */
export class PaymentReminders1796074000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE payment_reminder (
         checkout_id uuid NOT NULL,
         -- The row is of no use afterwards.
         expires_at timestamptz NOT NULL,
         CONSTRAINT payment_reminder_pkey PRIMARY KEY (checkout_id)
       )`,
    );
    await runner.query('CREATE INDEX payment_reminder_expires_at ON payment_reminder (expires_at)');
    await runner.query(
      `CREATE INDEX purchase_token_holders ON purchase_token (listing_id, holder_id)
       WHERE status IN ('ACTIVE', 'TRANSFER_PENDING')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX purchase_token_holders');
    await runner.query('DROP TABLE payment_reminder');
  }
}
