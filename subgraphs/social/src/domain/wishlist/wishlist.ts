import { socialEvents } from '@souk/shared/contracts/social';
import { uuid } from '@souk/shared/contracts/values';
import { lockNames } from '@souk/shared/db/advisory-locks';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { isListingVisible } from '../visibility.js';

/** Maximum number of listings on a wishlist. */
export const maxWishlist = 1_000;

/** A listing on a user's wishlist. */
export interface WishlistItem {
  /** UUIDv7: orders the list, and serves as its cursor. */
  id: string;
  /** UUID. */
  listingId: string;
  addedAt: Date;
}

/** A listing on somebody's wishlist. Ids are UUIDs. */
export interface Wish {
  userId: string;
  listingId: string;
}

/** Name of the message that removes a deleted listing from wishlists, on social's own queue. */
export const clearWishesName = 'clearWishes';

/** Body of that message. */
export const clearedListing = z.object({ listingId: uuid });

// Those of follows and blocks are 1, of reports 2.
const wishlistLocks = 3;
const clearedAtOnce = 1_000;
// With the queue's exponential backoff this covers an outage of about half an hour.
const clearAttempts = 14;

/** The listings on a wishlist that are on sale, the one added last first. `after` is the id of an item. */
export async function findWishlist(
  manager: EntityManager,
  { userId, after, limit }: { userId: string; after: string | null; limit: number },
): Promise<WishlistItem[]> {
  return manager.query(
    `SELECT w.id, w.listing_id AS "listingId", w.added_at AS "addedAt" FROM wishlist_item w
     WHERE w.user_id = $1 AND ($2::uuid IS NULL OR w.id < $2) AND ${isListingVisible('w.listing_id')}
     ORDER BY w.id DESC LIMIT $3`,
    [userId, after, limit],
  );
}

/**
 * Adds a listing to a wishlist. One that is there already keeps its place.
 * @throws Rejection NOT_FOUND (a listing that is not on sale), WISHLIST_FULL
 */
export async function addToWishlist(
  manager: EntityManager,
  outbox: Outbox,
  { userId, listingId }: Wish,
  now: Date,
): Promise<void> {
  await lockNames(manager, wishlistLocks, [userId]);
  const [state]: { isVisible: boolean; exists: boolean; count: number }[] = await manager.query(
    `SELECT ${isListingVisible('$2::uuid')} AS "isVisible",
       EXISTS (SELECT FROM wishlist_item WHERE user_id = $1 AND listing_id = $2) AS exists,
       (SELECT count(*)::int FROM wishlist_item WHERE user_id = $1) AS count`,
    [userId, listingId],
  );
  if (!state?.isVisible) throw listingNotFound();
  if (state.exists) return;
  if (state.count >= maxWishlist) {
    throw new Rejection('WISHLIST_FULL', `A wishlist can have at most ${maxWishlist} listings.`, {
      field: ['listingId'],
      typename: 'WishlistFullError',
      details: { limit: maxWishlist },
    });
  }
  await manager.query(
    'INSERT INTO wishlist_item (user_id, listing_id, id, added_at) VALUES ($1, $2, $3, $4)',
    [userId, listingId, newId(), now],
  );
  outbox.publish(socialEvents.wishlistItemAdded, userId, { userId, listingId });
}

/** Removes a listing from a wishlist. No effect when it is not there. */
export async function removeFromWishlist(
  manager: EntityManager,
  outbox: Outbox,
  { userId, listingId }: Wish,
): Promise<void> {
  const [, deleted]: [unknown, number] = await manager.query(
    'DELETE FROM wishlist_item WHERE user_id = $1 AND listing_id = $2',
    [userId, listingId],
  );
  if (deleted > 0) outbox.publish(socialEvents.wishlistItemRemoved, userId, { userId, listingId });
}

/** The rejection of a listing that is unknown or not on sale. */
export function listingNotFound(): Rejection {
  return new Rejection('NOT_FOUND', 'Listing not found.', { field: ['listingId'] });
}

/** Creates the message that removes a deleted listing from all wishlists. */
export function clearWishesMessage(listingId: string): Message {
  return { queue: 'social', name: clearWishesName, body: { listingId }, attempts: clearAttempts };
}

/** Removes a deleted listing from a part of the wishlists, and sends the message for the next part. Idempotent. */
export async function clearWishes(manager: EntityManager, outbox: Outbox, listingId: string): Promise<void> {
  const [, deleted]: [unknown, number] = await manager.query(
    `DELETE FROM wishlist_item WHERE (user_id, listing_id) IN (
       SELECT user_id, listing_id FROM wishlist_item WHERE listing_id = $1 ORDER BY user_id LIMIT $2)`,
    [listingId, clearedAtOnce],
  );
  if (deleted === clearedAtOnce) outbox.add(clearWishesMessage(listingId));
  else await manager.query('DELETE FROM wishlist_alert WHERE listing_id = $1', [listingId]);
}
