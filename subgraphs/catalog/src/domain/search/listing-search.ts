import type { RowCount } from '@souk/shared/db/row-count';
import { countRows } from '@souk/shared/db/row-count';
import type { Page } from '@souk/shared/graph/pagination';
import type { EntityManager } from 'typeorm';
import type { Kind } from '../../entities/listing.js';
import type { ListingQuery } from './listing-conditions.js';
import { Conditions } from './listing-conditions.js';
import type { ListingCursor, ListingOrder, Sort } from './listing-order.js';
import { byScore, orders } from './listing-order.js';
import { estimateRows } from './row-estimate.js';
import type { TextMatch } from './text-match.js';

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

/** A statement of a page. */
export interface PageStatement extends Statement {
  /** Whether it first reads entries in order, which is in vain where few listings match. */
  walks?: boolean;
}

/** The rows of a page: those after a position, in one direction. */
interface Cut {
  limit: number;
  after: { key: string; id: string } | null;
  backward: boolean;
  isRare: boolean;
}

/**
 * Scores are at least this where head has all words, and less where only the description has them; so lists by relevance
 * have two sections, and the second one is read only where the first one ends.
 */
const headScore = 10_000_000;
/** A score in the API is 1 for this one. */
const scoreUnit = 10_000_000;
/** Weights of a word in D, C, B and A of head: nothing, the summary, tags, brand and place, the title. */
const weights = "'{0,0.1,0.3,0.6}'";

/**
 * Builds the statements of a page: each returns at most `limit + 1` rows after the cursor, in reverse for a backward page.
 * The next one is needed only if the ones before returned fewer. `sort` must come from `effectiveSort`.
 * @param isRare few listings match: they are collected at once
 */
export function pageStatements(
  query: ListingQuery,
  sort: Sort,
  page: Page<ListingCursor>,
  isRare = false,
): PageStatement[] {
  const [, key, id] = page.cursor ?? [];
  const cut: Cut = {
    limit: page.limit,
    after: key === undefined || id === undefined ? null : { key, id },
    backward: page.backward,
    isRare,
  };
  if (sort !== 'RELEVANCE') return [sortedStatement(query, orders[sort], cut)];
  const sections = [headStatement(query, cut), restStatement(query, cut)];
  const isInRest = cut.after !== null && Number(cut.after.key) < headScore;
  const [first, second] = page.backward ? [sections[1], sections[0]] : sections;
  const skipsFirst = page.backward ? cut.after !== null && !isInRest : isInRest;
  return [...(skipsFirst ? [] : [first]), second].flatMap((one) => (one ? [one] : []));
}

function sortedStatement(query: ListingQuery, order: ListingOrder, cut: Cut): PageStatement {
  const all = new Conditions(query);
  const { match, kinds } = all;
  // The index of a kind has these listings only: there is nothing to test.
  const isWholeIndex = all.isListed && !match && !all.isNarrowed && kinds.length > 0;
  const builder = isWholeIndex ? new Conditions({ status: query.status }) : all;
  const score = match
    ? `(CASE WHEN s.head @@ ${match.query} THEN ${ranked(match)} ELSE s.quality END)`
    : null;
  const selection = { where: builder.whereMatching, order, score };
  return builder.isListed
    ? orderedStatement(builder, selection, cut, kinds)
    : statement(builder, selection, cut);
}

/** Listings that have all words in title, tags, brand, place or summary. */
function headStatement(query: ListingQuery, cut: Cut): Statement | null {
  if (query.text?.terms && query.status === 'PUBLISHED') return termStatement(query, query.text.terms, cut);
  const builder = new Conditions(query);
  const { match } = builder;
  if (!match) return null;
  return scored(builder, `${builder.where} AND s.head @@ ${match.query}`, ranked(match), cut);
}

function ranked({ rank }: TextMatch): string {
  return `(${headScore} + (2000000 * ts_rank(${weights}, s.head, ${rank}))::int + s.quality)`;
}

