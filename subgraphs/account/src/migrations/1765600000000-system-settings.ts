import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // A trigger covers every statement, including an operator's SQL. Replicas find changes by the transaction.
  `CREATE FUNCTION set_changed_in() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.changed_in := pg_current_xact_id();
      RETURN NEW;
    END $$`,
  `CREATE TABLE system_setting (
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by uuid,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT system_setting_pkey PRIMARY KEY (key)
  )`,
  `CREATE TRIGGER system_setting_change BEFORE UPDATE ON system_setting
    FOR EACH ROW EXECUTE FUNCTION set_changed_in()`,
];

/** Stores system settings that were set; those at their defaults have no row. */
export class SystemSettings1765600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE system_setting');
    await runner.query('DROP FUNCTION set_changed_in()');
  }
}
