import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Numbers the seats of each event, stores the transaction that last changed the status of a seat, and adds the journal
 * of seat states.
 */
export class SeatMap1765300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE seat_change, seat_journal');
    await runner.query('DROP TRIGGER event_seat_change ON event_seat');
    await runner.query('DROP FUNCTION set_seat_changed_in()');
    await runner.query('DROP INDEX event_seat_held_by');
    await runner.query(
      `CREATE INDEX event_seat_held_by_hand ON event_seat (held_by, offer_id)
       WHERE status = 'HELD' AND saga_id IS NULL`,
    );
    await runner.query('ALTER TABLE listing DROP COLUMN seat_map_revision');
    await runner.query('ALTER TABLE event_seat DROP COLUMN map_index, DROP COLUMN changed_in');
  }
}

const statements = [
  'ALTER TABLE event_seat ADD COLUMN map_index int, ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id()',
  // Ids of offers are in order of their creation.
  `UPDATE event_seat s SET map_index = n.map_index
   FROM (SELECT id, row_number() OVER (
           PARTITION BY listing_id ORDER BY offer_id, section, row_number, seat_number) - 1 AS map_index
         FROM event_seat) n
   WHERE s.id = n.id`,
  'ALTER TABLE event_seat ALTER COLUMN map_index SET NOT NULL',
  'ALTER TABLE event_seat ADD CONSTRAINT event_seat_map UNIQUE (listing_id, map_index) DEFERRABLE',
  'ALTER TABLE listing ADD COLUMN seat_map_revision int NOT NULL DEFAULT 0',
  'UPDATE listing SET seat_map_revision = 1 WHERE EXISTS (SELECT FROM event_seat WHERE listing_id = listing.id)',
  'CREATE INDEX event_seat_changes ON event_seat (listing_id, changed_in)',
  // A trigger covers every statement, including an operator's SQL.
  `CREATE FUNCTION set_seat_changed_in() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       NEW.changed_in := pg_current_xact_id();
       RETURN NEW;
     END $$`,
  `CREATE TRIGGER event_seat_change BEFORE UPDATE OF status ON event_seat
     FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION set_seat_changed_in()`,
  // Counts all unpaid seats of a buyer in an event; its first two columns serve the count per offer too.
  `CREATE INDEX event_seat_held_by ON event_seat (held_by, offer_id, listing_id) WHERE status = 'HELD'`,
  'DROP INDEX event_seat_held_by_hand',
  // seen_from is a transaction id: all before it were over when the states were read.
  `CREATE TABLE seat_journal (
     listing_id uuid NOT NULL,
     history text NOT NULL,
     revision int NOT NULL,
     map_revision int NOT NULL,
     states bytea NOT NULL,
     epoch text NOT NULL,
     seen_from xid8 NOT NULL,
     updated_at timestamptz(3) NOT NULL DEFAULT now(),
     CONSTRAINT seat_journal_pkey PRIMARY KEY (listing_id),
     CONSTRAINT seat_journal_listing FOREIGN KEY (listing_id) REFERENCES listing (id) ON DELETE CASCADE
   )`,
  'CREATE INDEX seat_journal_updated ON seat_journal (updated_at)',
  `CREATE TABLE seat_change (
     listing_id uuid NOT NULL,
     revision int NOT NULL,
     codes int[] NOT NULL,
     CONSTRAINT seat_change_pkey PRIMARY KEY (listing_id, revision),
     CONSTRAINT seat_change_journal FOREIGN KEY (listing_id) REFERENCES seat_journal (listing_id) ON DELETE CASCADE
   )`,
];
