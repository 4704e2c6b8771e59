import { FacetEstimates } from '@souk/catalog/domain/search/facet-estimates';
import { countFacets } from '@souk/catalog/domain/search/facets';
import type { ListingQuery } from '@souk/catalog/domain/search/listing-conditions';
import type { ListingCursor, Sort } from '@souk/catalog/domain/search/listing-order';
import { findListings } from '@souk/catalog/domain/search/listing-search';
import { parseSearchText } from '@souk/catalog/domain/search/search-text';
import { suggest } from '@souk/catalog/domain/search/suggestions';
import { readText } from '@souk/catalog/domain/search/word-lookup';
import type { EntityManager } from 'typeorm';
import type { BenchQuery } from './queries.js';

/** One of the two searches that are compared. Each call runs one query and returns how many rows it found. */
export interface Side {
  page: (query: BenchQuery) => Promise<number>;
  facets: (query: BenchQuery) => Promise<number>;
  suggest: (query: BenchQuery) => Promise<number>;
  /** A page of the newest listings at a depth. */
  deepPage: (depth: number) => Promise<number>;
}

const limit = 20;

/** Souk's search, as its resolvers call it. @param deepCursor the position at the depth, as a client has it */
export function soukSide(manager: EntityManager, deepCursor: ListingCursor): Side {
  const read = async ({ text, kind, city, tag }: BenchQuery): Promise<ListingQuery> => ({
    status: 'PUBLISHED',
    text: text === null ? null : await readText(manager, parseSearchText(text), null),
    kinds: kind ? [kind] : null,
    tags: tag ? [tag] : null,
    city,
  });
  const estimates = new FacetEstimates();
  const find = async (query: ListingQuery, sort: Sort, cursor: ListingCursor | null): Promise<number> =>
    (await findListings(manager, query, sort, { limit, cursor, backward: false })).length;
  const page = async (query: BenchQuery): Promise<number> => {
    const listingQuery = await read(query);
    return find(listingQuery, listingQuery.text ? 'RELEVANCE' : 'NEWEST', null);
  };
  return {
    page,
    facets: async (query) => {
      const listingQuery = await read(query);
      const found = await find(listingQuery, listingQuery.text ? 'RELEVANCE' : 'NEWEST', null);
      await countFacets(manager, listingQuery, new Date(), estimates);
      return found;
    },
    suggest: async ({ text }) => (await suggest(manager, text ?? '', 8)).length,
    deepPage: () => find({ status: 'PUBLISHED' }, 'NEWEST', deepCursor),
  };
}

/** The cursor at a depth of the newest listings: of the last listing before the page. */
export async function readDeepCursor(manager: EntityManager, depth: number): Promise<ListingCursor> {
  const rows: { id: string; key: string }[] = await manager.query(
    `SELECT listing_id AS id, (extract(epoch FROM listed_at) * 1000)::bigint::text AS key FROM search_listing
     WHERE is_listed ORDER BY listed_at DESC, listing_id DESC OFFSET $1 LIMIT 1`,
    [depth - 1],
  );
  const [row] = rows;
  if (!row) throw new Error('There are too few listings.');
  return ['NEWEST', row.key, row.id];
}

/**
 * PostgreSQL's full text search as its manual and most tutorials have it, in a table with the same texts: one
 * configuration, a generated column with a GIN index, ts_rank over all matches, OFFSET for pages, ILIKE for prefixes, a
 * trigram index for misspellings, and a GROUP BY for each facet.
 */
export async function createPlainTable(execute: (sql: string) => Promise<unknown>): Promise<void> {
  for (const sql of [
    `CREATE TABLE plain_listing AS
       SELECT l.id, l.kind, l.title, l.summary, l.description, l.tags, l.category_id, l.partner_id, l.difficulty,
         l.price_min, l.published_at, COALESCE(v.city, l.location) AS city
       FROM listing l LEFT JOIN venue v ON v.id = l.venue_id WHERE l.status = 'PUBLISHED'`,
    `ALTER TABLE plain_listing ADD COLUMN search tsvector GENERATED ALWAYS AS (
       setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', COALESCE(summary, '')), 'B')
       || setweight(to_tsvector('english', COALESCE(description, '')), 'C')) STORED`,
    'ALTER TABLE plain_listing ADD PRIMARY KEY (id)',
    'CREATE INDEX plain_listing_search ON plain_listing USING gin (search)',
    'CREATE INDEX plain_listing_title ON plain_listing USING gin (title gin_trgm_ops)',
    'CREATE INDEX plain_listing_tags ON plain_listing USING gin (tags)',
    'CREATE INDEX plain_listing_kind ON plain_listing (kind)',
    'CREATE INDEX plain_listing_city ON plain_listing (city)',
    'CREATE INDEX plain_listing_newest ON plain_listing (published_at DESC, id DESC)',
    'ANALYZE plain_listing',
  ])
    await execute(sql);
}

const facetColumns = ['kind', 'category_id', 'tag', 'price_band', 'city', 'partner_id', 'difficulty'];

/** Plain full text search on the table of `createPlainTable`. */
export function plainSide(manager: EntityManager): Side {
  const where = ({ text, kind, city, tag }: BenchQuery): { sql: string; parameters: unknown[] } => {
    const parameters: unknown[] = [];
    const conditions = ['true'];
    const add = (condition: string, value: unknown): void => {
      parameters.push(value);
      conditions.push(condition.replaceAll('?', `$${parameters.length}`));
    };
    if (text !== null) add("search @@ websearch_to_tsquery('english', ?)", text);
    if (kind !== null) add('kind = ?', kind);
    if (city !== null) add('city = ?', city);
    if (tag !== null) add('tags @> ARRAY[?::text]', tag);
    return { sql: conditions.join(' AND '), parameters };
  };
  const rows = async (sql: string, parameters: unknown[]): Promise<number> =>
    (await manager.query<unknown[]>(sql, parameters)).length;
  const page = async (query: BenchQuery): Promise<number> => {
    const { sql, parameters } = where(query);
    const order =
      query.text === null ? 'published_at DESC' : "ts_rank(search, websearch_to_tsquery('english', $1)) DESC";
    const found = await rows(
      `SELECT id FROM plain_listing WHERE ${sql} ORDER BY ${order}, id DESC LIMIT ${limit + 1}`,
      parameters,
    );
    if (found > 0 || query.text === null) return found;
    return rows(
      `SELECT id FROM plain_listing WHERE $1 <% title ORDER BY word_similarity($1, title) DESC, id DESC LIMIT ${limit + 1}`,
      [query.text],
    );
  };
  return {
    page,
    facets: async (query) => {
      const found = await page(query);
      const { sql, parameters } = where(query);
      for (const column of facetColumns) {
        const value =
          column === 'tag'
            ? 'unnest(tags)'
            : column === 'price_band'
              ? "width_bucket(price_min, '{1000,2500,5000,10000,25000,50000,100000}'::bigint[])"
              : column;
        await rows(
          `SELECT ${value} AS value, count(*) FROM plain_listing WHERE ${sql} GROUP BY 1 ORDER BY 2 DESC LIMIT 50`,
          parameters,
        );
      }
      return found;
    },
    suggest: ({ text }) =>
      rows('SELECT DISTINCT title FROM plain_listing WHERE title ILIKE $1 LIMIT 8', [`${text ?? ''}%`]),
    deepPage: (depth) =>
      rows(
        `SELECT id FROM plain_listing ORDER BY published_at DESC, id DESC OFFSET ${depth} LIMIT ${limit + 1}`,
        [],
      ),
  };
}
