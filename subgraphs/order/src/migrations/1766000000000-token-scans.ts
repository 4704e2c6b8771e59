import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stores scans and transfers of tokens, and the states of codes that scanners without a network need: one row for each
 * code that was ever anything but valid. A trigger keeps the states, since tokens change in several statements.
 */
export class TokenScans1766000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE token_scan (
        token_id uuid NOT NULL CONSTRAINT token_scan_token_fkey REFERENCES purchase_token (id),
        -- SHA-256 of the nonce.
        nonce bytea NOT NULL,
        scanner_id uuid NOT NULL,
        scanned_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        offline boolean NOT NULL,
        -- ADMITTED, or why the token was refused.
        outcome text NOT NULL,
        CONSTRAINT token_scan_pkey PRIMARY KEY (token_id, nonce)
      )`);
    await runner.query(`
      CREATE TABLE token_transfer (
        id uuid CONSTRAINT token_transfer_pkey PRIMARY KEY,
        token_id uuid NOT NULL CONSTRAINT token_transfer_token_fkey REFERENCES purchase_token (id),
        from_id uuid NOT NULL,
        to_id uuid NOT NULL,
        offered_at timestamptz NOT NULL,
        -- Null while it is open.
        ended_at timestamptz,
        accepted boolean NOT NULL DEFAULT false
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX token_transfer_open ON token_transfer (token_id) WHERE ended_at IS NULL',
    );
    await runner.query(
      'CREATE INDEX token_transfer_to_id ON token_transfer (to_id, token_id DESC) WHERE ended_at IS NULL',
    );
    await runner.query('CREATE INDEX token_transfer_token_id ON token_transfer (token_id)');
    await runner.query(`
      CREATE TABLE recipient_lookup (
        user_id uuid CONSTRAINT recipient_lookup_pkey PRIMARY KEY,
        since timestamptz NOT NULL,
        lookups int NOT NULL
      )`);
    await runner.query('CREATE INDEX purchase_token_listing_id ON purchase_token (listing_id, status)');
    await runner.query(`
      CREATE TABLE gate_code (
        listing_id uuid NOT NULL,
        code text COLLATE "C" NOT NULL,
        -- The status of the token, or REPLACED.
        status text NOT NULL,
        changed_in xid8 NOT NULL,
        CONSTRAINT gate_code_pkey PRIMARY KEY (listing_id, code),
        CONSTRAINT gate_code_code_key UNIQUE (code)
      )`);
    await runner.query('CREATE INDEX gate_code_changed_in ON gate_code (listing_id, changed_in, code)');
    await runner.query(`
      INSERT INTO gate_code (listing_id, code, status, changed_in)
      SELECT listing_id, code, status, pg_current_xact_id() FROM purchase_token WHERE status <> 'ACTIVE'`);
    await runner.query(`
      CREATE FUNCTION note_gate_code() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO gate_code AS g (listing_id, code, status, changed_in)
        SELECT NEW.listing_id, c.code, c.status, pg_current_xact_id()
        FROM (
          SELECT OLD.code, 'REPLACED' WHERE TG_OP = 'UPDATE' AND OLD.code <> NEW.code
          UNION ALL
          SELECT NEW.code, NEW.status WHERE TG_OP = 'INSERT' OR (OLD.code = NEW.code AND OLD.status <> NEW.status)
        ) AS c (code, status)
        ON CONFLICT (code) DO UPDATE SET status = excluded.status, changed_in = excluded.changed_in;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER purchase_token_changed AFTER UPDATE OF status, code ON purchase_token
      FOR EACH ROW EXECUTE FUNCTION note_gate_code()`);
    // Valid tokens, of which there are most, have no row.
    await runner.query(`
      CREATE TRIGGER purchase_token_issued AFTER INSERT ON purchase_token
      FOR EACH ROW WHEN (NEW.status <> 'ACTIVE') EXECUTE FUNCTION note_gate_code()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER purchase_token_issued ON purchase_token');
    await runner.query('DROP TRIGGER purchase_token_changed ON purchase_token');
    await runner.query('DROP FUNCTION note_gate_code');
    await runner.query('DROP TABLE gate_code');
    await runner.query('DROP INDEX purchase_token_listing_id');
    await runner.query('DROP TABLE recipient_lookup');
    await runner.query('DROP TABLE token_transfer');
    await runner.query('DROP TABLE token_scan');
  }
}
