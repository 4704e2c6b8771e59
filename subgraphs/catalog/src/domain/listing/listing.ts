import { catalogEvents } from '@souk/shared/contracts/catalog';
import { fromApiId, newId } from '@souk/shared/ids';
import { publishChange } from '@souk/shared/db/pending-changes';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { Kind } from '../../entities/listing.js';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { auditedListing, listingActions } from './audited-listing.js';
import { checkComplete } from './completeness.js';
import { InputCheck } from '@souk/shared/input-check';
import { checkTimes } from './kind-fields.js';
import { readDraft } from './listing-draft.js';
import type { ListingInput } from './listing-input.js';
import { isFormerSlugOfAnother, slugOfTitle, slugTaken } from './listing-slug.js';
import { readListingState } from './listing-state.js';
import { lockListing } from '../locks.js';
import type { Seller } from '../permissions.js';
import { requireOwned, ownerOf } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { withFreeSlug } from '../slug.js';
import { insertUnlessTaken } from '../unique-write.js';
import { checkVenueUse } from '../venue/venue-use.js';
import { contentTopics } from '../topics.js';

/**
 * Creates a draft and returns its id. @throws Rejection(s) INVALID, NOT_FOUND, NOT_OWNER (the venue),
 * SLUG_TAKEN
 */
export async function createListing(
  { manager, outbox, seller }: SellerTransaction,
  kind: Kind,
  input: ListingInput,
): Promise<string> {
  const check = new InputCheck();
  const draft = await readDraft({ manager, seller, kind, check }, input);
  checkTimes(draft, check);
  check.throwIfAny();
  const id = newId();
  const row = {
    ...draft,
    id,
    kind,
    status: 'DRAFT',
    partnerId: ownerOf(seller),
    features: draft.features as object,
    createdAt: () => 'now()',
    updatedAt: () => 'now()',
  } as const;
  const slug = await withFreeSlug(draft.slug, slugOfTitle(draft.title), async (candidate) => {
    if (!(await insertUnlessTaken(manager, ListingEntity, { ...row, slug: candidate }))) return false;
    // Read after the insertion, which waits for a listing that gives up the slug meanwhile.
    if (!(await isFormerSlugOfAnother(manager, candidate, id))) return true;
    await manager.delete(ListingEntity, { id });
    return false;
  });
  if (slug === null) throw slugTaken();
  outbox.publish(catalogEvents.listingCreated, id, await readListingState(manager, id));
  const after = auditedListing({ ...draft, slug, partnerId: row.partnerId });
  recordAction(outbox, listingActions[kind].create, id, { before: null, after });
  publishChange(manager, contentTopics(id));
  return id;
}

/**
 * Locks and returns a listing that the seller may change. `field` is the path of `apiId`; a listing of another kind than
 * `kind` is unknown.
 * @throws Rejection NOT_FOUND, NOT_OWNER
 */
export async function listingToChange(
  manager: EntityManager,
  seller: Seller,
  apiId: string,
  field: readonly string[],
  kind: Kind | null = null,
): Promise<ListingEntity> {
  const id = fromApiId('listing', apiId);
  const listing = id === null ? null : await lockListing(manager, id);
  const isOfKind = kind === null || listing?.kind === kind;
  return requireOwned(seller, isOfKind ? listing : null, 'listing', field);
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
  const change = { before: { status: listing.status }, after: { status: 'PUBLISHED' } };
  recordAction(outbox, 'PUBLISH_LISTING', listing.id, change);
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
  const change = { before: { status: listing.status }, after: { status: 'ARCHIVED' } };
  recordAction(outbox, 'ARCHIVE_LISTING', listing.id, change);
  publishChange(manager, contentTopics(listing.id));
  return listing.id;
}
