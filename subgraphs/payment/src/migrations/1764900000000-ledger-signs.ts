import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Inverts all entries. The ledger stays append-only for everyone else: the trigger is off in this transaction only. */
const invert = [
  // ALTER TABLE requires that no deferred check is pending, also if earlier migrations run in the same transaction.
  'SET CONSTRAINTS ALL IMMEDIATE',
  'ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only',
  'UPDATE ledger_entry SET amount = -amount',
  'ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_append_only',
];

// Processes of an older version would write entries with inverted signs: the constraint rejects them. The remaining
// accounts (clearing, bank) follow, because a transaction adds up to zero.
const sign = `ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_sign CHECK (
  CASE
    WHEN account IN ('partner_payable', 'platform_revenue', 'customer_funds', 'suspense')
      THEN (amount > 0) = (kind IN ('SALE', 'REFUND_REVERSED', 'DISPUTE_REVERSED'))
    WHEN account = 'refunds' THEN (amount > 0) = (kind = 'REFUND')
    ELSE true
  END)`;

/**
 * Changes the signs of the ledger from debit-positive to gain-positive: an amount is positive for the account that gains
 * (decision 41).
 */
export class LedgerSigns1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...invert, sign]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of ['ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_sign', ...invert]) {
      await runner.query(statement);
    }
  }
}
