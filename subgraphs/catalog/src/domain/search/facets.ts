import type { EntityManager } from 'typeorm';
import type { FacetName, ListingQuery } from './listing-conditions.js';
import { Conditions } from './listing-conditions.js';
import type { FacetCounts } from './facet-counts.js';
import type { FacetEstimates } from './facet-estimates.js';
import type { Statement } from './listing-search.js';
import { estimateRows } from './row-estimate.js';

/** The prefixes of the properties in search_listing.facets. */
const prefixes: Readonly<Record<FacetName, string>> = {
  KIND: 'k',
  CATEGORY: 'c',
  TAG: 't',
  PRICE_BAND: 'b',
  CITY: 'y',
  PARTNER: 'p',
  DIFFICULTY: 'd',
  DATE: 'm',
};

const names = Object.keys(prefixes) as FacetName[];

/** Listings of a list whose values are counted exactly. */
export const maxCounted = 2_000;
/** Listings at most of the random sample by which the values of a longer list are estimated. */
const sampleSize = 1_500;
/** Samples are a half of all listings, a quarter and so on, down to the 65,536th part. */
const smallestSample = 16;
/** Values of a facet. */
const maxValues = 50;

/**
 * Counts the values of each property over the list that a query finds without its own filter on that property.
 * @param estimates estimates of a moment ago, which are used again
 */
export async function countFacets(
  manager: EntityManager,
  query: ListingQuery,
  now: Date,
  estimates: FacetEstimates | null = null,
): Promise<FacetCounts[]> {
  const filtered = names.filter((name) => isFiltered(query, name));
  const others = names.filter((name) => !filtered.includes(name));
  const groups = [
    ...(others.length > 0 ? [{ counted: others, without: null }] : []),
    ...filtered.map((name) => ({ counted: [name], without: name })),
  ];
  const found: FacetCounts[] = [];
  for (const { counted, without } of groups)
    found.push(...(await countValues(manager, new Conditions(query, without), counted, now, estimates)));
  return names.flatMap((name) => found.filter((facet) => facet.name === name));
}

function isFiltered(query: ListingQuery, name: FacetName): boolean {
  switch (name) {
    case 'KIND':
      return Boolean(query.kinds);
    case 'CATEGORY':
      return Boolean(query.categoryId);
    case 'TAG':
      return (query.tags ?? []).length > 0;
    case 'PRICE_BAND':
      return Boolean(query.priceMin ?? query.priceMax);
    case 'CITY':
      return Boolean(query.city);
    case 'PARTNER':
      return Boolean(query.partnerId);
    case 'DIFFICULTY':
      return Boolean(query.difficulties);
    case 'DATE':
      return Boolean(query.startsAfter ?? query.startsBefore);
  }
}

interface CountRow {
  code: string | null;
  count: number;
  total: number;
}

async function countValues(
  manager: EntityManager,
  conditions: Conditions,
  counted: readonly FacetName[],
  now: Date,
  estimates: FacetEstimates | null,
): Promise<FacetCounts[]> {
  const key = JSON.stringify([conditions.whereMatching, conditions.parameters, counted]);
  const estimate = estimates?.find(key, now);
  if (estimate) return estimate;
  const found = await countAnew(manager, conditions, counted, now);
  if (found.some(({ isEstimate }) => isEstimate)) estimates?.keep(key, found, now);
  return found;
}

async function countAnew(
  manager: EntityManager,
  conditions: Conditions,
  counted: readonly FacetName[],
  now: Date,
): Promise<FacetCounts[]> {
  const run = async (sample: number | null): Promise<{ rows: CountRow[]; total: number }> => {
    const { sql, parameters } = facetStatement(conditions, counted, now, sample);
    const rows: CountRow[] = await manager.query(sql, parameters);
    return { rows, total: rows[0]?.total ?? 0 };
  };
  const expected = await estimateRows(manager, conditions);
  if (expected <= maxCounted) {
    const { rows, total } = await run(null);
    if (total <= maxCounted) return toFacets(counted, rows, 1);
  }
  // The planner may be wrong: the sample becomes larger until it is large enough.
  const smaller = Math.ceil(Math.log2(Math.max(expected, maxCounted) / sampleSize));
  for (let sample = Math.min(smaller, smallestSample); sample > 0; sample -= 2) {
    const { rows, total } = await run(sample);
    if (total * 2 ** sample > maxCounted && total >= sampleSize / 4)
      return toFacets(counted, rows, 2 ** sample);
  }
  const { rows, total } = await run(null);
  return toFacets(counted, rows, total > maxCounted ? expected / maxCounted : 1);
}

/**
 * Builds the statement that counts values over a list, or over a random sample of it. It reads one listing more than are
 * counted exactly, to find out whether there are more.
 * @param sample the sample is the 2^sample-th part of the list
 */
export function facetStatement(
  conditions: Conditions,
  counted: readonly FacetName[],
  now: Date,
  sample: number | null = null,
): Statement {
  const parameters = [...conditions.parameters];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const sampled = sample === null ? '' : `AND s.facets @> ${parameter([`s:${sample}`])}::text[]`;
  const wanted = parameter(counted.map((name) => prefixes[name].charCodeAt(0)));
  const month = parameter(`m:${now.toISOString().slice(0, 7)}`);
  return {
    sql: `WITH matched AS MATERIALIZED (
        SELECT s.facets FROM search_listing s WHERE ${conditions.whereMatching} ${sampled} LIMIT ${maxCounted + 1}
      ), counted AS (
        SELECT code, count(*)::int AS count FROM (SELECT unnest(facets) COLLATE "C" AS code FROM matched) AS f
        GROUP BY code
      ), ranked AS (
        SELECT code, count, row_number() OVER (PARTITION BY ascii(code) ORDER BY count DESC, code) AS place
        FROM counted WHERE ascii(code) = ANY(${wanted}::int[]) AND (code !~~ 'm:%' OR code >= ${month})
      ), whole AS (
        SELECT count(*)::int AS total FROM matched
      )
      SELECT r.code, r.count, w.total FROM whole w LEFT JOIN ranked r ON r.place <= ${maxValues}
      ORDER BY r.count DESC, r.code`,
    parameters,
  };
}

function toFacets(counted: readonly FacetName[], rows: readonly CountRow[], factor: number): FacetCounts[] {
  return counted.map((name) => ({
    name,
    isEstimate: factor > 1,
    values: rows.flatMap(({ code, count }) =>
      code?.startsWith(`${prefixes[name]}:`)
        ? [{ value: code.slice(2), count: Math.round(count * factor) }]
        : [],
    ),
  }));
}
