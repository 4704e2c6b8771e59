import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'CREATE INDEX session_ended_at ON session (ended_at, id) WHERE ended_at IS NOT NULL',

  // Null until the first change.
  'ALTER TABLE user_account ADD COLUMN status_changed_at timestamptz',
  `CREATE INDEX user_account_status_changed_at ON user_account (status_changed_at, id)
    WHERE status_changed_at IS NOT NULL`,
  // A trigger covers every statement that changes the status, including an operator's SQL. Verifiers of access tokens
  // find the change by this time.
  `CREATE FUNCTION note_status_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.status_changed_at := clock_timestamp();
      RETURN NEW;
    END $$`,
  `CREATE TRIGGER user_account_status_change BEFORE UPDATE OF status ON user_account
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION note_status_change()`,
];

/** Records when a user's status changed, and indexes recently ended sessions. */
export class EndedSessions1763600200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER user_account_status_change ON user_account');
    await runner.query('DROP FUNCTION note_status_change()');
    await runner.query('ALTER TABLE user_account DROP COLUMN status_changed_at');
    await runner.query('DROP INDEX session_ended_at');
  }
}
