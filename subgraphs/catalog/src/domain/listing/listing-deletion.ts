import { catalogEvents } from '@souk/shared/contracts/catalog';
import { recordAction } from '@souk/shared/db/recorded-action';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { ListingEntity } from '../../entities/listing.js';
import { lockStockForDeletion } from '../locks.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { contentTopics } from '../topics.js';
import { auditedListing } from './audited-listing.js';
import { listingToChange } from './listing.js';

/**
 * Deletes a listing that was never bought. Carts and orders of failed checkouts may refer to one that was published: such a
 * listing stays for them alone, without its slug, and nothing of it can be taken.
 * @throws Rejection NOT_FOUND, NOT_OWNER, IN_USE
 */
export async function deleteListing(
  { manager, outbox, seller }: SellerTransaction,
  apiId: string,
): Promise<void> {
  const { id, publishedAt, kind, slug, title, status, partnerId } = await listingToChange(
    manager,
    seller,
    apiId,
    ['id'],
  );
  const offerIds = await lockStockForDeletion(manager, id);
  await requireUnused(manager, id, offerIds);
  if (publishedAt === null) await removeDraft(manager, id, offerIds);
  else await retire(manager, id, offerIds, seller.userId);
  outbox.publish(catalogEvents.listingDeleted, id, { listingId: id });
  const before = auditedListing({ kind, slug, title, status, partnerId });
  recordAction(outbox, 'DELETE_LISTING', id, { before, after: null });
  publishChange(manager, contentTopics(id));
}

/** Deletes a listing that nothing refers to, with its offers. The caller holds its lock and those of its stock. */
export async function removeDraft(
  manager: EntityManager,
  id: string,
  offerIds: readonly string[],
): Promise<void> {
  for (const table of ['event_seat', 'stock_movement'])
    await manager.query(`DELETE FROM ${table} WHERE offer_id = ANY($1)`, [offerIds]);
  await manager.query('DELETE FROM offer WHERE id = ANY($1)', [offerIds]);
  await manager.delete(ListingEntity, { id });
}

/** Leaves only the name of a listing and of its offers. A checkout that waited for the locks finds nothing to take. */
async function retire(
  manager: EntityManager,
  id: string,
  offerIds: readonly string[],
  userId: string | null,
): Promise<void> {
  await manager.query(
    `INSERT INTO stock_movement (offer_id, kind, on_hand, reserved, user_id, reason)
     SELECT id, 'ADJUST', -on_hand, 0, $2, 'The listing was deleted.' FROM offer WHERE id = ANY($1) AND on_hand > 0`,
    [offerIds, userId],
  );
  await manager.query(
    `UPDATE offer SET upc = NULL, on_hand = CASE WHEN seated THEN NULL ELSE 0 END WHERE id = ANY($1)`,
    [offerIds],
  );
  await manager.query(
    "UPDATE event_seat SET status = 'BLOCKED', held_by = NULL, held_until = NULL WHERE listing_id = $1",
    [id],
  );
  await manager.query('DELETE FROM former_slug WHERE listing_id = $1', [id]);
  await manager.query(
    `UPDATE listing SET status = 'DELETED', slug = 'deleted-' || id, summary = NULL, description = NULL, images = '[]',
       features = NULL, tags = '{}', category_id = NULL, seo_title = NULL, seo_description = NULL, updated_at = now()
     WHERE id = $1`,
    [id],
  );
}

/** SQL that looks for buyers of a listing, exported for the query plan test. */
export const buyersSql = `
  SELECT
    EXISTS (SELECT FROM offer WHERE id = ANY($2) AND sold > 0)
      OR EXISTS (SELECT FROM event_seat WHERE listing_id = $1 AND status = 'SOLD')
      OR EXISTS (SELECT FROM reservation WHERE offer_id = ANY($2) AND status = 'RETURNED') AS bought,
    EXISTS (SELECT FROM event_seat WHERE listing_id = $1 AND status = 'HELD' AND held_until > now())
      OR EXISTS (SELECT FROM reservation WHERE offer_id = ANY($2) AND status = 'HELD')
      OR EXISTS (SELECT FROM reservation WHERE offer_id = ANY($2) AND status = 'EXPIRED') AS held`;

/** Whether an order, a checkout or a hold refers to a listing. The caller holds the locks of its stock. */
export async function isListingUsed(
  manager: EntityManager,
  listingId: string,
  offerIds: readonly string[],
): Promise<boolean> {
  const { bought, held } = await findBuyers(manager, listingId, offerIds);
  return bought || held;
}

async function findBuyers(
  manager: EntityManager,
  listingId: string,
  offerIds: readonly string[],
): Promise<{ bought: boolean; held: boolean }> {
  const [found]: { bought: boolean; held: boolean }[] = await manager.query(buyersSql, [listingId, offerIds]);
  return found ?? { bought: false, held: false };
}

async function requireUnused(
  manager: EntityManager,
  listingId: string,
  offerIds: readonly string[],
): Promise<void> {
  const { bought, held } = await findBuyers(manager, listingId, offerIds);
  if (bought)
    throw new Rejection('IN_USE', 'The listing was bought, and its orders refer to it: archive it instead.', {
      field: ['id'],
    });
  if (held)
    throw new Rejection(
      'IN_USE',
      'A buyer or a checkout that may still be paid holds units or seats of the listing: archive it, and delete it later.',
      { field: ['id'] },
    );
}
