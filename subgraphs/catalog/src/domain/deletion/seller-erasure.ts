import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import { isListingUsed, removeDraft } from '../listing/listing-deletion.js';
import { lockListing, lockStockForDeletion } from '../locks.js';
import { contentTopics, venuesTopic } from '../topics.js';

const batchSize = 100;

/**
 * Ends all listings of a seller, each in a transaction of its own: drafts that nobody bought are deleted; of others their
 * name and their offers stay, for the orders that refer to them. Then ends the seller's venues likewise.
 * @param partnerId UUID
 */
export async function eraseSeller(database: Database, partnerId: string): Promise<void> {
  for (;;) {
    const rows: { id: string }[] = await database.reader.query(
      "SELECT id FROM listing WHERE partner_id = $1 AND status <> 'DELETED' ORDER BY id LIMIT $2",
      [partnerId, batchSize],
    );
    for (const { id } of rows) await database.transact((manager, outbox) => endListing(manager, outbox, id));
    if (rows.length < batchSize) break;
  }
  await database.transact((manager) => endVenues(manager, partnerId));
}

async function endListing(manager: EntityManager, outbox: Outbox, id: string): Promise<void> {
  const listing = await lockListing(manager, id);
  if (!listing || listing.status === 'DELETED') return;
  const offerIds = await lockStockForDeletion(manager, id);
  const isUsed = listing.publishedAt !== null || (await isListingUsed(manager, id, offerIds));
  if (isUsed) await stripListing(manager, id, offerIds);
  else await removeDraft(manager, id, offerIds);
  outbox.publish(catalogEvents.listingDeleted, id, { listingId: id });
  publishChange(manager, contentTopics(id));
}

/** Leaves the name of a listing, its times and its offers with their stock: what was sold stays sold. */
async function stripListing(manager: EntityManager, id: string, offerIds: readonly string[]): Promise<void> {
  await manager.query(
    'UPDATE stock_movement SET reason = NULL WHERE offer_id = ANY($1) AND reason IS NOT NULL',
    [offerIds],
  );
  await manager.query('DELETE FROM former_slug WHERE listing_id = $1', [id]);
  await manager.query(
    `UPDATE listing SET status = 'DELETED', slug = 'deleted-' || id, summary = NULL, description = NULL, images = '[]',
       features = NULL, tags = '{}', category_id = NULL, seo_title = NULL, seo_description = NULL, brand = NULL,
       location = NULL, itinerary = NULL, website = NULL, updated_at = now()
     WHERE id = $1`,
    [id],
  );
}

/** Deletes the seller's venues, and the texts of those that an event of an order refers to. */
async function endVenues(manager: EntityManager, partnerId: string): Promise<void> {
  await manager.query(
    `DELETE FROM venue v WHERE v.partner_id = $1 AND NOT EXISTS (SELECT FROM listing WHERE venue_id = v.id)`,
    [partnerId],
  );
  await manager.query(
    `UPDATE venue SET name = 'Deleted venue', address = '', city = '', latitude = NULL, longitude = NULL
     WHERE partner_id = $1`,
    [partnerId],
  );
  publishChange(manager, [venuesTopic]);
}
