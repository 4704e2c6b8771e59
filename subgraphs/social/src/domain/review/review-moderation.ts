import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import { publishReviewChange } from './rating.js';
import { lockReview } from './review.js';
import { referTo } from './review-writing.js';

/**
 * Hides a review, and settles its reports. Idempotent. Returns its id.
 * @throws Rejection or Rejections: NOT_FOUND, INVALID
 */
export async function hideReview(
  manager: EntityManager,
  outbox: Outbox,
  { id: apiId, reason: given }: { id: string; reason: string },
  now: Date,
): Promise<string> {
  const check = new InputCheck();
  const reason = check.text('reason', given);
  check.throwIfAny();
  const review = await lockReview(manager, apiId, 'id');
  if (review.hiddenAt !== null) return review.id;
  await manager.query('UPDATE review SET hidden_at = $2, reported_at = NULL WHERE id = $1', [review.id, now]);
  await settleReports(manager, review.id);
  publishReviewChange(manager, [review.listingId]);
  outbox.publish(socialEvents.reviewHidden, review.listingId, { ...referTo(review), reason });
  recordAction(outbox, 'HIDE_REVIEW', review.id, {
    before: { isHidden: false },
    after: { isHidden: true, reason },
  });
  return review.id;
}

/**
 * Shows a hidden review again, and settles the reports of any. Idempotent. Returns its id.
 * @throws Rejection NOT_FOUND
 */
export async function showReview(manager: EntityManager, outbox: Outbox, apiId: string): Promise<string> {
  const review = await lockReview(manager, apiId, 'id');
  const isHidden = review.hiddenAt !== null;
  const isReported = review.reportedAt !== null;
  if (!isHidden && !isReported) return review.id;
  await manager.query('UPDATE review SET hidden_at = NULL, reported_at = NULL WHERE id = $1', [review.id]);
  await settleReports(manager, review.id);
  publishReviewChange(manager, [review.listingId]);
  outbox.publish(socialEvents.reviewShown, review.listingId, referTo(review));
  recordAction(outbox, 'SHOW_REVIEW', review.id, {
    before: { isHidden, isReported },
    after: { isHidden: false, isReported: false },
  });
  return review.id;
}

async function settleReports(manager: EntityManager, reviewId: string): Promise<void> {
  await manager.query('UPDATE review_report SET is_settled = true WHERE review_id = $1 AND NOT is_settled', [
    reviewId,
  ]);
}
