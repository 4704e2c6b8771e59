import type { MigrationInterface, QueryRunner } from 'typeorm';

const batch = 500;
const nothingBefore = '00000000-0000-0000-0000-000000000000';

/**
 * Writes the search rows of listings from before there was a table of them. It commits each batch by itself, so that
 * processes of the previous version can write meanwhile, and a migration that was interrupted can run again.
 */
export class SearchRows1765200100000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (let after = nothingBefore; ;) {
      const rows = (await runner.query('SELECT id FROM listing WHERE id > $1 ORDER BY id LIMIT $2', [
        after,
        batch,
      ])) as { id: string }[];
      const last = rows.at(-1);
      if (!last) break;
      await runner.query('SELECT refresh_search_listings($1)', [rows.map(({ id }) => id)]);
      after = last.id;
    }
    await runner.query('ANALYZE search_listing, search_term, search_word');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM search_listing');
  }
}
