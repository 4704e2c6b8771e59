import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds status and contact data to the projection of account's users. The first listing of all people fills them. */
export class ContactData1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE known_user
        ADD status text NOT NULL DEFAULT 'ACTIVE',
        ADD email text,
        ADD is_email_verified boolean,
        ADD phone text,
        ADD display_name text,
        ADD locale text,
        ADD time_zone text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE known_user DROP status, DROP email, DROP is_email_verified, DROP phone, DROP display_name,
        DROP locale, DROP time_zone`);
  }
}
