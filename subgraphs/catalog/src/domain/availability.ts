import type { ListingEntity } from '../entities/listing.js';
import type { OfferEntity } from '../entities/offer.js';
import { isSellerActiveSql } from '../entities/partner-projection.js';

/** Availability of an offer. */
export type AvailabilityStatus = 'IN_STOCK' | 'LOW_STOCK' | 'SOLD_OUT' | 'NOT_ON_SALE';

type ListingTimes = Pick<ListingEntity, 'startsAt' | 'endsAt'>;
type OfferTimes = Pick<OfferEntity, 'salesStartAt' | 'salesEndAt' | 'startsAt'>;

/**
 * Returns the time from which an offer is no longer sold: the end of its sales period or else the start of its event,
 * and never later than its departure or the end of its event. Null without an end.
 */
export function saleEnd(offer: OfferTimes, listing: ListingTimes): Date | null {
  const ends = [offer.salesEndAt ?? listing.startsAt, offer.startsAt, listing.endsAt].filter(
    (end) => end !== null,
  );
  return ends.length === 0 ? null : new Date(Math.min(...ends.map((end) => end.getTime())));
}

/** Whether there is a time, now or later, at which an offer is sold once its listing is published. */
export function hasSaleAhead(offer: OfferTimes, listing: ListingTimes, now: Date): boolean {
  const end = saleEnd(offer, listing);
  return end === null || (end > now && (offer.salesStartAt === null || offer.salesStartAt < end));
}

/**
 * Whether an offer is on sale: the listing is published, its seller is neither suspended nor rejected, and the sales
 * period includes `now`. `onSaleSql` implements the same rule in SQL.
 */
export function isOnSale(
  offer: OfferTimes,
  listing: ListingTimes & Pick<ListingEntity, 'status' | 'isSellerActive'>,
  now: Date,
): boolean {
  const end = saleEnd(offer, listing);
  return (
    listing.status === 'PUBLISHED' &&
    listing.isSellerActive &&
    (offer.salesStartAt === null || offer.salesStartAt <= now) &&
    (end === null || end > now)
  );
}

/** The rule of `isOnSale` for an offer `o` of a listing `l`, for filters in the database. */
export const onSaleSql = `l.status = 'PUBLISHED'
  AND ${isSellerActiveSql('l')}
  AND (o.sales_start_at IS NULL OR o.sales_start_at <= now())
  AND COALESCE(LEAST(COALESCE(o.sales_end_at, l.starts_at), o.starts_at, l.ends_at) > now(), true)`;

/** From the worst availability to the best. */
const statusesByRank: readonly AvailabilityStatus[] = ['NOT_ON_SALE', 'SOLD_OUT', 'LOW_STOCK', 'IN_STOCK'];

/** Returns the best of these; NOT_ON_SALE of none. */
export function bestStatus(statuses: readonly AvailabilityStatus[]): AvailabilityStatus {
  const ranks = statuses.map((status) => statusesByRank.indexOf(status));
  return statusesByRank[Math.max(0, ...ranks)] ?? 'NOT_ON_SALE';
}

/** Sums units; null, which is unlimited, if one is null. */
export function sumUnlessUnlimited(units: readonly (number | null)[]): number | null {
  return units.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

/** Returns the availability that buyers see. `available` is null for unlimited stock. */
export function availabilityStatus(
  onSale: boolean,
  available: number | null,
  lowStockThreshold: number,
): AvailabilityStatus {
  if (!onSale) return 'NOT_ON_SALE';
  if (available === null) return 'IN_STOCK';
  if (available <= 0) return 'SOLD_OUT';
  return available < lowStockThreshold ? 'LOW_STOCK' : 'IN_STOCK';
}
