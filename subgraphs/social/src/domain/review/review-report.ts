import { socialEvents } from '@souk/shared/contracts/social';
import { lockNames } from '@souk/shared/db/advisory-locks';
import type { Outbox } from '@souk/shared/db/outbox';
import type { RowCount } from '@souk/shared/db/row-count';
import { countRows } from '@souk/shared/db/row-count';
import { Rejection } from '@souk/shared/errors';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import type { Review } from './review.js';
import { lockReview, reviewColumns, throwReviewNotFound } from './review.js';
import { referTo } from './review-writing.js';

/** Maximum number of reviews that one user can report in 24 hours. */
export const maxReports = 50;
/** Reports of one review in the API. */
export const maxListedReports = 20;

const dayMs = 24 * 60 * 60 * 1_000;
// The locks of blocks and follows are 1.
const reportLocks = 2;

/**
 * Reports a review. A further report by the same user changes nothing.
 * @throws Rejection or Rejections: NOT_FOUND, INVALID, TOO_MANY_REPORTS
 */
export async function reportReview(
  manager: EntityManager,
  outbox: Outbox,
  { reviewId: apiId, reason: given }: { reviewId: string; reason: string },
  reporterId: string,
  now: Date,
): Promise<void> {
  const check = new InputCheck();
  const reason = check.text('reason', given);
  check.throwIfAny();
  await lockNames(manager, reportLocks, [reporterId]);
  const review = await lockReview(manager, apiId, 'reviewId');
  if (review.userId === reporterId)
    throw new Rejection('INVALID', 'You cannot report your own review.', { field: ['reviewId'] });
  if (!review.isCounted) throwReviewNotFound('reviewId');
  const [state]: { isReported: boolean; count: number }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM review_report WHERE review_id = $1 AND user_id = $2) AS "isReported",
       (SELECT count(*)::int FROM review_report WHERE user_id = $2 AND reported_at > $3) AS count`,
    [review.id, reporterId, new Date(now.getTime() - dayMs)],
  );
  if (state?.isReported) return;
  if (state && state.count >= maxReports)
    throw new Rejection('TOO_MANY_REPORTS', `You can report at most ${maxReports} reviews in 24 hours.`, {
      field: ['reviewId'],
      typename: 'TooManyReportsError',
      details: { limit: maxReports },
    });
  await manager.query(
    'INSERT INTO review_report (review_id, user_id, reason, reported_at) VALUES ($1, $2, $3, $4)',
    [review.id, reporterId, reason, now],
  );
  await manager.query('UPDATE review SET reported_at = COALESCE(reported_at, $2) WHERE id = $1', [
    review.id,
    now,
  ]);
  outbox.publish(socialEvents.reviewReported, review.listingId, { ...referTo(review), reporterId, reason });
}

/** Position in the list of reported reviews: milliseconds since 1970, and the id. */
export type ReportedCursor = [reportedAt: number, id: string];

const reported = 'FROM review r WHERE r.reported_at IS NOT NULL';

/** Reviews that wait for a decision, the first reported one first. */
export async function findReported(
  manager: EntityManager,
  { after, limit }: { after: ReportedCursor | null; limit: number },
): Promise<Review[]> {
  return manager.query(
    `SELECT ${reviewColumns} ${reported}
       AND ($1::bigint IS NULL OR (r.reported_at, r.id) > (to_timestamp($1::bigint / 1000.0), $2::uuid))
     ORDER BY r.reported_at, r.id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

/** Counts them. */
export function countReported(manager: EntityManager): Promise<RowCount> {
  return countRows(manager, `SELECT 1 ${reported}`, []);
}

/** A report that is not settled. */
export interface Report {
  /** UUID. */
  userId: string;
  reason: string;
  at: Date;
}

/** The reports of a review that are not settled: their number, and the oldest. */
export interface Reports {
  count: number;
  oldest: Report[];
}

/** Finds the reports of reviews that are not settled, in order. */
export async function findReports(manager: EntityManager, reviewIds: readonly string[]): Promise<Reports[]> {
  const rows: { n: number; count: number; userId: string; reason: string; at: Date }[] = await manager.query(
    `SELECT k.n::int - 1 AS n, o.* FROM unnest($1::uuid[]) WITH ORDINALITY AS k (review_id, n)
     CROSS JOIN LATERAL (
       SELECT r.user_id AS "userId", r.reason, r.reported_at AS at, count(*) OVER ()::int AS count
       FROM review_report r WHERE r.review_id = k.review_id AND NOT r.is_settled
       ORDER BY r.reported_at, r.user_id LIMIT ${maxListedReports}
     ) AS o ORDER BY k.n, o.at, o."userId"`,
    [reviewIds],
  );
  return reviewIds.map((_, index) => {
    const own = rows.filter(({ n }) => n === index);
    return {
      count: own[0]?.count ?? 0,
      oldest: own.map(({ userId, reason, at }) => ({ userId, reason, at })),
    };
  });
}
