import type { Corrections } from './search-text.js';

/** Sort orders of a list. */
export type Sort = 'RELEVANCE' | 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'STARTS_AT' | 'TITLE' | 'RATING';

/**
 * A cursor: the sort order, the sort key as text, the id, and the corrections of the search text, so that all pages
 * search for the same words.
 */
export type ListingCursor = [sort: Sort, key: string, id: string, corrections?: Corrections];

/** A sort order: the key, its text form in a cursor, and how SQL reads that text back. */
export interface ListingOrder {
  key: string;
  text: (key: string) => string;
  read: (parameter: string) => string;
  isDescending: boolean;
  /** The conditions of a query that bound the key; null if there are none. */
  bound: 'start' | 'price' | null;
}

const times = { bound: null, text: toMillis, read: fromMillis };
const numbers = { bound: null, text: toText, read: asBigint };

/** The sort orders. Each has an index on search_listing, and one for each kind of listing, but RELEVANCE. */
export const orders: Readonly<Record<Exclude<Sort, 'RELEVANCE'>, ListingOrder>> = {
  NEWEST: { key: 's.listed_at', ...times, isDescending: true },
  // A tour sorts by its next departure. Listings without a start sort last.
  STARTS_AT: { key: 's.next_start', ...times, isDescending: false, bound: 'start' },
  // Published listings have a price; drafts may have none, and -1 here.
  PRICE_ASC: { key: 's.price_min', ...numbers, isDescending: false, bound: 'price' },
  PRICE_DESC: { key: 's.price_min', ...numbers, isDescending: true, bound: 'price' },
  // By the alphabet (Unicode's root collation, the column's); by code point "É" would come after "Z".
  TITLE: {
    key: 's.title_key',
    bound: null,
    text: toText,
    read: (parameter) => parameter,
    isDescending: false,
  },
  // A copy of social's ratings (domain/rating-projection.ts); 0 without reviews.
  RATING: { key: 's.rating_key', ...numbers, isDescending: true },
};

/** The order of a key that is a score: an integer, millionths. */
export function byScore(key: string): ListingOrder {
  return { key, ...numbers, isDescending: true };
}

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
  RATING: wholeNumber,
  RELEVANCE: /^\d{1,9}$/,
};

/** Whether a value is a cursor of this sort order. */
export function isListingCursor(sort: Sort): (value: unknown) => value is ListingCursor {
  return (value): value is ListingCursor =>
    Array.isArray(value) &&
    (value.length === 3 || (value.length === 4 && areCorrections(value[3]))) &&
    value[0] === sort &&
    typeof value[1] === 'string' &&
    keyPatterns[sort].test(value[1]) &&
    typeof value[2] === 'string' &&
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value[2]);
}

const maxCorrections = 16;
const correctedWord = /^[\p{L}\p{N}\p{M}]{1,64}$/u;

function areCorrections(value: unknown): value is Corrections {
  return (
    Array.isArray(value) &&
    value.length <= maxCorrections &&
    value.every(
      (pair) =>
        Array.isArray(pair) &&
        pair.length === 2 &&
        pair.every((word) => typeof word === 'string' && correctedWord.test(word)),
    )
  );
}

/** Returns the sort order to use: RELEVANCE requires a search text. */
export function effectiveSort(sort: Sort | null | undefined, isSearching: boolean): Sort {
  if (!sort) return isSearching ? 'RELEVANCE' : 'NEWEST';
  return sort === 'RELEVANCE' && !isSearching ? 'NEWEST' : sort;
}
