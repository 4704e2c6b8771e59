import type { EntityManager } from 'typeorm';
import type { RowCount } from '@souk/shared/db/row-count';
import { countRows } from '@souk/shared/db/row-count';
import type { Page } from '@souk/shared/graph/pagination';
import type { ListingQuery } from './listing-conditions.js';
import { Conditions, hasWords } from './listing-conditions.js';

/** Sort orders of a list. */
export type Sort = 'RELEVANCE' | 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'STARTS_AT' | 'TITLE';

/** A cursor: the sort order, the sort key as text, and the id. */
export type ListingCursor = [sort: Sort, key: string, id: string];

/** A found listing: its id, sort key and relevance (null without search words). */
export interface FoundListing {
  id: string;
  key: string;
  score: number | null;
}

/** A statement with its parameters. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

// A tour sorts by its next departure. Listings without a start sort last.
const startsAtSql = `COALESCE(l.starts_at,
  CASE WHEN l.kind = 'TOUR' THEN
    (SELECT min(o.starts_at) FROM offer o WHERE o.listing_id = l.id AND o.starts_at > now()) END,
  '9999-12-31T00:00:00Z')`;

// Published listings have a price; drafts may have none.
const priceSql = 'COALESCE(l.price_min, -1)';

// By the alphabet (Unicode's root collation), as the index has it; by code point "É" would come after "Z".
const titleSql = 'lower(l.title) COLLATE "und-x-icu"';

/** Sort orders: the key, its text form in a cursor, and how SQL reads that text back. */
const orders: Readonly<
  Record<
    Sort,
    { key: string; text: (key: string) => string; read: (parameter: string) => string; down: boolean }
  >
> = {
  NEWEST: { key: 'l.listed_at', text: toMillis, read: fromMillis, down: true },
  STARTS_AT: { key: startsAtSql, text: toMillis, read: fromMillis, down: false },
  PRICE_ASC: { key: priceSql, text: toText, read: asBigint, down: false },
  PRICE_DESC: { key: priceSql, text: toText, read: asBigint, down: true },
  TITLE: { key: titleSql, text: toText, read: (parameter) => parameter, down: false },
  RELEVANCE: { key: 'm.score', text: toText, read: (parameter) => `${parameter}::numeric`, down: true },
};

function toText(key: string): string {
  return `(${key})::text`;
}

function asBigint(parameter: string): string {
  return `${parameter}::bigint`;
}

// Columns hold whole milliseconds, so the conversion loses nothing.
function toMillis(key: string): string {
  return `(extract(epoch FROM ${key}) * 1000)::bigint::text`;
}

function fromMillis(parameter: string): string {
  return `to_timestamp(${parameter}::bigint / 1000.0)`;
}

// Accept only keys that PostgreSQL can parse: a forged cursor must not fail the query.
const wholeNumber = /^-?\d{1,16}$/;
const millis = /^(?:-\d{1,14}|\d{1,15})$/;
const keyPatterns: Readonly<Record<Sort, RegExp>> = {
  NEWEST: millis,
  STARTS_AT: millis,
  PRICE_ASC: wholeNumber,
  PRICE_DESC: wholeNumber,
  TITLE: /^[^\0]{1,400}$/su,
  RELEVANCE: /^\d{1,6}(?:\.\d{1,6})?$/,
};

/** Whether a value is a cursor of this sort order. */
export function isListingCursor(sort: Sort): (value: unknown) => value is ListingCursor {
  return (value): value is ListingCursor =>
    Array.isArray(value) &&
    value.length === 3 &&
    value[0] === sort &&
    typeof value[1] === 'string' &&
    keyPatterns[sort].test(value[1]) &&
    typeof value[2] === 'string' &&
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value[2]);
}

/**
 * Builds the statement of a page: at most `limit + 1` rows after the cursor, in reverse for a backward page.
 * `sort` must come from `effectiveSort`.
 */
export function pageStatement(query: ListingQuery, sort: Sort, page: Page<ListingCursor>): Statement {
  const order = orders[sort];
  const builder = new Conditions(query);
  const down = order.down !== page.backward;
  if (page.cursor) {
    const [, key, id] = page.cursor;
    builder.add(
      `(${order.key}, l.id) ${down ? '<' : '>'} (${order.read(builder.parameter(key))}, ${builder.parameter(id)}::uuid)`,
    );
  }
  const direction = down ? 'DESC' : 'ASC';
  const limit = builder.parameter(page.limit + 1);
  return {
    sql: `SELECT l.id, ${order.text(order.key)} AS key, ${builder.scored ? 'm.score::float8' : 'NULL'} AS score
      FROM ${builder.from} WHERE ${builder.where}
      ORDER BY ${order.key} ${direction}, l.id ${direction} LIMIT ${limit}`,
    parameters: builder.parameters,
  };
}

/** Returns the sort order to use: RELEVANCE requires search words. */
export function effectiveSort(sort: Sort | null | undefined, query: Pick<ListingQuery, 'search'>): Sort {
  const searching = hasWords(query);
  if (!sort) return searching ? 'RELEVANCE' : 'NEWEST';
  return sort === 'RELEVANCE' && !searching ? 'NEWEST' : sort;
}

/** Returns a page of listings. */
export async function findListings(
  manager: EntityManager,
  query: ListingQuery,
  sort: Sort,
  page: Page<ListingCursor>,
): Promise<FoundListing[]> {
  const { sql, parameters } = pageStatement(query, sort, page);
  return withThreshold(manager, query, (inner) => inner.query<FoundListing[]>(sql, parameters));
}

/** Counts all listings that match. */
export function countListings(manager: EntityManager, query: ListingQuery): Promise<RowCount> {
  const { from, where, parameters } = new Conditions(query);
  const sql = `SELECT 1 FROM ${from} WHERE ${where}`;
  return withThreshold(manager, query, (inner) => countRows(inner, sql, parameters));
}

/** Minimum word similarity (0 to 1) that counts as a misspelling. */
const similarity = 0.45;

/** Runs statements of a query; with search words in a transaction that sets the threshold of similarity. */
function withThreshold<Result>(
  manager: EntityManager,
  query: ListingQuery,
  run: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  if (!hasWords(query)) return run(manager);
  // The trigram index serves only the operator, which reads its threshold from this setting.
  return manager.transaction(async (inner) => {
    await inner.query("SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)", [`${similarity}`]);
    return run(inner);
  });
}
