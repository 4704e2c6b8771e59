import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sort orders of lists, for the index of each kind of listing. */
const orders = [
  ['newest', 'listed_at DESC, listing_id DESC'],
  ['price', 'price_min, listing_id'],
  ['title', 'title_key, listing_id'],
  ['start', 'next_start, listing_id'],
] as const;

const lastStart = '((array_sort(starts))[cardinality(starts)])';
const firstStart = '((array_sort(starts))[1])';

/**
 * Indexes of lists that are filtered by kind or time. A kind is often all at one end of an order: apps are cheap, and
 * goods have no start. PostgreSQL keeps no statistics of partial indexes of expressions, hence the separate ones.
 */
export class FilteredLists1766105200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of orders)
      await runner.query(
        `CREATE INDEX search_listing_kind_${name} ON search_listing (kind, ${columns}) WHERE is_listed`,
      );
    for (const [name, expression] of [
      ['first', firstStart],
      ['last', lastStart],
    ])
      await runner.query(
        `CREATE INDEX search_listing_${name}_start ON search_listing (${expression}) WHERE is_listed`,
      );
    await runner.query(
      `CREATE STATISTICS search_listing_starts ON ${firstStart}, ${lastStart} FROM search_listing`,
    );
    await runner.query('ANALYZE search_listing');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP STATISTICS search_listing_starts');
    for (const name of ['first_start', 'last_start', ...orders.map(([order]) => `kind_${order}`)])
      await runner.query(`DROP INDEX search_listing_${name}`);
  }
}
