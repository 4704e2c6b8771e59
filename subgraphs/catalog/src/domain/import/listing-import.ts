import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { Kind, StoredListingStatus } from '../../entities/listing.js';
import { createListing } from '../listing/listing.js';
import { updateListing } from '../listing/listing-update.js';
import type { Seller } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import type { FieldAliases, ListingRow } from './import-record.js';

/** Names in a file of paths of the mutations of listings. */
export const listingAliases: FieldAliases = { id: 'slug' };

/** A listing that an import finds by its slug. */
export interface FoundListing {
  id: string;
  kind: Kind;
  status: StoredListingStatus;
}

/**
 * Finds a listing of the seller of a row: null if no listing has the slug.
 * @throws Rejection NOT_OWNER for a listing of another seller
 */
export async function findListing(
  manager: EntityManager,
  seller: Seller,
  slug: string,
  field: string,
): Promise<FoundListing | null> {
  const [found]: (FoundListing & { partner_id: string | null })[] = await manager.query(
    "SELECT id, kind, status, partner_id FROM listing WHERE slug = $1 AND status <> 'DELETED'",
    [slug],
  );
  if (!found) return null;
  requireSameOwner(seller, found.partner_id, [field]);
  return found;
}

/**
 * Refuses what belongs to another seller than the one of the row. Stricter than the API, in which
 * catalog:manage changes the listings of partners too: a file of the platform should not change them by accident.
 * @throws Rejection NOT_OWNER
 */
export function requireSameOwner(seller: Seller, partnerId: string | null, field: readonly string[]): void {
  if (partnerId !== seller.partnerId)
    throw new Rejection('NOT_OWNER', "This listing is another seller's.", { field });
}

/** Creates or updates the listing of a row. Returns its id, and whether it is new. @throws Rejection(s) */
export async function importListing(
  transaction: SellerTransaction,
  { kind, slug, input }: ListingRow,
  now: Date,
): Promise<{ id: string; created: boolean }> {
  const found = await findListing(transaction.manager, transaction.seller, slug, 'slug');
  if (!found && transaction.seller.partnerId !== null && !transaction.seller.verified)
    throw new Rejection('PARTNER_NOT_VERIFIED', 'Only a verified partner may sell.', { field: ['partner'] });
  if (!found) return { id: await createListing(transaction, kind, input), created: true };
  if (found.kind !== kind)
    throw new Rejection('INVALID', `The listing is of the kind ${found.kind}, which cannot change.`, {
      field: ['kind'],
    });
  await updateListing(transaction, kind, { id: toApiId('listing', found.id), input }, now);
  return { id: found.id, created: false };
}
