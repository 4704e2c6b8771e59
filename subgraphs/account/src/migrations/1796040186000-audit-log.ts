import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Actions that arrived and are not in the log yet.
  `CREATE TABLE audit_pending (
     id uuid NOT NULL,
     position bigint GENERATED ALWAYS AS IDENTITY,
     actor_id uuid,
     action text NOT NULL,
     target_type text NOT NULL,
     target_id text NOT NULL,
     request_id text,
     client_address text,
     change json NOT NULL,
     received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     CONSTRAINT audit_pending_pkey PRIMARY KEY (id)
   )`,
  'CREATE UNIQUE INDEX audit_pending_position ON audit_pending (position)',
  // The log. An id is a UUIDv7 of the time of the action.
  `CREATE TABLE audit_entry (
     seq bigint NOT NULL,
     id uuid NOT NULL,
     at timestamptz GENERATED ALWAYS AS (uuid_extract_timestamp(id)) VIRTUAL,
     actor_id uuid,
     action text NOT NULL,
     target_type text NOT NULL,
     target_id text NOT NULL,
     request_id text,
     change_digest bytea,
     address_digest bytea,
     previous_hash bytea NOT NULL,
     hash bytea NOT NULL,
     CONSTRAINT audit_entry_pkey PRIMARY KEY (seq)
   )`,
  'CREATE UNIQUE INDEX audit_entry_id ON audit_entry (id) INCLUDE (seq)',
  'CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id)',
  'CREATE INDEX audit_entry_action ON audit_entry (action, id)',
  'CREATE INDEX audit_entry_target_type ON audit_entry (target_type, id)',
  'CREATE INDEX audit_entry_target ON audit_entry (target_id, id)',
  // Values that may have to be erased. The entry has salted digests of it, which say nothing without the salt.
  `CREATE TABLE audit_detail (
     seq bigint NOT NULL,
     change json,
     change_salt bytea,
     client_address text,
     address_salt bytea,
     CONSTRAINT audit_detail_pkey PRIMARY KEY (seq),
     CONSTRAINT audit_detail_seq FOREIGN KEY (seq) REFERENCES audit_entry (seq)
   )`,
  // The end of the chain: one row. Appending locks it.
  `CREATE TABLE audit_head (
     is_only boolean NOT NULL DEFAULT true,
     seq bigint NOT NULL,
     hash bytea NOT NULL,
     logged_at timestamptz,
     logged_seq bigint NOT NULL DEFAULT 0,
     CONSTRAINT audit_head_pkey PRIMARY KEY (is_only),
     CONSTRAINT audit_head_is_only CHECK (is_only)
   )`,
  `INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'))`,
  // Deleted users whose personal data the log must not keep.
  `CREATE TABLE audit_erasure (
     user_id uuid NOT NULL,
     -- Whether they were an administrator: the values of what they changed are kept.
     keeps_values boolean NOT NULL,
     done_at timestamptz,
     CONSTRAINT audit_erasure_pkey PRIMARY KEY (user_id)
   )`,
  'CREATE INDEX audit_erasure_open ON audit_erasure (user_id) WHERE done_at IS NULL',
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'Entries of the audit log are never changed or removed.';
   END $$`,
  `CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];

const tables = ['audit_erasure', 'audit_head', 'audit_detail', 'audit_entry', 'audit_pending'];

/** Creates the audit log. */
export class AuditLog1796040186000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION refuse_audit_change()');
  }
}
