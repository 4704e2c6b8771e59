import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // A copy of social's ratings: an average in millionths, followed by the number of reviews in nine digits.
  `CREATE TABLE listing_rating (
    listing_id uuid NOT NULL,
    rating_key bigint NOT NULL,
    CONSTRAINT listing_rating_pkey PRIMARY KEY (listing_id)
  )`,
  // Refreshing a search row leaves it alone: it is no column of search_listing_source.
  'ALTER TABLE search_listing ADD rating_key bigint NOT NULL DEFAULT 0',
  'CREATE INDEX search_listing_rating ON search_listing (rating_key DESC, listing_id DESC) WHERE is_listed',
  `CREATE INDEX search_listing_kind_rating ON search_listing (kind, rating_key DESC, listing_id DESC)
     WHERE is_listed`,
  `CREATE FUNCTION search_rating_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'DELETE' THEN
       UPDATE search_listing SET rating_key = 0 WHERE listing_id = OLD.listing_id;
     ELSE
       UPDATE search_listing SET rating_key = NEW.rating_key
       WHERE listing_id = NEW.listing_id AND rating_key <> NEW.rating_key;
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER listing_rating_search AFTER INSERT OR UPDATE OR DELETE ON listing_rating FOR EACH ROW
     EXECUTE FUNCTION search_rating_changed()`,
];

/** Adds the order of lists by the ratings of social's reviews. */
export class Ratings1796074000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE listing_rating');
    await runner.query('DROP FUNCTION search_rating_changed');
    await runner.query('ALTER TABLE search_listing DROP rating_key');
  }
}
