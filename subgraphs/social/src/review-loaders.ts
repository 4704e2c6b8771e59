import type DataLoader from 'dataloader';
import type { RowCount } from '@souk/shared/db/row-count';
import type { CacheDependencies } from '@souk/shared/graph/cache-dependencies';
import { argumentLoader, batchLoader, rowLoader } from '@souk/shared/graph/loaders';
import type { EntityManager } from 'typeorm';
import type { ListingRating } from './domain/review/rating.js';
import { findRatings } from './domain/review/rating.js';
import type { ReviewPage } from './domain/review/review-list.js';
import { countReviews, findOwnReviews, findReviews } from './domain/review/review-list.js';
import type { Reports } from './domain/review/review-report.js';
import { findReports } from './domain/review/review-report.js';
import type { Review } from './domain/review/review.js';
import { reviewsTopic } from './domain/topics.js';

type PageKey = ReviewPage & { listingId: string };

/** Loaders of reviews. Keys are UUIDs, of listings if nothing else is said. */
export interface ReviewLoaders {
  pages: DataLoader<PageKey, Review[], string>;
  /** Numbers of reviews that the caller sees. */
  count: DataLoader<string, RowCount>;
  rating: DataLoader<string, ListingRating>;
  /** The caller's own; null without one. */
  own: DataLoader<string, Review | null>;
  /** By review. */
  reports: DataLoader<string, Reports>;
}

/** Creates the loaders of reviews of one request, as `createLoaders`. */
export function createReviewLoaders(
  reader: EntityManager,
  callerId: string | null,
  reads: CacheDependencies | null,
): ReviewLoaders {
  const recordReads = (listingIds: readonly string[]): readonly string[] => {
    for (const id of listingIds) reads?.add(reviewsTopic(id));
    return listingIds;
  };
  return {
    pages: argumentLoader(
      ({ sort, limit, after }: PageKey) => ({ sort, limit, after }),
      (page, keys) =>
        findReviews(reader, recordReads(keys.map(({ listingId }) => listingId)), page, callerId),
    ),
    count: batchLoader((ids: readonly string[]) => countReviews(reader, recordReads(ids), callerId)),
    rating: batchLoader((ids: readonly string[]) => findRatings(reader, recordReads(ids))),
    own: rowLoader(
      async (ids) => (callerId === null ? [] : findOwnReviews(reader, callerId, ids)),
      ({ listingId }) => listingId,
    ),
    reports: batchLoader((ids: readonly string[]) => findReports(reader, ids)),
  };
}
