import { catalogEvents } from '@souk/shared/contracts/catalog';
import { fromApiId, newId } from '@souk/shared/ids';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { slugOf } from '@souk/shared/slug';
import type { EntityManager } from 'typeorm';
import type { Kind } from '../../entities/listing.js';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { checkComplete } from './completeness.js';
import { InputCheck } from '@souk/shared/input-check';
import type { ListingDraftInput } from './listing-draft.js';
import { readDraft } from './listing-draft.js';
import { readListingState } from './listing-state.js';
import { lockListing } from '../locks.js';
import type { Seller } from '../permissions.js';
import { requireOwned, ownerOf } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { maxGeneratedSlug, withFreeSlug } from '../slug.js';
import { insertUnlessTaken } from '../unique-insert.js';
import { checkVenueUse } from '../venue/venue-use.js';
import { contentTopics } from '../topics.js';

/**
 * Creates a draft and returns its id. @throws Rejection(s) INVALID, NOT_FOUND, NOT_OWNER (the venue),
 * SLUG_TAKEN
 */
export async function createListing(
  { manager, outbox, seller }: SellerTransaction,
  kind: Kind,
  input: ListingDraftInput,
): Promise<string> {
  const check = new InputCheck();
  const draft = await readDraft(manager, seller, kind, input, check);
  check.throwIfAny();
  const id = newId();
  const slug = await withFreeSlug(
    draft.slug,
    slugOf(draft.title, { maxLength: maxGeneratedSlug, fallback: 'listing' }),
    (candidate) =>
      insertUnlessTaken(manager, ListingEntity, {
        ...draft,
        id,
        slug: candidate,
        kind,
        status: 'DRAFT',
        partnerId: ownerOf(seller),
        features: draft.features as object,
        createdAt: () => 'now()',
        updatedAt: () => 'now()',
      }),
  );
  if (slug === null) {
    throw new Rejection('SLUG_TAKEN', 'Another listing has this slug.', {
      field: ['input', 'listing', 'slug'],
    });
  }
  outbox.publish(catalogEvents.listingCreated, id, await readListingState(manager, id));
  publishChange(manager, contentTopics(id));
  return id;
}

/**
 * Locks and returns a listing that the seller may change. `field` is the path of `apiId`.
 * @throws Rejection NOT_FOUND, NOT_OWNER
 */
export async function listingToChange(
  manager: EntityManager,
  seller: Seller,
  apiId: string,
  field: readonly string[],
): Promise<ListingEntity> {
  const id = fromApiId('listing', apiId);
  return requireOwned(seller, id === null ? null : await lockListing(manager, id), 'listing', field);
}

/**
 * Publishes a complete listing, also an archived one. A published listing stays as it is. Returns its id.
 * @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID for each missing field, an event that is over, and a listing of
 * which no offer can be sold any more
 */
export async function publishListing(
  { manager, outbox, seller }: SellerTransaction,
  apiId: string,
  now: Date,
): Promise<string> {
  const listing = await listingToChange(manager, seller, apiId, ['id']);
  if (listing.status === 'PUBLISHED') return listing.id;
  const check = new InputCheck();
  checkComplete(listing, await manager.findBy(OfferEntity, { listingId: listing.id }), check, now);
  await checkVenueUse(manager, seller, listing.venueId, ['input', 'venueId'], check);
  check.throwIfAny();
  await manager.query(
    `UPDATE listing SET status = 'PUBLISHED', published_at = COALESCE(published_at, now()), updated_at = now()
     WHERE id = $1`,
    [listing.id],
  );
  outbox.publish(catalogEvents.listingPublished, listing.id, await readListingState(manager, listing.id));
  publishChange(manager, contentTopics(listing.id));
  return listing.id;
}

/**
 * Ends the sale of a listing; it can still be read by id and slug. An archived listing stays as it is. Returns its id.
 * @throws Rejection NOT_FOUND, NOT_OWNER, INVALID for a draft
 */
export async function archiveListing(
  { manager, outbox, seller }: SellerTransaction,
  apiId: string,
): Promise<string> {
  const listing = await listingToChange(manager, seller, apiId, ['id']);
  if (listing.status === 'DRAFT')
    throw new Rejection('INVALID', 'A draft cannot be archived.', {
      field: ['id'],
    });
  if (listing.status === 'ARCHIVED') return listing.id;
  await manager.query("UPDATE listing SET status = 'ARCHIVED', updated_at = now() WHERE id = $1", [
    listing.id,
  ]);
  outbox.publish(catalogEvents.listingArchived, listing.id, await readListingState(manager, listing.id));
  publishChange(manager, contentTopics(listing.id));
  return listing.id;
}
