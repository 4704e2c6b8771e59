import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import { publishReviewChange } from './rating.js';
import { lockReview, throwReviewNotFound } from './review.js';
import { referTo } from './review-writing.js';

/** The author of a reply. */
export interface Seller {
  /** UUID. */
  userId: string;
  /** Whether they may answer for every seller (catalog:manage). */
  isManager: boolean;
}

/**
 * Answers a review for its listing's seller. The same text again changes nothing. Returns the review's id.
 * @throws Rejection or Rejections: NOT_FOUND, NOT_OWNER, CONFLICT, INVALID
 */
export async function replyToReview(
  manager: EntityManager,
  outbox: Outbox,
  { reviewId: apiId, text: given }: { reviewId: string; text: string },
  { userId, isManager }: Seller,
  now: Date,
): Promise<string> {
  const check = new InputCheck();
  const text = check.textWithoutCard('text', given);
  check.throwIfAny();
  const review = await lockReview(manager, apiId, 'reviewId');
  if (!review.isCounted) throwReviewNotFound('reviewId');
  const field = ['reviewId'];
  if (!isManager && !(await sells(manager, userId, review.listingId)))
    throw new Rejection('NOT_OWNER', 'Only the seller of the listing can answer its reviews.', { field });
  if (review.replyText === text) return review.id;
  if (review.replyText !== null)
    throw new Rejection('CONFLICT', 'The review has a reply, which cannot be changed.', { field });
  await manager.query('UPDATE review SET reply_text = $2, replied_at = $3, replied_by = $4 WHERE id = $1', [
    review.id,
    text,
    now,
    userId,
  ]);
  publishReviewChange(manager, [review.listingId]);
  outbox.publish(socialEvents.reviewAnswered, review.listingId, referTo(review));
  recordAction(outbox, 'REPLY_TO_REVIEW', review.id, { before: { reply: null }, after: { reply: text } });
  return review.id;
}

async function sells(manager: EntityManager, userId: string, listingId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM known_listing l JOIN known_partner s ON s.partner_id = l.partner_id
     WHERE l.listing_id = $2 AND s.user_id = $1 AND s.status = 'VERIFIED'`,
    [userId, listingId],
  );
  return rows.length > 0;
}
