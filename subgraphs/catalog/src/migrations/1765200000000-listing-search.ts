import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createConfigurations, dropConfigurations } from './search-languages.js';
import { searchColumns, searchRows } from './search-rows.js';

/**
 * The table that lists and searches of listings read: all that they filter, sort and count by, in one narrow row per
 * listing. Triggers keep it in the transaction of each change. The next migration fills it.
 */
export class ListingSearch1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A trusted extension: the database's owner may create it, or whoever has CREATE on the database.
    await runner.query('CREATE EXTENSION IF NOT EXISTS unaccent');
    for (const statement of [...createConfigurations, ...tables, ...indexes, ...functions, ...triggers])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, names] of Object.entries(triggerNames))
      for (const name of names) await runner.query(`DROP TRIGGER ${name} ON ${table}`);
    await runner.query(
      `DROP FUNCTION search_listing_changed, search_offer_changed, search_listings_added, search_offers_changed,
         search_venue_changed, search_category_changed, search_partner_changed, refresh_search_listings`,
    );
    await runner.query('DROP VIEW search_listing_source');
    await runner.query('DROP TABLE search_term, search_listing, search_word, search_language');
    await runner.query('DROP FUNCTION search_text');
    for (const statement of dropConfigurations) await runner.query(statement);
    await runner.query('ALTER TABLE listing DROP COLUMN language');
    await runner.query('DROP EXTENSION unaccent');
  }
}

const tables = [
  "ALTER TABLE listing ADD COLUMN language text NOT NULL DEFAULT 'en'",
  `CREATE TABLE search_listing (
     listing_id uuid NOT NULL,
     status text NOT NULL,
     is_listed boolean NOT NULL,
     kind text NOT NULL,
     partner_id uuid,
     language text NOT NULL,
     listed_at timestamptz(3) NOT NULL,
     price_min bigint NOT NULL,
     price_max bigint NOT NULL,
     price_currency text,
     next_start timestamptz(3) NOT NULL,
     starts timestamptz(3)[] NOT NULL,
     has_units boolean NOT NULL,
     is_seated boolean NOT NULL,
     is_available boolean NOT NULL,
     next_change_at timestamptz(3),
     quality int NOT NULL,
     title_key text COLLATE "und-x-icu" NOT NULL,
     names text NOT NULL,
     city text,
     facets text[] NOT NULL,
     head tsvector NOT NULL,
     words tsvector NOT NULL,
     CONSTRAINT search_listing_pkey PRIMARY KEY (listing_id),
     CONSTRAINT search_listing_of FOREIGN KEY (listing_id) REFERENCES listing (id) ON DELETE CASCADE
   )`,
  // The rank reads head for each match: it stays in the row. The text of descriptions does not.
  'ALTER TABLE search_listing ALTER COLUMN words SET STORAGE EXTERNAL, ALTER COLUMN head SET STORAGE MAIN',
  'ALTER TABLE search_listing ALTER COLUMN words SET STATISTICS 300, ALTER COLUMN facets SET STATISTICS 300',
  // The lexemes of head with the score of a search for this word alone: such a search reads its page in the order of the
  // primary key, however many listings have the word.
  `CREATE TABLE search_term (
     listing_id uuid NOT NULL,
     language text NOT NULL,
     term text NOT NULL,
     impact int NOT NULL,
     CONSTRAINT search_term_pkey PRIMARY KEY (language, term, impact, listing_id),
     CONSTRAINT search_term_listing FOREIGN KEY (listing_id) REFERENCES search_listing (listing_id) ON DELETE CASCADE
   )`,
  // Words of titles, tags, brands and cities, for corrections and suggestions.
  `CREATE TABLE search_word (
     word text NOT NULL,
     listings int NOT NULL DEFAULT 1,
     CONSTRAINT search_word_pkey PRIMARY KEY (word)
   )`,
  'CREATE TABLE search_language (language text NOT NULL, CONSTRAINT search_language_pkey PRIMARY KEY (language))',
];