/** The same for one word, in the order of its index. */
function termStatement(
  query: ListingQuery,
  terms: readonly { language: string; term: string }[],
  cut: Cut,
): Statement | null {
  if (terms.length === 0) return null;
  const builder = new Conditions({ ...query, text: null });
  const order = byScore('t.impact');
  const { direction, condition } = position(builder, order, cut);
  const limit = builder.parameter(cut.limit + 1);
  const languages = builder.parameter(terms.map(({ language }) => language));
  const words = builder.parameter(terms.map(({ term }) => term));
  return {
    // One subquery for all languages is planned once.
    sql: `SELECT id, impact::text AS key, impact::float8 / ${scoreUnit} AS score
      FROM unnest(${languages}::text[], ${words}::text[]) AS w (language, term)
      CROSS JOIN LATERAL (
        SELECT t.listing_id AS id, t.impact FROM search_term t
        JOIN search_listing s ON s.listing_id = t.listing_id
        WHERE t.language = w.language AND t.term = w.term
          AND ${builder.where} ${condition.replaceAll('s.listing_id', 't.listing_id')}
        ORDER BY t.impact ${direction}, t.listing_id ${direction} LIMIT ${limit}
      ) AS found ORDER BY impact ${direction}, id ${direction} LIMIT ${limit}`,
    parameters: builder.parameters,
  };
}

/** Listings that have a word in their summary or description only. */
function restStatement(query: ListingQuery, cut: Cut): PageStatement | null {
  const builder = new Conditions(query);
  if (!builder.match) return null;
  const where = `${builder.whereMatching} AND NOT s.head @@ ${builder.match.query}`;
  const selection = { where, order: byScore('s.quality'), score: 's.quality' };
  return builder.isListed ? orderedStatement(builder, selection, cut) : statement(builder, selection, cut);
}

function scored(builder: Conditions, where: string, score: string, cut: Cut): Statement {
  return statement(builder, { where, order: byScore(score), score }, cut);
}

interface Selection {
  where: string;
  order: ListingOrder;
  score: string | null;
}

function statement(builder: Conditions, selection: Selection, cut: Cut): Statement {
  const { direction, condition } = position(builder, selection.order, cut);
  return {
    sql: `SELECT ${columnsOf(selection)} FROM search_listing s WHERE ${selection.where} ${condition}
      ORDER BY ${selection.order.key} ${direction}, s.listing_id ${direction}
      LIMIT ${builder.parameter(cut.limit + 1)}`,
    parameters: builder.parameters,
  };
}

/**
 * Index entries that are read in order, hoping to find a page. Fewer of a text, whose words are read from each listing.
 */
const maxWalked = { text: 500, filter: 1_000 };
/** If no more listings match, collecting them costs less than reading so many entries. */
const maxRare = 1_000;

/**
 * A page in the order of an index. The planner cannot know whether reading in order finds matches soon, and would read
 * the whole table where they are at the far end or nowhere. So the statement reads some entries in order; only if these
 * are too few for a page, it collects all matches by their words and properties and sorts them. Where few match, it reads
 * none in order.
 */
