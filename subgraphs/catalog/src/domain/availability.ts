import type { ListingEntity } from '../entities/listing.js';
import type { OfferEntity } from '../entities/offer.js';

/** Availability of an offer. */
export type AvailabilityStatus = 'IN_STOCK' | 'LOW_STOCK' | 'SOLD_OUT' | 'NOT_ON_SALE';

type ListingTimes = Pick<ListingEntity, 'status' | 'kind' | 'startsAt'>;
type OfferTimes = Pick<OfferEntity, 'salesStartAt' | 'salesEndAt' | 'startsAt'>;

/**
 * Whether an offer is on sale: the listing is published, the sales period includes `now`, and neither the
 * event nor the departure has started. `onSaleSql` implements the same rule in SQL.
 */
export function isOnSale(offer: OfferTimes, listing: ListingTimes, now: Date): boolean {
  return (
    listing.status === 'PUBLISHED' &&
    (offer.salesStartAt === null || offer.salesStartAt <= now) &&
    (offer.salesEndAt === null || offer.salesEndAt > now) &&
    (offer.startsAt === null || offer.startsAt > now) &&
    (listing.kind !== 'EVENT' || (listing.startsAt !== null && listing.startsAt > now))
  );
}

/** The rule of `isOnSale` for an offer `o` of a listing `l`, for filters in the database. */
export const onSaleSql = `l.status = 'PUBLISHED'
  AND (o.sales_start_at IS NULL OR o.sales_start_at <= now())
  AND (o.sales_end_at IS NULL OR o.sales_end_at > now())
  AND (o.starts_at IS NULL OR o.starts_at > now())
  AND (l.kind <> 'EVENT' OR l.starts_at > now())`;

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
