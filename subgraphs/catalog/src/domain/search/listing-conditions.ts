import type { Kind, ListingStatus } from '../../entities/listing.js';
import { onSaleSql } from '../availability.js';
import type { ReadText } from './search-text.js';
import type { TextMatch } from './text-match.js';
import { matchText } from './text-match.js';
import { bandsWithin } from './price-bands.js';

/** Filter of listings. Ids are UUIDs; null and absent fields do not restrict. */
export interface ListingQuery {
  status: ListingStatus;
  /** The search text, read by `readText`. */
  text?: ReadText | null;
  kinds?: readonly Kind[] | null;
  /** The category; those below it are included. */
  categoryId?: string | null;
  /** A listing must have all of them. */
  tags?: readonly string[] | null;
  partnerId?: string | null;
  city?: string | null;
  difficulties?: readonly string[] | null;
  priceMin?: { amount: number; currency: string } | null;
  priceMax?: { amount: number; currency: string } | null;
  startsAfter?: Date | null;
  startsBefore?: Date | null;
  availableOnly?: boolean | null;
}

/** Properties that facets count, and that filters restrict. */
export type FacetName =
  'KIND' | 'CATEGORY' | 'TAG' | 'PRICE_BAND' | 'CITY' | 'PARTNER' | 'DIFFICULTY' | 'DATE';

/** Builds the SQL conditions of a query on `search_listing s`, with their parameters. */
export class Conditions {
  readonly parameters: unknown[] = [];
  /** The expressions of the search text; null without one, or for one that nothing matches. */
  readonly match: TextMatch | null;
  /** Whether only listings in the shop are read: these have indexes. */
  readonly isListed: boolean;
  /** The kinds that are searched, each once; empty: all. */
  readonly kinds: readonly Kind[];
  /** Whether there are conditions besides status, kinds and search text. */
  readonly isNarrowed: boolean;
  /** Conditions that all matches fulfil, on the key of a sort order: an index in this order need not be read beyond. */
  readonly bounds: { readonly start: string[]; readonly price: string[] } = { start: [], price: [] };
  readonly #all: string[] = [];

  /** @param without the property whose filter is left out */
  constructor(query: ListingQuery, without: FacetName | null = null) {
    this.isListed = query.status === 'PUBLISHED';
    // A literal, not a parameter: the partial indexes cover what is in the shop only.
    this.add(this.isListed ? 's.is_listed' : `s.status = '${query.status}' AND NOT s.is_listed`);
    this.match = query.text ? matchText(query.text, (value) => this.parameter(value)) : null;
    if (query.text && !this.match) this.add('false');
    this.kinds = without === 'KIND' ? [] : [...new Set(query.kinds ?? [])];
    const general = this.#all.length;
    this.#addFacets(query, without);
    if (without !== 'PRICE_BAND') this.#addPrice(query);
    if (without !== 'DATE') this.#addStarts(query);
    if (query.availableOnly)
      this
        .add(`EXISTS (SELECT FROM listing l JOIN offer o ON o.listing_id = l.id JOIN offer_stock k ON k.offer_id = o.id
        WHERE l.id = s.listing_id AND ${onSaleSql} AND (k.available IS NULL OR k.available > 0))`);
    this.isNarrowed = this.#all.length > general;
    if (this.kinds.length > 0) this.#addAny(this.kinds.map((kind) => `k:${kind}`));
  }

  /** All conditions but the search text's, joined by AND. */
  get where(): string {
    return this.#all.join(' AND ');
  }

  /** All conditions, joined by AND. */
  get whereMatching(): string {
    return this.match ? `${this.where} AND s.words @@ ${this.match.query}` : this.where;
  }

  /** Adds a condition. */
  add(condition: string): void {
    this.#all.push(condition);
  }

  /** Adds a parameter and returns its placeholder. */
  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  // The values of all properties are in one array, with a prefix each, so that one index serves every combination.
  #addFacets(query: ListingQuery, without: FacetName | null): void {
    const { categoryId, tags, partnerId, city, difficulties } = query;
    const all = [
      ...(categoryId && without !== 'CATEGORY' ? [`c:${categoryId}`] : []),
      ...(without === 'TAG' ? [] : (tags ?? []).map((tag) => `t:${tag}`)),
      ...(partnerId && without !== 'PARTNER' ? [`p:${partnerId}`] : []),
    ];
    if (all.length > 0) this.add(`s.facets @> ${this.parameter(all)}::text[]`);
    if (difficulties && without !== 'DIFFICULTY') this.#addAny(difficulties.map((value) => `d:${value}`));
    if (city && without !== 'CITY')
      this.add(`s.facets @> ARRAY['y:' || unaccent(lower(${this.parameter(city.trim())}))]`);
  }

  #addAny(values: readonly string[]): void {
    this.add(`s.facets && ${this.parameter(values)}::text[]`);
  }

  #addPrice({ priceMin, priceMax }: ListingQuery): void {
    const currency = priceMin?.currency ?? priceMax?.currency;
    if (currency === undefined) return;
    this.add(`s.price_currency = ${this.parameter(currency)}`);
    const min = priceMin ? this.parameter(priceMin.amount) : null;
    const max = priceMax ? this.parameter(priceMax.amount) : null;
    if (min) this.add(`s.price_max >= ${min}`);
    if (max) {
      this.add(`s.price_min <= ${max}`);
      this.bounds.price.push(`s.price_min <= ${max}`);
    }
    // The index finds the bands; the conditions here are exact.
    this.#addAny(bandsWithin(currency, priceMin?.amount, priceMax?.amount));
    // The lowest price below and the highest above: an offer between them may be missing.
    if (min && max)
      this.add(`(s.price_min >= ${min} OR s.price_max <= ${max} OR EXISTS (
        SELECT FROM offer o WHERE o.listing_id = s.listing_id AND o.price_amount BETWEEN ${min} AND ${max}))`);
  }

  #addStarts({ startsAfter, startsBefore }: ListingQuery): void {
    const after = startsAfter ? this.parameter(startsAfter) : null;
    const before = startsBefore ? this.parameter(startsBefore) : null;
    if (after) {
      this.add(`${lastStart} > ${after}`);
      // A listing's next start is its last one, or still to come; its row may be late by seconds.
      this.bounds.start.push(`s.next_start > LEAST(${after}, now()) - interval '1 day'`);
    }
    if (before) this.add(`${firstStart} < ${before}`);
    if (!startsAfter || !startsBefore) return;
    this.add(
      `EXISTS (SELECT FROM unnest(s.starts) AS t (start) WHERE start > ${after} AND start < ${before})`,
    );
    const months = monthsBetween(startsAfter, startsBefore);
    // The index finds the months; the condition above is exact.
    if (months) this.#addAny(months.map((month) => `m:${month}`));
  }
}

/** Both have statistics and an index. */
const firstStart = '(array_sort(s.starts))[1]';
const lastStart = '(array_sort(s.starts))[cardinality(s.starts)]';

const maxMonths = 24;

/** The months in UTC from one time to another, as 2026-12; null if there are too many to list. */
function monthsBetween(from: Date, to: Date): string[] | null {
  const first = from.getUTCFullYear() * 12 + from.getUTCMonth();
  const count = to.getUTCFullYear() * 12 + to.getUTCMonth() - first + 1;
  if (count > maxMonths) return null;
  return Array.from({ length: Math.max(count, 0) }, (_, index) =>
    new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + index, 1)).toISOString().slice(0, 7),
  );
}
