import type { ListingEntity, ListingStatus } from '../../entities/listing.js';

/** The status of a listing in the API: a deleted one, which an order refers to, is an archived one. */
export function statusOf({ status }: Pick<ListingEntity, 'status'>): ListingStatus {
  return status === 'DELETED' ? 'ARCHIVED' : status;
}
