import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Offers that have units again, until that is published. No foreign key: an offer may be deleted meanwhile.
  `CREATE TABLE restocked_offer (
     offer_id uuid NOT NULL,
     CONSTRAINT restocked_offer_pkey PRIMARY KEY (offer_id)
   )`,
  `CREATE FUNCTION note_restocked_offer() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO restocked_offer VALUES (NEW.id) ON CONFLICT DO NOTHING;
     RETURN NULL;
   END $$`,
  // A trigger covers every statement that moves units. The condition costs no call where it is false.
  `CREATE TRIGGER offer_restocked AFTER UPDATE OF on_hand, reserved ON offer FOR EACH ROW
     WHEN (OLD.on_hand <= OLD.reserved AND NEW.on_hand > NEW.reserved) EXECUTE FUNCTION note_restocked_offer()`,

  // The start that was announced of each event and departure, until it is past.
  `CREATE TABLE start_reminder (
     subject_id uuid NOT NULL,
     starts_at timestamptz NOT NULL,
     CONSTRAINT start_reminder_pkey PRIMARY KEY (subject_id)
   )`,
  'CREATE INDEX start_reminder_starts_at ON start_reminder (starts_at)',
  `CREATE INDEX listing_starts_at ON listing (starts_at) WHERE starts_at IS NOT NULL`,
  `CREATE INDEX offer_starts_at ON offer (starts_at) WHERE starts_at IS NOT NULL`,

  // The end of the hold of which its holder was reminded.
  'ALTER TABLE event_seat ADD COLUMN reminded_of timestamptz',
];

/** Notes which offers have units again, and of which starts and ends of holds people were reminded. */
export class Reminders1796073000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event_seat DROP COLUMN reminded_of');
    await runner.query('DROP INDEX offer_starts_at, listing_starts_at');
    await runner.query('DROP TABLE start_reminder');
    await runner.query('DROP TRIGGER offer_restocked ON offer');
    await runner.query('DROP FUNCTION note_restocked_offer()');
    await runner.query('DROP TABLE restocked_offer');
  }
}
