import type { RatingItem } from '@souk/shared/contracts/social';
import { socialStates } from '@souk/shared/contracts/social';
import { readChangedRows } from '@souk/shared/db/changed-rows';
import { publishChange, publishStateChange } from '@souk/shared/db/pending-changes';
import type { StatePage } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';
import { reviewsTopic } from '../topics.js';

/** The sums of the counted reviews of a listing. */
export interface ListingRating {
  /** Mean number of stars, rounded to two decimal places; null without reviews. */
  average: number | null;
  count: number;
  /** Reviews with one star, two stars, and so on: five numbers. */
  histogram: number[];
}

const votes = 'ARRAY[votes_1, votes_2, votes_3, votes_4, votes_5]';

/** Finds the ratings of listings, in order. */
export async function findRatings(
  manager: EntityManager,
  listingIds: readonly string[],
): Promise<ListingRating[]> {
  const rows: { listing_id: string; votes: number[] }[] = await manager.query(
    `SELECT listing_id, ${votes} AS votes FROM listing_rating WHERE listing_id = ANY($1::uuid[])`,
    [listingIds],
  );
  const byListing = new Map(rows.map((row) => [row.listing_id, row.votes]));
  return listingIds.map((id) => ratingOf(byListing.get(id) ?? [0, 0, 0, 0, 0]));
}

/** The rating of numbers of reviews by stars. From integers, so that nothing drifts however often they change. */
export function ratingOf(histogram: number[]): ListingRating {
  const count = histogram.reduce((total, reviews) => total + reviews, 0);
  const stars = histogram.reduce((total, reviews, index) => total + reviews * (index + 1), 0);
  return { average: count === 0 ? null : Math.round((stars * 100) / count) / 100, count, histogram };
}

/** Lists the ratings that changed since a cursor, for replicas. */
export function readRatings(manager: EntityManager, since: string | null): Promise<StatePage<RatingItem>> {
  const columns = `listing_id AS "listingId", ${votes} AS votes`;
  return readChangedRows(
    manager,
    { table: 'listing_rating', key: 'listing_id', keyType: 'uuid', columns },
    since,
  );
}

/** Records in a transaction that it changes reviews of these listings. */
export function publishReviewChange(manager: EntityManager, listingIds: readonly string[]): void {
  if (listingIds.length === 0) return;
  publishChange(manager, listingIds.map(reviewsTopic));
  publishStateChange(manager, socialStates.ratings);
}