function orderedStatement(
  builder: Conditions,
  selection: Selection,
  cut: Cut,
  kinds: readonly Kind[] = [],
): PageStatement {
  const { match, isNarrowed } = builder;
  const { key } = selection.order;
  const { direction, condition } = position(builder, selection.order, cut);
  const limit = builder.parameter(cut.limit + 1);
  const source = (entries: number | string): string =>
    entriesInOrder(builder, selection.order, kinds.length > 0 ? kinds : [null], {
      direction,
      condition,
      entries,
    });
  const order = `ORDER BY ${key} ${direction}, s.listing_id ${direction}`;
  // The entries themselves are the page.
  if (!match && !isNarrowed)
    return {
      sql: `SELECT ${columnsOf(selection)} FROM (${source(limit)}) s ${order} LIMIT ${limit}`,
      parameters: builder.parameters,
    };
  const entries = cut.isRare ? 0 : match ? maxWalked.text : maxWalked.filter;
  const columns = `${columnsOf(selection)}, ${key} AS sort_key`;
  return {
    sql: `WITH walked AS MATERIALIZED (
        SELECT ${columns} FROM (${source(entries)}) s
        WHERE ${selection.where} ${order} LIMIT ${limit}
      ), collected AS MATERIALIZED (
        SELECT ${columns} FROM search_listing s
        WHERE (SELECT count(*) FROM walked) < ${limit} AND ${selection.where} ${condition}
      ), found AS (
        SELECT * FROM walked WHERE (SELECT count(*) FROM walked) = ${limit} UNION ALL SELECT * FROM collected
      )
      SELECT id, key, score FROM found ORDER BY sort_key ${direction}, id ${direction} LIMIT ${limit}`,
    parameters: builder.parameters,
    walks: true,
  };
}

interface Walk {
  direction: string;
  condition: string;
  /** Entries at most. */
  entries: number | string;
}

/** The first entries of a sort order, of each kind by an index of its own; a kind of null: of all. */
function entriesInOrder(
  builder: Conditions,
  { key, bound }: ListingOrder,
  kinds: readonly (Kind | null)[],
  { direction, condition, entries }: Walk,
): string {
  const bounds = (bound ? builder.bounds[bound] : []).map((one) => `AND ${one}`).join(' ');
  const order = `ORDER BY ${key} ${direction}, s.listing_id ${direction} LIMIT ${entries}`;
  const ofEach = kinds.map((kind) => {
    const ofKind = kind ? `AND s.kind = ${builder.parameter(kind)}` : '';
    return `SELECT * FROM search_listing s WHERE s.is_listed ${ofKind} ${bounds} ${condition} ${order}`;
  });
  const [only, ...others] = ofEach;
  if (others.length === 0) return only ?? '';
  return `SELECT * FROM (${ofEach.map((one) => `(${one})`).join(' UNION ALL ')}) s ${order}`;
}

function columnsOf({ order, score }: Selection): string {
  const relevance = score === null ? 'NULL::float8' : `${score}::float8 / ${scoreUnit}`;
  return `s.listing_id AS id, ${order.text(order.key)} AS key, ${relevance} AS score`;
}

function position(
  builder: Conditions,
  order: ListingOrder,
  { after, backward }: Cut,
): { direction: string; condition: string } {
  const isDescending = order.isDescending !== backward;
  const condition = after
    ? `AND (${order.key}, s.listing_id) ${isDescending ? '<' : '>'}
        (${order.read(builder.parameter(after.key))}, ${builder.parameter(after.id)}::uuid)`
    : '';
  return { direction: isDescending ? 'DESC' : 'ASC', condition };
}

/** Returns a page of listings: at most one more than its limit. */
export async function findListings(
  manager: EntityManager,
  query: ListingQuery,
  sort: Sort,
  page: Page<ListingCursor>,
): Promise<FoundListing[]> {
  const found: FoundListing[] = [];
  for (const [index, statement] of pageStatements(query, sort, page).entries()) {
    if (found.length > page.limit) break;
    const isRare = statement.walks === true && (await isRareMatch(manager, query));
    const { sql, parameters } = (isRare && pageStatements(query, sort, page, true)[index]) || statement;
    found.push(...(await manager.query<FoundListing[]>(sql, parameters)));
  }
  return found.slice(0, page.limit + 1);
}

async function isRareMatch(manager: EntityManager, query: ListingQuery): Promise<boolean> {
  return (await estimateRows(manager, new Conditions(query))) <= maxRare;
}

/** Counts all listings that match. */
export function countListings(manager: EntityManager, query: ListingQuery): Promise<RowCount> {
  const { whereMatching, parameters } = new Conditions(query);
  return countRows(manager, `SELECT 1 FROM search_listing s WHERE ${whereMatching}`, parameters);
}
