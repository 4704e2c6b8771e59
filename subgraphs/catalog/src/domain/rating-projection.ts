import type { RatingItem } from '@souk/shared/contracts/social';
import { publishChange } from '@souk/shared/db/pending-changes';
import { deleteLostKeys } from '@souk/shared/db/state-store';
import type { KeyRange } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';
import { ratingsTopic } from './topics.js';

const averageUnit = 1_000_000;
const countUnit = 1_000_000_000;

/**
 * The place of a listing among others by its reviews: by their average, of equal ones by their number. A whole number below
 * 2^53; 0 without reviews.
 */
export function ratingKey(votes: readonly number[]): number {
  const count = votes.reduce((total, reviews) => total + reviews, 0);
  const stars = votes.reduce((total, reviews, index) => total + reviews * (index + 1), 0);
  if (count === 0) return 0;
  return Math.floor((stars / count) * averageUnit) * countUnit + Math.min(count, countUnit - 1);
}

/** Stores ratings as social lists them. A trigger copies them to the search rows. */
export async function storeRatings(
  manager: EntityManager,
  ratings: readonly RatingItem[],
  covers: KeyRange | undefined,
): Promise<void> {
  const rows = ratings.map(({ listingId, votes }) => ({ listingId, key: ratingKey(votes) }));
  const changed: unknown[] = await manager.query(
    `INSERT INTO listing_rating AS r (listing_id, rating_key)
     SELECT "listingId", key FROM json_to_recordset($1) AS item ("listingId" uuid, key bigint) ORDER BY "listingId"
     ON CONFLICT (listing_id) DO UPDATE SET rating_key = excluded.rating_key WHERE r.rating_key <> excluded.rating_key
     RETURNING listing_id`,
    [JSON.stringify(rows)],
  );
  const ids = ratings.map(({ listingId }) => listingId);
  const lost = await deleteLostKeys(manager, { table: 'listing_rating', key: 'listing_id' }, ids, covers);
  if (changed.length + lost.length > 0) publishChange(manager, [ratingsTopic]);
}
