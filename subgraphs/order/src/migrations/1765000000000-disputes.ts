import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the disputed and charged back money of orders, and which tokens a chargeback revoked. */
export class Disputes1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE customer_order ADD COLUMN disputed_amount bigint NOT NULL DEFAULT 0,
         ADD COLUMN charged_back_amount bigint NOT NULL DEFAULT 0`,
    );
    await runner.query(
      'ALTER TABLE purchase_token ADD COLUMN revoked_by_chargeback boolean NOT NULL DEFAULT false',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE purchase_token DROP COLUMN revoked_by_chargeback');
    await runner.query(
      'ALTER TABLE customer_order DROP COLUMN charged_back_amount, DROP COLUMN disputed_amount',
    );
  }
}
