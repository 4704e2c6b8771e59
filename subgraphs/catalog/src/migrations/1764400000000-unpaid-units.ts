import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the buyers of reservations and the start of seat holds. */
export class UnpaidUnits1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Existing rows have no buyer; they end within days.
    await runner.query('ALTER TABLE reservation ADD COLUMN user_id uuid');
    await runner.query(
      `CREATE INDEX reservation_unpaid ON reservation (user_id, offer_id) WHERE status = 'HELD'`,
    );
    await runner.query(
      `ALTER TABLE event_seat ADD COLUMN held_since timestamptz, ADD COLUMN last_holder uuid,
         ADD COLUMN last_hold_ends timestamptz`,
    );
    await runner.query(
      `UPDATE event_seat SET held_since = now(), last_holder = held_by, last_hold_ends = held_until
       WHERE status = 'HELD'`,
    );
    await runner.query(
      `CREATE INDEX event_seat_held_by_hand ON event_seat (held_by, offer_id)
       WHERE status = 'HELD' AND saga_id IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX event_seat_held_by_hand, reservation_unpaid');
    await runner.query(
      'ALTER TABLE event_seat DROP COLUMN held_since, DROP COLUMN last_holder, DROP COLUMN last_hold_ends',
    );
    await runner.query('ALTER TABLE reservation DROP COLUMN user_id');
  }
}
