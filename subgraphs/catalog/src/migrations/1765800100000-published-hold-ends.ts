import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes which expired reservations were published; those of before are not published. */
export class PublishedHoldEnds1765800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reservation ADD COLUMN end_published boolean NOT NULL DEFAULT true');
    await runner.query('ALTER TABLE reservation ALTER COLUMN end_published SET DEFAULT false');
    await runner.query(
      `CREATE INDEX reservation_unpublished_end ON reservation (expires_at)
       WHERE status = 'EXPIRED' AND NOT end_published`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX reservation_unpublished_end');
    await runner.query('ALTER TABLE reservation DROP COLUMN end_published');
  }
}
