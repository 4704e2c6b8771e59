import type { MigrationInterface, QueryRunner } from 'typeorm';

const searchColumn = `
  ALTER TABLE listing ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('simple', title), 'A') ||
    setweight(to_tsvector('simple', joined_words(tags)), 'B') ||
    setweight(to_tsvector('simple', COALESCE(brand, '') || ' ' || COALESCE(location, '')), 'B') ||
    setweight(to_tsvector('english', COALESCE(summary, '')), 'C') ||
    setweight(to_tsvector('english', COALESCE(description, '')), 'D')
  ) STORED`;

const formerIndexes = [
  "listing_newest ON listing (listed_at DESC, id DESC) WHERE status = 'PUBLISHED'",
  "listing_category_newest ON listing (category_id, listed_at DESC, id DESC) WHERE status = 'PUBLISHED'",
  "listing_price ON listing (COALESCE(price_min, -1), id) WHERE status = 'PUBLISHED'",
  `listing_title ON listing ((lower(title) COLLATE "und-x-icu"), id) WHERE status = 'PUBLISHED'`,
  'listing_title_words ON listing USING gin (lower(title) gin_trgm_ops)',
  'listing_tags ON listing USING gin (tags)',
];

/**
 * Drops the column and the indexes that lists and searches read before they had search_listing: each write of a listing
 * kept seven indexes that nothing read. Processes of 0.1 cannot list or search afterwards.
 */
export class FormerSearch1766105100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The check whether a category is in use reads listings of every status.
    await runner.query('CREATE INDEX listing_category ON listing (category_id)');
    for (const index of formerIndexes) await runner.query(`DROP INDEX ${index.split(' ')[0]}`);
    await runner.query('ALTER TABLE listing DROP COLUMN search');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(searchColumn);
    await runner.query('CREATE INDEX listing_search ON listing USING gin (search)');
    for (const index of formerIndexes) await runner.query(`CREATE INDEX ${index}`);
    await runner.query('DROP INDEX listing_category');
  }
}
