import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores owners and status of partners, so that a listing's partner can read its tokens. */
export class PartnerOwner1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE partner_owner (
        partner_id uuid CONSTRAINT partner_owner_pkey PRIMARY KEY,
        user_id uuid NOT NULL,
        status text NOT NULL,
        at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE partner_owner');
  }
}
