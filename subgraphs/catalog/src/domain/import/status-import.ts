import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { ListingStatus } from '../../entities/listing.js';
import { ListingEntity } from '../../entities/listing.js';
import { archiveListing, publishListing } from '../listing/listing.js';
import type { Seller } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import type { FieldAliases, RefusedRow, RowEffect } from './import-record.js';

/** Names in a file of paths of the mutations of a status. */
export const statusAliases: FieldAliases = { id: 'status' };

/** A status that a listing gets as soon as its offers allow it: they follow it in the file. */
export interface WantedStatus {
  /** Line of the listing. */
  line: number;
  seller: Seller;
  status: ListingStatus;
  /** Effect of the listing's row so far. */
  effect: RowEffect;
  /** Why the last attempt was refused. */
  refused: readonly RefusedRow[];
}

/**
 * Gives a listing its status; the present one has no effect. An archived listing of another catalog is published first.
 * @throws Rejection(s) INVALID as publishListing, and for a listing that would become a draft again
 */
export async function importStatus(
  transaction: SellerTransaction,
  id: string,
  wanted: ListingStatus,
  now: Date,
): Promise<void> {
  const { status } = await transaction.manager.findOneByOrFail(ListingEntity, { id });
  if (status === wanted) return;
  if (wanted === 'DRAFT')
    throw new Rejection('INVALID', 'A listing that was published does not become a draft again.', {
      field: ['status'],
    });
  const apiId = toApiId('listing', id);
  if (status === 'DRAFT' || wanted === 'PUBLISHED') await publishListing(transaction, apiId, now);
  if (wanted === 'ARCHIVED') await archiveListing(transaction, apiId);
}
