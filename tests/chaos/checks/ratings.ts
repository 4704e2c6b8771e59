import { ratingKey } from '@souk/catalog/domain/rating-projection';
import type { Check } from './evidence.js';
import { differences, rowsOf } from './evidence.js';

/** The ratings of listings count each review that is not hidden once, in social and in catalog's copy. */
export const ratings: Check = async (evidence) => {
  const votes = (column: (stars: number) => string): string =>
    `ARRAY[${[1, 2, 3, 4, 5].map(column).join(', ')}]`;
  const counted = await rowsOf<{ listing_id: string; votes: number[] }>(
    evidence,
    'social',
    `SELECT listing_id, ${votes((stars) => `(count(*) FILTER (WHERE stars = ${stars}))::int`)} AS votes
     FROM review WHERE is_counted GROUP BY listing_id`,
  );
  const stored = await rowsOf<{ listing_id: string; votes: number[] }>(
    evidence,
    'social',
    `SELECT listing_id, ${votes((stars) => `votes_${stars}`)} AS votes FROM listing_rating`,
  );
  const copied = await rowsOf<{ listing_id: string; key: string }>(
    evidence,
    'catalog',
    'SELECT listing_id, rating_key AS key FROM listing_rating',
  );
  const keysOf = (rows: typeof stored): Map<string, number> =>
    new Map(rows.map((row) => [row.listing_id, ratingKey(row.votes)]));
  const inSocial: [string, Map<string, number>] = ['in social', keysOf(stored)];
  return [
    ...differences('rating of', ['by its reviews', keysOf(counted)], inSocial),
    ...differences('rating of', inSocial, [
      'in catalog',
      new Map(copied.map((row) => [row.listing_id, Number(row.key)])),
    ]),
  ];
};
