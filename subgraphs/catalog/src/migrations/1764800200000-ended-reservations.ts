import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes reservations that were released or expired, for their removal. */
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