const indexes = [
  'CREATE INDEX search_term_listing ON search_term (listing_id)',
  // Without a list of pending entries, which every search would have to read.
  `CREATE INDEX search_listing_words ON search_listing USING gin (words, head, facets) WITH (fastupdate = off)
     WHERE is_listed`,
  ...[
    ['quality', 'quality DESC, listing_id DESC'],
    ['newest', 'listed_at DESC, listing_id DESC'],
    ['price', 'price_min, listing_id'],
    ['title', 'title_key, listing_id'],
    ['start', 'next_start, listing_id'],
    ['prefix', 'names text_pattern_ops'],
  ].map(
    ([name, columns]) => `CREATE INDEX search_listing_${name} ON search_listing (${columns}) WHERE is_listed`,
  ),
  'CREATE INDEX search_listing_unlisted ON search_listing (status, listed_at DESC, listing_id DESC) WHERE NOT is_listed',
  'CREATE INDEX search_listing_partner ON search_listing (partner_id)',
  'CREATE INDEX search_listing_change ON search_listing (next_change_at) WHERE next_change_at IS NOT NULL',
  'CREATE INDEX search_word_prefix ON search_word (word text_pattern_ops, listings)',
  'CREATE INDEX search_word_similar ON search_word USING gin (word gin_trgm_ops)',
];

const functions = [
  // Letters, digits and the vowel signs of Indic scripts, separated by single blanks: PostgreSQL's parser would take a/b
  // for a path and a.b for a host.
  `CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
     trim(regexp_replace(lower(normalize(COALESCE(given, ''), NFKC) COLLATE "und-x-icu"),
       '[^[:alnum:]\u0900-\u0dff\u0e00-\u0eff]+', ' ', 'g'))`,
  `CREATE VIEW search_listing_source AS ${searchRows}`,
  `CREATE FUNCTION refresh_search_listings(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
   BEGIN
     -- Concurrent changes of a listing, its offers and its seller wait here, so that the last one sees all of them.
     PERFORM FROM search_listing WHERE listing_id = ANY(ids) ORDER BY listing_id FOR NO KEY UPDATE;
     DELETE FROM search_term WHERE listing_id = ANY(ids);
     WITH fresh AS MATERIALIZED (
       SELECT * FROM search_listing_source WHERE listing_id = ANY(ids) ORDER BY listing_id
     ), written AS (
       INSERT INTO search_listing (${searchColumns.join(', ')}) SELECT ${searchColumns.join(', ')} FROM fresh
       ON CONFLICT (listing_id) DO UPDATE SET ${searchColumns
         .slice(1)
         .map((column) => `${column} = excluded.${column}`)
         .join(', ')}
            RETURNING listing_id, language, status, head, quality
     ), terms AS (
       INSERT INTO search_term (listing_id, language, term, impact)
       SELECT w.listing_id, w.language, t.lexeme, 10000000 + w.quality
         + CASE WHEN 'A' = ANY(t.weights) THEN 600000 ELSE 300000 END
       FROM written w, unnest(w.head) AS t WHERE w.status = 'PUBLISHED'
     ), languages AS (
       INSERT INTO search_language SELECT DISTINCT language FROM fresh WHERE is_listed ORDER BY 1
       ON CONFLICT DO NOTHING
     )
     -- Sorted, so that transactions that add the same words wait for each other in one order.
     INSERT INTO search_word (word)
     SELECT DISTINCT word FROM fresh, string_to_table(names, ' ') AS w (word)
     WHERE is_listed AND length(word) BETWEEN 3 AND 40 AND word !~ '^[0-9]+$' ORDER BY 1
     ON CONFLICT DO NOTHING;
   END $$`,
  `CREATE FUNCTION search_listing_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN PERFORM refresh_search_listings(ARRAY[NEW.id]); RETURN NULL; END $$`,
  `CREATE FUNCTION search_offer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN PERFORM refresh_search_listings(ARRAY[NEW.listing_id]); RETURN NULL; END $$`,
  `CREATE FUNCTION search_listings_added() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN PERFORM refresh_search_listings(ARRAY(SELECT id FROM changed)); RETURN NULL; END $$`,
  `CREATE FUNCTION search_offers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN PERFORM refresh_search_listings(ARRAY(SELECT DISTINCT listing_id FROM changed)); RETURN NULL; END $$`,
  `CREATE FUNCTION search_venue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN PERFORM refresh_search_listings(ARRAY(SELECT id FROM listing WHERE venue_id = NEW.id)); RETURN NULL; END $$`,
  `CREATE FUNCTION search_category_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM refresh_search_listings(ARRAY(
       WITH RECURSIVE below AS (
         SELECT id FROM category WHERE id = NEW.id
         UNION SELECT c.id FROM category c JOIN below b ON c.parent_id = b.id
       ) SELECT l.id FROM listing l JOIN below b ON l.category_id = b.id));
     RETURN NULL;
   END $$`,
  // A seller of whom nothing is known may sell, as everywhere else.
  `CREATE FUNCTION search_partner_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE is_active boolean := TG_OP = 'DELETE' OR NEW.status = 'VERIFIED';
   BEGIN
     UPDATE search_listing SET is_listed = (status = 'PUBLISHED' AND is_active)
     WHERE partner_id = CASE TG_OP WHEN 'DELETE' THEN OLD.partner_id ELSE NEW.partner_id END
       AND is_listed <> (status = 'PUBLISHED' AND is_active);
     RETURN NULL;
   END $$`,
];

