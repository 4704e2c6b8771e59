import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes by which the data of a person are found to be erased. */
export class PersonErasure1796039710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX notification_actor ON notification (actor_id) WHERE actor_id IS NOT NULL',
    );
    await runner.query('CREATE INDEX purchase_user ON purchase (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX purchase_user, notification_actor');
  }
}
