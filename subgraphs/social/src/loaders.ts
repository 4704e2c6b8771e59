import type DataLoader from 'dataloader';
import type { CacheDependencies } from '@souk/shared/graph/cache-dependencies';
import { unknownItem } from '@souk/shared/graph/list-pages';
import { batchLoader, listLoader, rowLoader } from '@souk/shared/graph/loaders';
import type { EntityManager } from 'typeorm';
import { findDeliveries, findOwnNotifications } from './domain/notification/notification.js';
import type { RankedListing } from './domain/recommendation/co-purchase.js';
import { findAlsoBought, findFollowedBuyers } from './domain/recommendation/co-purchase.js';
import type { Statistics } from './domain/purchase/purchase.js';
import { findStatistics } from './domain/purchase/purchase.js';
import { followsTopic } from './domain/topics.js';
import type { DeliveryEntity, NotificationEntity } from './entities/notification.js';
import type { ReviewLoaders } from './review-loaders.js';
import { createReviewLoaders } from './review-loaders.js';
import type { Follow, FollowSlice, GraphStore, MutualSlice } from './graph-store/graph-store.js';

/** DataLoaders of one request. Keys are UUIDs. */
export interface Loaders {
  followers: DataLoader<FollowSlice, Follow[], string>;
  following: DataLoader<FollowSlice, Follow[], string>;
  followersCount: DataLoader<string, number>;
  followingCount: DataLoader<string, number>;
  /** Whether the caller follows the user; false for anonymous callers. */
  followedByMe: DataLoader<string, boolean>;
  /** UUIDs of users; empty for anonymous callers. */
  mutualFollowers: DataLoader<MutualSlice, string[], string>;
  statistics: DataLoader<string, Statistics>;
  /** By UUID of a listing: followees of the caller who bought it and share purchases. The caller is signed in. */
  followedBuyers: DataLoader<string, string[]>;
  alsoBought: DataLoader<{ listingId: string; limit: number }, RankedListing[], string>;
  /** The caller's notifications by id; null for those of other users. */
  notification: DataLoader<string, NotificationEntity | null>;
  deliveries: DataLoader<string, DeliveryEntity[]>;
  /** Reviews and ratings, by UUID of a listing or of a review. */
  reviews: ReviewLoaders;
  /** Clears the loaders of follows after a mutation. */
  clearFollows(): void;
}

// A slice may have 100 rows.
const sliceOptions = { maxBatch: 50 };

/**
 * Creates the loaders of one request. `callerId` is a UUID, or null for an anonymous caller. `reads` collects the cache
 * dependencies of public data when the gateway requests them.
 */
export function createLoaders(
  reader: EntityManager,
  graph: GraphStore,
  callerId: string | null,
  reads: CacheDependencies | null,
): Loaders {
  const recordReads = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) reads?.add(followsTopic(id));
    return ids;
  };
  const follows = {
    followers: batchLoader((slices: readonly FollowSlice[]) => graph.followers(slices), sliceOptions),
    following: batchLoader((slices: readonly FollowSlice[]) => graph.following(slices), sliceOptions),
    followersCount: batchLoader((ids: readonly string[]) => graph.followersCounts(recordReads(ids))),
    followingCount: batchLoader((ids: readonly string[]) => graph.followingCounts(recordReads(ids))),
    followedByMe: batchLoader((ids: readonly string[]) =>
      callerId === null ? Promise.resolve(ids.map(() => false)) : graph.areFollowed(callerId, ids),
    ),
    mutualFollowers: batchLoader(
      (slices: readonly MutualSlice[]) => loadMutualFollowers(graph, callerId, slices),
      sliceOptions,
    ),
  };
  return {
    ...follows,
    followedBuyers: batchLoader(async (listingIds: readonly string[]) => {
      if (callerId === null) return listingIds.map(() => []);
      const [followees = []] = await graph.followees([callerId]);
      return findFollowedBuyers(reader, callerId, followees, listingIds);
    }, sliceOptions),
    alsoBought: batchLoader(
      (slices: readonly { listingId: string; limit: number }[]) => findAlsoBought(reader, slices),
      sliceOptions,
    ),
    statistics: batchLoader((ids: readonly string[]) => findStatistics(reader, ids)),
    notification: rowLoader(
      async (ids) => (callerId === null ? [] : findOwnNotifications(reader, callerId, ids)),
      (notification) => notification.id,
    ),
    deliveries: listLoader(
      (ids) => findDeliveries(reader, ids),
      (delivery) => delivery.notificationId,
    ),
    reviews: createReviewLoaders(reader, callerId, reads),
    clearFollows: () => {
      for (const loader of Object.values(follows)) loader.clearAll();
    },
  };
}

async function loadMutualFollowers(
  graph: GraphStore,
  callerId: string | null,
  slices: readonly MutualSlice[],
): Promise<(string[] | Error)[]> {
  if (callerId === null) return slices.map(() => []);
  const found = await graph.mutualFollowers(callerId, slices);
  return found.map((ids) => ids ?? unknownItem());
}
