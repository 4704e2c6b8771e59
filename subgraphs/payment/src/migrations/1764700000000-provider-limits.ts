import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  // When a verifyPayment last asked the provider. Not looked_at: verifications must not delay the reconciler.
  'ALTER TABLE payment ADD COLUMN verified_at timestamptz',
  // An attempt to pay by card: a row while the provider is asked, and for an hour after it was declined.
  `CREATE TABLE card_attempt (
    id uuid NOT NULL,
    buyer_id uuid NOT NULL,
    network text,
    at timestamptz NOT NULL,
    declined boolean NOT NULL DEFAULT false,
    CONSTRAINT card_attempt_pkey PRIMARY KEY (id)
  )`,
  'CREATE INDEX card_attempt_buyer_id_at ON card_attempt (buyer_id, at)',
  'CREATE INDEX card_attempt_network_at ON card_attempt (network, at) WHERE network IS NOT NULL',
  'CREATE INDEX card_attempt_at ON card_attempt (at)',
];

const down = ['DROP TABLE card_attempt', 'ALTER TABLE payment DROP COLUMN verified_at'];

/** What bounds the calls to the provider that buyers cause. */
export class ProviderLimits1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
