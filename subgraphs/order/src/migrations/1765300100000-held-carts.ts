import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores under which guest cart the seats of a merged line were held. Existing lines were never held. */
export class HeldCarts1765300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart_item ADD COLUMN held_as uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart_item DROP COLUMN held_as');
  }
}
