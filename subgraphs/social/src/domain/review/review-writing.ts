import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import { publishReviewChange } from './rating.js';
import type { Review } from './review.js';
import { lockReview, throwReviewNotFound } from './review.js';
import { isVerifiedBuyer } from './verified-buyer.js';

/** A review as its author writes it. */
export interface NewReview {
  /** UUID. */
  listingId: string;
  /** The author; UUID. */
  userId: string;
  /** 1 to 5. */
  stars: number;
  text: string | null;
}

/**
 * Reads the arguments of a review.
 * @throws Rejection or Rejections: INVALID, NOT_FOUND for a malformed id
 */
export function readReview(given: {
  listingId: string;
  stars: number;
  text?: string | null | undefined;
}): Omit<NewReview, 'userId'> {
  const check = new InputCheck();
  const listingId = fromApiId('listing', given.listingId);
  if (listingId === null) check.refuse('listingId', 'Listing not found.', 'NOT_FOUND');
  const stars = check.number('stars', given.stars, 1, 5);
  const text = given.text ?? null;
  const checked = { text: text === null ? null : check.textWithoutCard('text', text) };
  check.throwIfAny();
  return { listingId: listingId ?? '', stars: stars ?? 0, ...checked };
}

/**
 * Stores a review, or replaces the author's earlier one of the listing. Returns its id.
 * @throws Rejection NOT_FOUND (a deleted listing), NOT_VERIFIED_BUYER
 */
export async function saveReview(
  manager: EntityManager,
  outbox: Outbox,
  { listingId, userId, stars, text }: NewReview,
  now: Date,
): Promise<string> {
  const field = ['listingId'];
  if (await isDeleted(manager, listingId)) throw new Rejection('NOT_FOUND', 'Listing not found.', { field });
  if (!(await isVerifiedBuyer(manager, { userId, listingId }))) {
    const message = 'Only buyers of the listing can review it, once they have it.';
    throw new Rejection('NOT_VERIFIED_BUYER', message, { field });
  }
  const [saved]: Saved[] = await manager.query(
    `INSERT INTO review AS r (id, listing_id, user_id, stars, text, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (user_id, listing_id) DO UPDATE
       SET stars = excluded.stars, text = excluded.text, is_verified = true,
         edited_at = CASE WHEN (r.stars, r.text) IS DISTINCT FROM (excluded.stars, excluded.text)
           THEN excluded.created_at ELSE r.edited_at END
     RETURNING r.id, old.stars AS "previousStars",
       (old.stars, old.text) IS DISTINCT FROM (new.stars, new.text) AS "isChanged"`,
    [newId(), listingId, userId, stars, text, now],
  );
  if (!saved) throw new Error('A review was not stored.');
  const { id: reviewId, previousStars, isChanged } = saved;
  publishReviewChange(manager, [listingId]);
  if (isChanged)
    outbox.publish(socialEvents.reviewSaved, listingId, {
      reviewId,
      listingId,
      userId,
      stars,
      previousStars,
    });
  return reviewId;
}

interface Saved {
  id: string;
  /** Null for a new review. */
  previousStars: number | null;
  isChanged: boolean;
}

/**
 * Deletes a review of its author. One that an administrator has hidden stays: written anew, it would be shown.
 * @throws Rejection NOT_FOUND, NOT_OWNER, CONFLICT
 */
export async function deleteReview(
  manager: EntityManager,
  outbox: Outbox,
  apiId: string,
  userId: string,
): Promise<void> {
  const field = ['id'];
  const review = await lockReview(manager, apiId, 'id');
  if (review.userId !== userId) {
    if (!review.isCounted) throwReviewNotFound('id');
    throw new Rejection('NOT_OWNER', 'Only its author can delete a review.', { field });
  }
  if (review.hiddenAt !== null)
    throw new Rejection('CONFLICT', 'A hidden review cannot be deleted. You can change it.', { field });
  await manager.query('DELETE FROM review WHERE id = $1', [review.id]);
  publishReviewChange(manager, [review.listingId]);
  outbox.publish(socialEvents.reviewDeleted, review.listingId, referTo(review));
}

/** A review as events name it. */
export function referTo({ id: reviewId, listingId, userId }: Review): {
  reviewId: string;
  listingId: string;
  userId: string;
} {
  return { reviewId, listingId, userId };
}

async function isDeleted(manager: EntityManager, listingId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM known_listing WHERE listing_id = $1 AND status = 'DELETED'`,
    [listingId],
  );
  return rows.length > 0;
}
