import { catalogEvents } from '@souk/shared/contracts/catalog';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { ListingEntity } from '../../entities/listing.js';
import { lockStockForDeletion } from '../locks.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { contentTopics } from '../topics.js';
import { listingToChange } from './listing.js';

/**
 * Deletes a listing that was never bought, with its offers and seats.
 * @throws Rejection NOT_FOUND, NOT_OWNER, IN_USE
 */
export async function deleteListing(
  { manager, outbox, seller }: SellerTransaction,
  apiId: string,
): Promise<void> {
  const { id } = await listingToChange(manager, seller, apiId, ['id']);
  const offerIds = await lockStockForDeletion(manager, id);
  await requireUnused(manager, id, offerIds);
  for (const statement of deletions) await manager.query(statement, [offerIds]);
  await manager.delete(ListingEntity, { id });
  outbox.publish(catalogEvents.listingDeleted, id, { listingId: id });
  publishChange(manager, contentTopics(id));
}

// Reservations that were released have no effect any more; a late command of their checkouts gets CONFLICT.
const deletions = [
  "DELETE FROM reservation WHERE offer_id = ANY($1) AND status = 'RELEASED'",
  'DELETE FROM event_seat WHERE offer_id = ANY($1)',
  'DELETE FROM stock_movement WHERE offer_id = ANY($1)',
  'DELETE FROM offer WHERE id = ANY($1)',
];

/** SQL that looks for buyers of a listing, exported for the query plan test. */
export const buyersSql = `
  SELECT
    EXISTS (SELECT FROM offer WHERE id = ANY($2) AND sold > 0)
      OR EXISTS (SELECT FROM event_seat WHERE listing_id = $1 AND status = 'SOLD')
      OR EXISTS (SELECT FROM reservation WHERE offer_id = ANY($2) AND status = 'RETURNED') AS bought,
    EXISTS (SELECT FROM event_seat WHERE listing_id = $1 AND status = 'HELD' AND held_until > now())
      OR EXISTS (SELECT FROM reservation WHERE offer_id = ANY($2) AND status = 'HELD')
      OR EXISTS (SELECT FROM reservation WHERE offer_id = ANY($2) AND status = 'EXPIRED') AS held`;

async function requireUnused(
  manager: EntityManager,
  listingId: string,
  offerIds: readonly string[],
): Promise<void> {
  const [found]: { bought: boolean; held: boolean }[] = await manager.query(buyersSql, [listingId, offerIds]);
  if (found?.bought)
    throw new Rejection('IN_USE', 'The listing was bought, and its orders refer to it: archive it instead.', {
      field: ['id'],
    });
  if (found?.held)
    throw new Rejection(
      'IN_USE',
      'A buyer or a checkout that may still be paid holds units or seats of the listing: archive it, and delete it later.',
      { field: ['id'] },
    );
}
