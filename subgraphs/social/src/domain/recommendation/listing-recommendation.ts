import type { EntityManager } from 'typeorm';
import type { GraphStore } from '../../graph-store/graph-store.js';
import type { RankedListing } from './co-purchase.js';
import { findBoughtByFollowed, findBoughtTogether, findPopularListings } from './co-purchase.js';

/** A listing that somebody may want to buy. Ids are UUIDs. */
export interface ListingRecommendation {
  listingId: string;
  /** Higher is better. */
  score: number;
  reason: string;
}

/** Followees whose purchases are looked at: those followed last. */
const maxFolloweesRead = 1_000;
/** A purchase of a followee counts as much as those of two others. */
const followeeWeight = 2;

/**
 * Listings that the viewer may want to buy, best first: by followees who bought them and share it, and by what is bought
 * together with the viewer's purchases, then what is popular at the moment. Never what the viewer bought.
 * @throws Unavailable when the graph store cannot be reached
 */
export async function recommendListings(
  reader: EntityManager,
  graph: GraphStore,
  viewerId: string,
  limit: number,
): Promise<ListingRecommendation[]> {
  if (limit === 0) return [];
  const [followees = []] = await graph.followees([viewerId]);
  const [followed, together] = await Promise.all([
    findBoughtByFollowed(reader, viewerId, followees.slice(0, maxFolloweesRead)),
    findBoughtTogether(reader, viewerId),
  ]);
  const related = merge(followed, together).slice(0, limit);
  if (related.length === limit) return related;
  const popular = await findPopularListings(reader, viewerId, limit + related.length);
  const greatest = popular[0]?.buyers ?? 0;
  const known = new Set(related.map(({ listingId }) => listingId));
  return [
    ...related,
    ...popular
      .filter(({ listingId }) => !known.has(listingId))
      .map(({ listingId, buyers }) => ({
        listingId,
        score: buyers / (greatest + 1),
        reason: 'Popular at the moment',
      })),
  ].slice(0, limit);
}

/** Describes a listing that buyers of another one bought too. */
export function describeAlsoBought({ listingId, buyers }: RankedListing): ListingRecommendation {
  return { listingId, score: buyers, reason: `Bought by ${peopleOf(buyers)} who bought this` };
}

function merge(
  followed: readonly RankedListing[],
  together: readonly RankedListing[],
): ListingRecommendation[] {
  const byFollowees = new Map(followed.map(({ listingId, buyers }) => [listingId, buyers]));
  const byOthers = new Map(together.map(({ listingId, buyers }) => [listingId, buyers]));
  return [...new Set([...byFollowees.keys(), ...byOthers.keys()])]
    .map((listingId) => {
      const [followees, others] = [byFollowees.get(listingId) ?? 0, byOthers.get(listingId) ?? 0];
      const reason =
        followees > 0
          ? `Bought by ${peopleOf(followees)} you follow`
          : 'Often bought together with what you bought';
      return { listingId, score: followeeWeight * followees + others, reason };
    })
    .sort((a, b) => b.score - a.score || (a.listingId < b.listingId ? -1 : 1));
}

function peopleOf(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}
