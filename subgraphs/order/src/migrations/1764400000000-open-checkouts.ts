import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes open checkouts by buyer, for their limit. */
export class OpenCheckouts1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX saga_open_of_user ON saga (user_id, id)
       WHERE definition = 'checkout' AND status NOT IN ('COMPLETED', 'FAILED')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX saga_open_of_user');
  }
}
