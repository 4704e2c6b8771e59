import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Removes the addresses of the networks that hold seats: from now on `held_from` has a keyed digest, whose key no migration
 * has. The holds stay; those of before do not count for their network. Processes of the
 * previous version may write further addresses, which disappear when their holds end.
 */
export class NetworkDigests1766105000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE event_seat SET held_from = NULL WHERE held_from IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    // An earlier version counts addresses, so digests count for nobody.
    await runner.query('UPDATE event_seat SET held_from = NULL WHERE held_from IS NOT NULL');
  }
}