const triggers = [
  `CREATE TRIGGER listing_search AFTER UPDATE OF kind, title, summary, description, status, category_id, tags, partner_id,
     price_min, price_max, price_currency, brand, location, difficulty, venue_id, starts_at, ends_at, published_at,
     created_at, language ON listing FOR EACH ROW EXECUTE FUNCTION search_listing_changed()`,
  `CREATE TRIGGER listing_search_added AFTER INSERT ON listing REFERENCING NEW TABLE AS changed
     FOR EACH STATEMENT EXECUTE FUNCTION search_listings_added()`,
  `CREATE TRIGGER offer_search AFTER UPDATE OF listing_id, price_amount, price_currency, sales_start_at, sales_end_at,
     starts_at, seated ON offer FOR EACH ROW EXECUTE FUNCTION search_offer_changed()`,
  `CREATE TRIGGER offer_search_added AFTER INSERT ON offer REFERENCING NEW TABLE AS changed
     FOR EACH STATEMENT EXECUTE FUNCTION search_offers_changed()`,
  `CREATE TRIGGER offer_search_deleted AFTER DELETE ON offer REFERENCING OLD TABLE AS changed
     FOR EACH STATEMENT EXECUTE FUNCTION search_offers_changed()`,
  // Sales change the rank only when the last unit goes or the first one returns.
  `CREATE TRIGGER offer_search_units AFTER UPDATE OF on_hand, reserved ON offer FOR EACH ROW
     WHEN ((OLD.on_hand > OLD.reserved) IS DISTINCT FROM (NEW.on_hand > NEW.reserved))
     EXECUTE FUNCTION search_offer_changed()`,
  `CREATE TRIGGER venue_search AFTER UPDATE OF city, name ON venue FOR EACH ROW
     WHEN ((OLD.city, OLD.name) IS DISTINCT FROM (NEW.city, NEW.name)) EXECUTE FUNCTION search_venue_changed()`,
  `CREATE TRIGGER category_search AFTER UPDATE OF parent_id ON category FOR EACH ROW
     WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION search_category_changed()`,
  `CREATE TRIGGER partner_owner_search AFTER INSERT OR DELETE OR UPDATE OF status ON partner_owner FOR EACH ROW
     EXECUTE FUNCTION search_partner_changed()`,
];

const triggerNames = {
  listing: ['listing_search', 'listing_search_added'],
  offer: ['offer_search', 'offer_search_added', 'offer_search_deleted', 'offer_search_units'],
  venue: ['venue_search'],
  category: ['category_search'],
  partner_owner: ['partner_owner_search'],
};
