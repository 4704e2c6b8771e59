import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the network of a manual hold's buyer, to limit the holds of one network. Existing holds have none. */
export class NetworkHolds1764900100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event_seat ADD COLUMN held_from text');
    await runner.query(
      `CREATE INDEX event_seat_held_from ON event_seat (held_from, offer_id)
       WHERE status = 'HELD' AND saga_id IS NULL AND held_from IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX event_seat_held_from');
    await runner.query('ALTER TABLE event_seat DROP COLUMN held_from');
  }
}
