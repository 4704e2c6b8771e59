import type { MigrationInterface, QueryRunner } from 'typeorm';

const key = 'account text NOT NULL, partner_id uuid NOT NULL, currency text NOT NULL, kind text NOT NULL';

const up = [
  // Turnover of closed days, per account and kind. A day is UTC, by the time in the entries' ids.
  // The platform's own entries have the partner 0.
  `CREATE TABLE ledger_day (
    day date NOT NULL,
    ${key},
    amount bigint NOT NULL,
    entries int NOT NULL,
    CONSTRAINT ledger_day_key UNIQUE (day, account, partner_id, currency, kind)
  )`,
  'CREATE INDEX ledger_day_partner_id_currency ON ledger_day (partner_id, currency)',
  `CREATE TRIGGER ledger_day_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_day
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_ledger()`,
  // Balances at the end of the last closed day.
  `CREATE TABLE ledger_balance (
    ${key},
    amount bigint NOT NULL,
    CONSTRAINT ledger_balance_key UNIQUE (partner_id, currency, account, kind)
  )`,
  // The end of the last closed day, and the lowest id of an entry after it. One row.
  `CREATE TABLE ledger_close (
    closed_until date,
    before_id uuid NOT NULL,
    only_row boolean NOT NULL DEFAULT true,
    CONSTRAINT ledger_close_pkey PRIMARY KEY (only_row),
    CONSTRAINT ledger_close_only_row CHECK (only_row)
  )`,
  "INSERT INTO ledger_close (before_id) VALUES ('00000000-0000-0000-0000-000000000000')",
  // A balance is a closed one and the entries since: no entry may join a closed day.
  `CREATE FUNCTION refuse_entries_of_closed_days() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM added WHERE id < (SELECT before_id FROM ledger_close)) THEN
        RAISE EXCEPTION 'a ledger entry has the id of a closed day'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_after_close';
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER ledger_entry_after_close AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_entries_of_closed_days()`,
  // Balances: the entries since the close by partner, from the index alone.
  `CREATE INDEX ledger_entry_partner_id_id ON ledger_entry (partner_id, id) INCLUDE (currency, account, kind, amount)
    WHERE partner_id IS NOT NULL`,
  'DROP INDEX ledger_entry_balance',
];

const down = [
  `CREATE INDEX ledger_entry_balance ON ledger_entry (partner_id, currency) INCLUDE (account, kind, amount)
    WHERE partner_id IS NOT NULL`,
  'DROP INDEX ledger_entry_partner_id_id',
  'DROP TRIGGER ledger_entry_after_close ON ledger_entry',
  'DROP FUNCTION refuse_entries_of_closed_days',
  'DROP TABLE ledger_close',
  'DROP TABLE ledger_balance',
  'DROP TABLE ledger_day',
];

/** Adds balances of closed days, so that no balance sums all entries that ever were (decision 60). */
export class LedgerDays1796058300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
