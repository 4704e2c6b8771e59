import type { FormattedExecutionResult } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';

/** The caching headers of a subgraph's response (RFC 9111). */
export interface Freshness {
  /** Why the answer must not be kept for others; null where it may be. */
  restriction: CacheRestriction | null;
  /** Seconds for which it is fresh from now on; null where nothing is said. */
  maxAgeS: number | null;
  /** Whether it may be kept for others although its request had an Authorization (RFC 9111, 3.5). */
  isShared: boolean;
}

/** Directives of Cache-Control by which an answer is not kept, from the weakest. */
export const restrictions = ['no-cache', 'private', 'no-store'] as const;

/** A directive of Cache-Control by which an answer is not kept. */
export type CacheRestriction = (typeof restrictions)[number];

/** The key of a result's freshness: JSON leaves it out, and copies of the result have it. */
const key = Symbol('freshness');

/** Notes on a result what the headers of its response say. */
export function noteFreshness(
  result: FormattedExecutionResult,
  headers: Readonly<IncomingHttpHeaders>,
): FormattedExecutionResult {
  if (headers['cache-control'] === undefined && headers.vary === undefined) return result;
  return Object.assign(result, { [key]: readFreshness(headers) });
}

/** The freshness of a result; null where its response had no caching headers. */
export function freshnessOf(result: FormattedExecutionResult): Freshness | null {
  return (result as { [key]?: Freshness })[key] ?? null;
}

/** Reads the headers of a response. */
export function readFreshness({ 'cache-control': control = '', age, vary }: IncomingHttpHeaders): Freshness {
  const directives = directivesOf(control);
  const restriction = restrictions.findLast((name) => directives.has(name)) ?? null;
  // A shared cache's own lifetime goes before that of all.
  const stated = directives.get('s-maxage') ?? directives.get('max-age');
  const seconds = stated === undefined ? null : secondsOf(stated);
  const ageS = seconds === null || age === undefined ? 0 : (secondsOf(age) ?? 0);
  return {
    restriction: restriction ?? (vary?.trim() === '*' ? 'private' : null),
    // A lifetime that cannot be read is none.
    maxAgeS: stated === undefined ? null : Math.max(0, (seconds ?? 0) - ageS),
    isShared: ['public', 's-maxage', 'must-revalidate'].some((name) => directives.has(name)),
  };
}

/** The directives of a header by their names; an empty text stands for no argument. The first of a name counts. */
function directivesOf(header: string): Map<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of header.matchAll(
    /([\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g,
  )) {
    const lower = name.toLowerCase();
    if (!directives.has(lower)) directives.set(lower, quoted ?? plain);
  }
  return directives;
}

function secondsOf(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text) : null;
}
