import type { EntityManager } from 'typeorm';
import { isListingVisible, isUserVisible } from '../visibility.js';

// Purchases are in PostgreSQL with both graph stores: a purchase that is undone, a person who leaves and one who stops
// sharing change the results at once. Every query reads a bounded number of the latest purchases.

/** A listing and the number of people who bought it, among those that a query looks at. Ids are UUIDs. */
export interface RankedListing {
  listingId: string;
  buyers: number;
}

/** A user and the number of listings that both they and the viewer bought. */
export interface SharedTaste {
  userId: string;
  listings: number;
}

/** Buyers of a listing, purchases of a buyer, and listings of the viewer that are looked at: the latest. */
const buyersPerListing = 200;
const purchasesPerBuyer = 20;
const listingsOfViewer = 10;
/** Results by which recommendations are ranked. */
const maxRanked = 200;
const latestPurchases = 10_000;

const shares = 'JOIN social_profile sp ON sp.user_id = buyer.user_id AND sp.shares_activity';
// A pair of listings that one person bought shows what that person bought: one who does not share must not be alone.
const isNotOfOne = 'count(DISTINCT buyer.user_id) > 1 OR bool_or(coalesce(sp.shares_activity, false))';
const ownListings = `
  SELECT listing_id FROM (
    SELECT listing_id, max(purchased_at) AS at FROM purchase WHERE user_id = $1 GROUP BY listing_id
  ) AS bought ORDER BY at DESC LIMIT ${listingsOfViewer}`;

function latestBuyers(listing: string): string {
  return `(SELECT DISTINCT user_id FROM (
    SELECT user_id FROM purchase WHERE listing_id = ${listing} ORDER BY purchased_at DESC LIMIT ${buyersPerListing}
  ) AS latest)`;
}

function latestPurchasesOf(user: string): string {
  return `(SELECT listing_id FROM purchase WHERE user_id = ${user}
    ORDER BY purchased_at DESC LIMIT ${purchasesPerBuyer})`;
}

/** Other listings that buyers of each listing bought, most buyers first. At most `limit` for each. */
export async function findAlsoBought(
  manager: EntityManager,
  slices: readonly { listingId: string; limit: number }[],
): Promise<RankedListing[][]> {
  const rows: { n: number; listingId: string; buyers: number }[] = await manager.query(
    `SELECT (q.n - 1)::int AS n, ranked.* FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS q (listing_id, size, n)
     CROSS JOIN LATERAL (
       SELECT other.listing_id AS "listingId", count(DISTINCT buyer.user_id)::int AS buyers
       FROM ${latestBuyers('q.listing_id')} AS buyer
       LEFT JOIN social_profile sp ON sp.user_id = buyer.user_id
       CROSS JOIN LATERAL ${latestPurchasesOf('buyer.user_id')} AS other
       WHERE other.listing_id <> q.listing_id
       GROUP BY other.listing_id
       HAVING (${isNotOfOne}) AND ${isListingVisible('other.listing_id')}
       ORDER BY buyers DESC, other.listing_id LIMIT q.size
     ) AS ranked ORDER BY q.n, ranked.buyers DESC, ranked."listingId"`,
    [slices.map(({ listingId }) => listingId), slices.map(({ limit }) => limit)],
  );
  const groups = slices.map((): RankedListing[] => []);
  for (const { n, listingId, buyers } of rows) groups[n]?.push({ listingId, buyers });
  return groups;
}

/** For each listing: the viewer's followees who bought it and share purchases, the latest purchase first. */
export async function findFollowedBuyers(
  manager: EntityManager,
  viewerId: string,
  followeeIds: readonly string[],
  listingIds: readonly string[],
): Promise<string[][]> {
  const rows: { n: number; user_id: string }[] = await manager.query(
    `SELECT array_position($3::uuid[], p.listing_id) - 1 AS n, buyer.user_id
     FROM unnest($2::uuid[]) AS buyer (user_id) ${shares}
     CROSS JOIN LATERAL (
       SELECT listing_id, max(purchased_at) AS at FROM purchase
       WHERE user_id = buyer.user_id AND listing_id = ANY($3::uuid[]) GROUP BY listing_id
     ) AS p
     WHERE ${isUserVisible('$1', 'buyer.user_id')}
     ORDER BY n, p.at DESC, buyer.user_id`,
    [viewerId, followeeIds, listingIds],
  );
  const groups = listingIds.map((): string[] => []);
  for (const { n, user_id: userId } of rows) groups[n]?.push(userId);
  return groups;
}

