import type { RowCount } from '@souk/shared/db/row-count';
import { countRowsByKey } from '@souk/shared/db/row-count';
import { isUuid } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { Review } from './review.js';
import { reviewColumns } from './review.js';

/** Orders of a listing's reviews. */
export type ReviewSort = 'NEWEST' | 'HIGHEST' | 'LOWEST';

/** The order to use: null, which a client may pass, is the default. */
export function effectiveSort(sort: ReviewSort | null): ReviewSort {
  return sort ?? 'NEWEST';
}

/** Position in a list of reviews: its order, the stars of the last review, and its id. */
export type ReviewCursor = [sort: ReviewSort, stars: number, id: string];

/** Whether a value is a cursor of this order. */
export function isReviewCursor(sort: ReviewSort): (value: unknown) => value is ReviewCursor {
  return (value): value is ReviewCursor =>
    Array.isArray(value) &&
    value.length === 3 &&
    value[0] === sort &&
    [1, 2, 3, 4, 5].includes(value[1] as number) &&
    typeof value[2] === 'string' &&
    isUuid(value[2]);
}

/** A page of a listing's reviews. */
export interface ReviewPage {
  sort: ReviewSort;
  limit: number;
  after: ReviewCursor | null;
}

/** Each is read from an index: review_newest, or review_by_stars in one of both directions. */
const orders: Readonly<Record<ReviewSort, { order: string; after: string }>> = {
  NEWEST: { order: 'r.id DESC', after: 'r.id < $4::uuid' },
  HIGHEST: { order: 'r.stars DESC, r.id DESC', after: '(r.stars, r.id) < ($3::int, $4::uuid)' },
  LOWEST: { order: 'r.stars, r.id', after: '(r.stars, r.id) > ($3::int, $4::uuid)' },
};

/** The reviews of a listing that are shown to a viewer: an SQL expression of their UUID, null for an anonymous one. */
const shownReviews = (listing: string, viewer: string): string =>
  `FROM review r WHERE r.listing_id = ${listing} AND r.is_counted
     AND NOT EXISTS (SELECT FROM user_block b WHERE b.blocker_id = ${viewer}::uuid AND b.blocked_id = r.user_id)`;

/** SQL of pages of the reviews of many listings. Exported for the query plan test. */
export function reviewPagesSql({ sort, after }: Pick<ReviewPage, 'sort' | 'after'>): string {
  const { order, after: condition } = orders[sort];
  // The parameters have their types in every order.
  const position = after === null ? '$3::int IS NULL AND $4::uuid IS NULL' : `$3::int > 0 AND ${condition}`;
  return `SELECT k.n::int - 1 AS n, page.* FROM unnest($1::uuid[]) WITH ORDINALITY AS k (listing_id, n)
    CROSS JOIN LATERAL (
      SELECT ${reviewColumns} ${shownReviews('k.listing_id', '$2')} AND ${position}
      ORDER BY ${order} LIMIT $5
    ) AS page ORDER BY k.n, ${order.replaceAll('r.', 'page.')}`;
}

/** Reads a page of each listing's reviews: at most `limit` that are shown to a viewer; null: an anonymous one. */
export async function findReviews(
  manager: EntityManager,
  listingIds: readonly string[],
  { sort, limit, after }: ReviewPage,
  viewerId: string | null,
): Promise<Review[][]> {
  const rows: (Review & { n: number })[] = await manager.query(reviewPagesSql({ sort, after }), [
    listingIds,
    viewerId,
    after?.[1] ?? null,
    after?.[2] ?? null,
    limit,
  ]);
  const pages = listingIds.map((): Review[] => []);
  for (const { n, ...review } of rows) pages[n]?.push(review);
  return pages;
}

/** Counts the reviews of each listing that are shown to a viewer. */
export function countReviews(
  manager: EntityManager,
  listingIds: readonly string[],
  viewerId: string | null,
): Promise<RowCount[]> {
  return countRowsByKey(manager, (key) => `SELECT 1 ${shownReviews(key, '$2')}`, listingIds, [viewerId]);
}

/** Finds a user's reviews of listings. */
export async function findOwnReviews(
  manager: EntityManager,
  userId: string,
  listingIds: readonly string[],
): Promise<Review[]> {
  return manager.query(
    `SELECT ${reviewColumns} FROM review r WHERE r.user_id = $1 AND r.listing_id = ANY($2::uuid[])`,
    [userId, listingIds],
  );
}
