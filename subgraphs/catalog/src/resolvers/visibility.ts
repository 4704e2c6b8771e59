import { graphError, unauthenticated } from '@souk/shared/graph/errors';
import type { Context } from '../context.js';
import { canSee, owns } from '../domain/permissions.js';
import type { EventSeatEntity } from '../entities/event-seat.js';
import type { ListingEntity } from '../entities/listing.js';
import type { OfferEntity } from '../entities/offer.js';

/** Returns the listing, or null if the caller may not see it. */
export async function visible(
  context: Context,
  listing: ListingEntity | null,
): Promise<ListingEntity | null> {
  return listing?.status === 'DELETED' ? null : referenced(context, listing);
}

/** Returns the listing that a cart or order refers to, which may be deleted; or null if the caller may not see it. */
export async function referenced(
  context: Context,
  listing: ListingEntity | null,
): Promise<ListingEntity | null> {
  if (!listing || listing.status !== 'DRAFT') return listing;
  // A draft is visible to its owner only, so the response must not be cached.
  context.cacheDependencies?.markPrivate();
  return canSee(await context.seller(), listing) ? listing : null;
}

type Part = OfferEntity | EventSeatEntity;

/** Returns the offer or seat, or null if the caller may not see its listing. */
export async function visibleOf<Found extends Part>(
  context: Context,
  part: Found | null,
): Promise<Found | null> {
  if (!part) return null;
  return (await visible(context, await context.loaders.listing.load(part.listingId))) ? part : null;
}

/** Returns the offer or seat that a cart or order refers to, or null if the caller may not see its listing. */
export async function referencedOf<Found extends Part>(
  context: Context,
  part: Found | null,
): Promise<Found | null> {
  if (!part) return null;
  return (await referenced(context, await context.loaders.listing.load(part.listingId))) ? part : null;
}

/** Requires the owner of private data. @throws UNAUTHENTICATED, FORBIDDEN */
export async function requireOwner(context: Context, partnerId: string | null, what: string): Promise<void> {
  context.cacheDependencies?.markPrivate();
  if (!context.identity) throw unauthenticated(`${what} requires authentication.`);
  if (!owns(await context.seller(), { partnerId }))
    throw graphError('FORBIDDEN', `${what} requires its owner or catalog:manage.`);
}