/** Listings that followees of the viewer bought and share, without the viewer's own. */
export function findBoughtByFollowed(
  manager: EntityManager,
  viewerId: string,
  followeeIds: readonly string[],
): Promise<RankedListing[]> {
  return manager.query(
    `SELECT p.listing_id AS "listingId", count(DISTINCT buyer.user_id)::int AS buyers
     FROM unnest($2::uuid[]) AS buyer (user_id) ${shares}
     CROSS JOIN LATERAL ${latestPurchasesOf('buyer.user_id')} AS p
     WHERE ${isUserVisible('$1', 'buyer.user_id')}
       AND NOT EXISTS (SELECT FROM purchase own WHERE own.user_id = $1 AND own.listing_id = p.listing_id)
     GROUP BY p.listing_id HAVING ${isListingVisible('p.listing_id')}
     ORDER BY buyers DESC, p.listing_id LIMIT $3`,
    [viewerId, followeeIds, maxRanked],
  );
}

/** Listings that were bought together with the viewer's latest purchases, without the viewer's own. */
export function findBoughtTogether(manager: EntityManager, viewerId: string): Promise<RankedListing[]> {
  return manager.query(
    `SELECT other.listing_id AS "listingId", count(DISTINCT buyer.user_id)::int AS buyers
     FROM (SELECT DISTINCT latest.user_id FROM (${ownListings}) AS mine
       CROSS JOIN LATERAL ${latestBuyers('mine.listing_id')} AS latest WHERE latest.user_id <> $1) AS buyer
     LEFT JOIN social_profile sp ON sp.user_id = buyer.user_id
     CROSS JOIN LATERAL ${latestPurchasesOf('buyer.user_id')} AS other
     WHERE NOT EXISTS (SELECT FROM purchase own WHERE own.user_id = $1 AND own.listing_id = other.listing_id)
     GROUP BY other.listing_id HAVING (${isNotOfOne}) AND ${isListingVisible('other.listing_id')}
     ORDER BY buyers DESC, other.listing_id LIMIT $2`,
    [viewerId, maxRanked],
  );
}

/** Listings that were bought most lately, without the viewer's own. Counts purchases, not people. */
export function findPopularListings(
  manager: EntityManager,
  viewerId: string,
  limit: number,
): Promise<RankedListing[]> {
  return manager.query(
    `SELECT p.listing_id AS "listingId", count(*)::int AS buyers
     FROM (SELECT listing_id FROM purchase ORDER BY purchased_at DESC LIMIT ${latestPurchases}) AS p
     WHERE NOT EXISTS (SELECT FROM purchase own WHERE own.user_id = $1 AND own.listing_id = p.listing_id)
     GROUP BY p.listing_id HAVING ${isListingVisible('p.listing_id')}
     ORDER BY buyers DESC, p.listing_id LIMIT $2`,
    [viewerId, limit],
  );
}

/** People who share purchases and bought what the viewer bought, most listings first. */
export function findSharedTastes(manager: EntityManager, viewerId: string): Promise<SharedTaste[]> {
  return manager.query(
    `SELECT buyer.user_id AS "userId", count(*)::int AS listings
     FROM (${ownListings}) AS mine
     CROSS JOIN LATERAL ${latestBuyers('mine.listing_id')} AS buyer ${shares}
     WHERE buyer.user_id <> $1
     GROUP BY buyer.user_id ORDER BY listings DESC, buyer.user_id LIMIT $2`,
    [viewerId, maxRanked],
  );
}
