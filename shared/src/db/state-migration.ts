import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The cursors of the copies of other subgraphs' states, in every subgraph's database. */
export class StateCursors1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE state_cursor (
        state text NOT NULL,
        -- Null until the first page is stored.
        cursor text,
        updated_at timestamptz NOT NULL,
        CONSTRAINT state_cursor_pkey PRIMARY KEY (state)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE state_cursor');
  }
}
