import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import { visibleText } from '@souk/shared/text';
import type { EntityManager } from 'typeorm';
import type { OfferInput } from '../offer/offer-fields.js';
import { createOffer } from '../offer/offer.js';
import { updateOffer } from '../offer/offer-update.js';
import type { Seller } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { correctStock } from '../stock/stock.js';
import type { FieldAliases, OfferRow } from './import-record.js';
import { findListing, requireSameOwner } from './listing-import.js';

/** Names in a file of paths of the mutations of offers. */
export const offerAliases: FieldAliases = {
  id: 'listing',
  listingId: 'listing',
  'input.offerId': 'onHand',
  'input.delta': 'onHand',
};

const reason = 'Imported from a file.';

interface FoundOffer {
  id: string;
  listing_id: string;
}

/** Creates or updates the offer of a row. Returns its listing's id, and whether it is new. @throws Rejection(s) */
export async function importOffer(
  transaction: SellerTransaction,
  row: OfferRow,
  now: Date,
): Promise<{ listingId: string; created: boolean }> {
  const { manager, seller } = transaction;
  const listing = row.listing === null ? null : await findListing(manager, seller, row.listing, 'listing');
  if (row.listing !== null && !listing)
    throw new Rejection('NOT_FOUND', 'No listing has this slug.', { field: ['listing'] });
  const { upc = null } = row.input;
  const found =
    upc === null
      ? await findByTitle(manager, listing?.id ?? '', row.input)
      : await findByUpc(manager, seller, upc, listing?.id ?? null);
  if (found) {
    await update(transaction, found.id, row.input, now);
    return { listingId: found.listing_id, created: false };
  }
  if (!listing)
    throw new Rejection('NOT_FOUND', 'No offer has this UPC: a new one needs the slug of its listing.', {
      field: ['listing'],
    });
  await createOffer(transaction, toApiId('listing', listing.id), row.input, now);
  return { listingId: listing.id, created: true };
}

async function findByUpc(
  manager: EntityManager,
  seller: Seller,
  upc: string,
  listingId: string | null,
): Promise<FoundOffer | null> {
  const [found]: (FoundOffer & { partner_id: string | null })[] = await manager.query(
    `SELECT o.id, o.listing_id, l.partner_id FROM offer o JOIN listing l ON l.id = o.listing_id
     WHERE o.upc = $1`,
    [upc],
  );
  if (!found) return null;
  requireSameOwner(seller, found.partner_id, ['upc']);
  if (listingId !== null && listingId !== found.listing_id)
    throw new Rejection('CONFLICT', 'The offer with this UPC belongs to another listing.', {
      field: ['listing'],
    });
  return found;
}

/** An offer without a UPC is known by its title and its departure: those of a tour often share their title. */
async function findByTitle(
  manager: EntityManager,
  listingId: string,
  { title, startsAt }: OfferInput,
): Promise<FoundOffer | null> {
  const found: FoundOffer[] = await manager.query(
    `SELECT o.id, o.listing_id FROM offer o JOIN listing l ON l.id = o.listing_id
     WHERE o.listing_id = $1 AND o.upc IS NULL AND o.title = COALESCE($2::text, l.title)
       AND o.starts_at IS NOT DISTINCT FROM $3::timestamptz
     LIMIT 2`,
    [listingId, visibleText(title), startsAt ?? null],
  );
  if (found.length > 1)
    throw new Rejection('CONFLICT', 'Several offers of the listing have this title: give them UPCs.', {
      field: ['title'],
    });
  return found[0] ?? null;
}

/** The update locks the offer, so that no sale changes the units between reading and correcting them. */
async function update(
  transaction: SellerTransaction,
  id: string,
  { onHand, ...input }: OfferInput,
  now: Date,
): Promise<void> {
  const offerId = toApiId('offer', id);
  await updateOffer(transaction, { id: offerId, input }, now);
  if (onHand === undefined) return;
  const [stock]: { on_hand: number | null }[] = await transaction.manager.query(
    'SELECT on_hand FROM offer WHERE id = $1',
    [id],
  );
  const present = stock?.on_hand ?? null;
  if (present === onHand) return;
  if (onHand === null)
    throw new Rejection('INVALID', 'The stock of this offer is limited, and stays so.', {
      field: ['onHand'],
    });
  await correctStock(transaction, { offerId, delta: onHand - (present ?? 0), reason });
}
