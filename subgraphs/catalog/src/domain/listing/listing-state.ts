import type { ListingState } from '@souk/shared/contracts/catalog';
import type { EntityManager } from 'typeorm';
import { statusOf } from './listing-status.js';
import { ListingEntity } from '../../entities/listing.js';

/** Reads a listing for an event, after the change. */
export async function readListingState(manager: EntityManager, listingId: string): Promise<ListingState> {
  const listing = await manager.findOneByOrFail(ListingEntity, { id: listingId });
  const status = statusOf(listing);
  const { kind, partnerId, slug, title, language, summary, categoryId, tags } = listing;
  const { priceMin, priceMax, priceCurrency: currency } = listing;
  const priceRange =
    priceMin === null || priceMax === null || currency === null
      ? null
      : { min: { amount: priceMin, currency }, max: { amount: priceMax, currency } };
  const { revision, description, brand, location, venueId, difficulty } = listing;
  return {
    ...{ listingId, kind, status, partnerId, slug, title, language, summary, categoryId, tags, priceRange },
    ...{ revision, description, brand, location, venueId, difficulty },
    startsAt: listing.startsAt?.toISOString() ?? null,
    endsAt: listing.endsAt?.toISOString() ?? null,
    createdAt: listing.createdAt.toISOString(),
    updatedAt: listing.updatedAt.toISOString(),
    publishedAt: listing.publishedAt?.toISOString() ?? null,
  };
}
