import type { EntityManager } from 'typeorm';
import type { GraphStore } from '../../graph-store/graph-store.js';
import { isUserVisible } from '../visibility.js';
import { findSharedTastes } from './co-purchase.js';

/** A user whom the viewer may want to follow. Ids are UUIDs. */
export interface UserRecommendation {
  userId: string;
  /** Higher is better. Popular users have less than 1, all others at least 1. */
  score: number;
  mutualCount: number;
  reason: string;
}

/** Candidates beyond the limit, since some must not be shown. */
const surplus = 100;

/**
 * Users whom the viewer may want to follow, best first: by followees who follow them and by listings that both bought,
 * then users who are popular at the moment. Never the viewer, a followee, or a user who must not be shown.
 * @throws Unavailable when the graph store cannot be reached
 */
export async function recommendUsers(
  reader: EntityManager,
  graph: GraphStore,
  viewerId: string,
  limit: number,
): Promise<UserRecommendation[]> {
  if (limit === 0) return [];
  const [[followees = []], suggestions, tastes] = await Promise.all([
    graph.followees([viewerId]),
    graph.suggestions(viewerId, limit + surplus),
    findSharedTastes(reader, viewerId),
  ]);
  const mutualCounts = new Map(suggestions.map(({ userId, followers }) => [userId, followers]));
  const listings = new Map(tastes.map((taste) => [taste.userId, taste.listings]));
  const known = new Set([viewerId, ...followees]);
  const related = [...new Set([...mutualCounts.keys(), ...listings.keys()])]
    .filter((userId) => !known.has(userId))
    .map((userId) => rank(userId, mutualCounts.get(userId) ?? 0, listings.get(userId) ?? 0))
    .sort((a, b) => b.score - a.score || (a.userId < b.userId ? -1 : 1));
  const shown = await keepShown(reader, viewerId, related);
  if (shown.length >= limit) return shown.slice(0, limit);
  for (const { userId } of related) known.add(userId);
  const popular = await graph.popularUsers(limit + surplus + known.size);
  const greatest = popular[0]?.followers ?? 0;
  const others = popular
    .filter(({ userId }) => !known.has(userId))
    .map(({ userId, followers }) => ({
      userId,
      score: followers / (greatest + 1),
      mutualCount: 0,
      reason: 'Popular at the moment',
    }));
  return [...shown, ...(await keepShown(reader, viewerId, others))].slice(0, limit);
}

function rank(userId: string, mutualCount: number, listings: number): UserRecommendation {
  const people = mutualCount === 1 ? '1 person' : `${mutualCount} people`;
  const things = listings === 1 ? '1 thing' : `${listings} things`;
  const followed = mutualCount > 0 ? `Followed by ${people} you follow` : null;
  const bought = listings > 0 ? `bought ${things} that you bought` : null;
  const reason = followed && bought ? `${followed}, and ${bought}` : (followed ?? `Also ${bought ?? 'here'}`);
  return { userId, score: mutualCount + listings, mutualCount, reason };
}

/** The recommendations of users who may be shown to the viewer, in order. */
async function keepShown(
  reader: EntityManager,
  viewerId: string,
  recommendations: readonly UserRecommendation[],
): Promise<UserRecommendation[]> {
  const rows: { id: string }[] = await reader.query(
    `SELECT id FROM unnest($2::uuid[]) AS candidate (id) WHERE ${isUserVisible('$1', 'id')}`,
    [viewerId, recommendations.map(({ userId }) => userId)],
  );
  const shown = new Set(rows.map((row) => row.id));
  return recommendations.filter(({ userId }) => shown.has(userId));
}
