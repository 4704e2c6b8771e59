import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns that replicas of people have. Others, such as the password's hash, change more often. */
const contact = ['email', 'email_verified', 'phone', 'display_name', 'locale', 'time_zone', 'status'];
/** The columns that replicas of partners have. */
const standing = ['owner_id', 'status', 'commission_basis_points', 'status_changed_at'];

const replicated = (table: string, columns: readonly string[]): string[] => [
  // The default is the same for all rows of before: they are not rewritten.
  `ALTER TABLE ${table} ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id()`,
  `CREATE INDEX ${table}_changed_in ON ${table} (changed_in, id)`,
  `CREATE TRIGGER ${table}_change BEFORE UPDATE ON ${table} FOR EACH ROW
    WHEN ((${columns.map((column) => `OLD.${column}`).join(', ')})
      IS DISTINCT FROM (${columns.map((column) => `NEW.${column}`).join(', ')}))
    EXECUTE FUNCTION set_changed_in()`,
];

/** Notes the transaction that changed a person's contact data or a partner's standing last, for replicas. */
export class ReplicatedPeople1765700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [...replicated('user_account', contact), ...replicated('partner', standing)];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['user_account', 'partner']) {
      await runner.query(`DROP TRIGGER ${table}_change ON ${table}`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN changed_in`);
    }
  }
}
