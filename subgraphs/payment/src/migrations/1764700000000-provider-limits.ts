import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  // Time of the last verifyPayment. Separate from looked_at, because verifications must not delay the reconciler.
  'ALTER TABLE payment ADD COLUMN verified_at timestamptz',
  // Card attempts: a row exists during the provider call, and for an hour after a decline.
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

/** Adds limits on provider calls that buyers cause. */
export class ProviderLimits1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
