import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reservations that came to nothing end. */
export class EndedReservations1764800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "CREATE INDEX reservation_ended ON reservation (expires_at) WHERE status IN ('RELEASED', 'EXPIRED')",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX reservation_ended');
  }
}
