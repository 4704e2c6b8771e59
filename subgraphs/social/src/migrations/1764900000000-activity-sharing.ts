import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Switches the sharing of purchases off until a user switches it on. */
export class ActivitySharing1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE social_profile ALTER COLUMN shares_activity SET DEFAULT false');
    // True was the default, and there was no way to choose it.
    await runner.query('UPDATE social_profile SET shares_activity = false WHERE shares_activity');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE social_profile ALTER COLUMN shares_activity SET DEFAULT true');
  }
}
