import type { Kind, ListingStatus } from '../../entities/listing.js';
import { isSellerActiveSql } from '../../entities/partner-projection.js';
import { onSaleSql } from '../availability.js';

/** Filter of listings. Ids are UUIDs; null and absent fields do not restrict. */
export interface ListingQuery {
  status: ListingStatus;
  search?: string | null;
  kinds?: readonly Kind[] | null;
  /** The category and its descendants. */
  categoryIds?: readonly string[] | null;
  /** A listing must have all of them. */
  tags?: readonly string[] | null;
  partnerId?: string | null;
  city?: string | null;
  priceMin?: { amount: number; currency: string } | null;
  priceMax?: { amount: number; currency: string } | null;
  startsAfter?: Date | null;
  startsBefore?: Date | null;
  availableOnly?: boolean | null;
}

/** Whether the query has search words. */
export function hasWords({ search }: Pick<ListingQuery, 'search'>): boolean {
  return (search ?? '').trim() !== '';
}

/** Builds the SQL conditions of a query on `listing l`, with their parameters. */
export class Conditions {
  readonly parameters: unknown[] = [];
  readonly scored: boolean;
  readonly #all: string[] = [];
  #from = 'listing l';

  constructor(query: ListingQuery) {
    this.scored = hasWords(query);
    // A literal, not a parameter: the partial indexes cover published listings only.
    this.#all.push(`l.status = '${query.status}'`);
    // The shop lists nothing of a suspended seller.
    if (query.status === 'PUBLISHED') this.#all.push(isSellerActiveSql('l'));
    this.#addWords(query);
    this.#addPlain(query);
    this.#addPrice(query);
    this.#addStarts(query);
    if (query.availableOnly)
      this.add(`EXISTS (SELECT FROM offer o JOIN offer_stock k ON k.offer_id = o.id
        WHERE o.listing_id = l.id AND ${onSaleSql} AND (k.available IS NULL OR k.available > 0))`);
  }

  /** The FROM clause; with search words it provides `m.score`. */
  get from(): string {
    return this.#from;
  }

  /** All conditions, joined by AND. */
  get where(): string {
    return this.#all.join(' AND ');
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

  #addWords({ search }: ListingQuery): void {
    if (!this.scored) return;
    const words = this.parameter((search ?? '').trim());
    this.#from = `listing l
      CROSS JOIN (SELECT websearch_to_tsquery('english', ${words}) AS stems,
        websearch_to_tsquery('simple', ${words}) AS words, lower(${words}) AS plain) q
      CROSS JOIN LATERAL (SELECT round((GREATEST(ts_rank(l.search, q.stems), ts_rank(l.search, q.words))
        + word_similarity(q.plain, lower(l.title)) / 2)::numeric, 6) AS score) m`;
    this.add('(l.search @@ q.stems OR l.search @@ q.words OR q.plain <% lower(l.title))');
  }

  #addPlain({ kinds, categoryIds, tags, partnerId, city }: ListingQuery): void {
    if (kinds) this.add(`l.kind = ANY(${this.parameter(kinds)})`);
    if (categoryIds) {
      const [only] = categoryIds;
      // A single category is read in index order; several are not.
      if (only !== undefined && categoryIds.length === 1) this.add(`l.category_id = ${this.parameter(only)}`);
      else this.add(`l.category_id = ANY(${this.parameter(categoryIds)})`);
    }
    if (tags && tags.length > 0) this.add(`l.tags @> ${this.parameter(tags)}::text[]`);
    if (partnerId) this.add(`l.partner_id = ${this.parameter(partnerId)}`);
    if (city) {
      const name = this.parameter(city.trim());
      this.add(`(split_part(lower(l.location), ',', 1) = lower(${name})
        OR EXISTS (SELECT FROM venue v WHERE v.id = l.venue_id AND lower(v.city) = lower(${name})))`);
    }
  }

  #addPrice({ priceMin, priceMax }: ListingQuery): void {
    const currency = priceMin?.currency ?? priceMax?.currency;
    if (currency === undefined) return;
    const bounds = [`o.price_currency = ${this.parameter(currency)}`];
    if (priceMin) bounds.push(`o.price_amount >= ${this.parameter(priceMin.amount)}`);
    if (priceMax) bounds.push(`o.price_amount <= ${this.parameter(priceMax.amount)}`);
    this.add(`EXISTS (SELECT FROM offer o WHERE o.listing_id = l.id AND ${bounds.join(' AND ')})`);
  }

  #addStarts({ startsAfter, startsBefore }: ListingQuery): void {
    if (!startsAfter && !startsBefore) return;
    const bounds = (column: string): string =>
      [
        startsAfter ? `${column} > ${this.parameter(startsAfter)}` : [],
        startsBefore ? `${column} < ${this.parameter(startsBefore)}` : [],
      ]
        .flat()
        .join(' AND ');
    this.add(`(${bounds('l.starts_at')}
      OR EXISTS (SELECT FROM offer o WHERE o.listing_id = l.id AND ${bounds('o.starts_at')}))`);
  }
}
