import DataLoader from 'dataloader';
import type { Reads } from '@souk/shared/graph/reads';
import type { EntityManager } from 'typeorm';
import { findDeliveries, findOwnNotifications } from './domain/notification.js';
import type { Statistics } from './domain/purchase.js';
import { findStatistics } from './domain/purchase.js';
import { followsTopic } from './domain/topics.js';
import type { DeliveryEntity, NotificationEntity } from './entities/notification.js';
import type { Follow, FollowSlice, GraphStore } from './graph-store/graph-store.js';

/** Some of the people on whom a user and the caller agree. */
export interface MutualFollowersKey {
  userId: string;
  limit: number;
}

/** What one request has read so far, batched; users by UUID. */
export interface Loaders {
  followers: DataLoader<FollowSlice, Follow[], string>;
  following: DataLoader<FollowSlice, Follow[], string>;
  followersCount: DataLoader<string, number>;
  followingCount: DataLoader<string, number>;
  /** Whether the caller follows somebody; false for nobody's request. */
  followedByMe: DataLoader<string, boolean>;
  /** UUIDs of users; none for nobody's request. */
  mutualFollowers: DataLoader<MutualFollowersKey, string[], string>;
  statistics: DataLoader<string, Statistics>;
  /** The caller's own by id; null for any other. */
  notification: DataLoader<string, NotificationEntity | null>;
  deliveries: DataLoader<string, DeliveryEntity[]>;
  /** To be called when the graph has changed within the request. */
  clearFollows(): void;
}

// Each slice may hold a hundred rows.
const sliceOptions = { maxBatchSize: 50, cacheKeyFn: (key: object) => JSON.stringify(key) };

/**
 * Loaders of one request. `callerId` is a UUID, or null where nobody is logged in. What everybody may see is noted in
 * `reads` where somebody asks what was read.
 */
export function createLoaders(
  reader: EntityManager,
  graph: GraphStore,
  callerId: string | null,
  reads: Reads | null,
): Loaders {
  const noted = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) reads?.note(followsTopic(id));
    return ids;
  };
  const follows = {
    followers: new DataLoader((slices: readonly FollowSlice[]) => graph.followers(slices), sliceOptions),
    following: new DataLoader((slices: readonly FollowSlice[]) => graph.following(slices), sliceOptions),
    followersCount: new DataLoader((ids: readonly string[]) => graph.followersCounts(noted(ids))),
    followingCount: new DataLoader((ids: readonly string[]) => graph.followingCounts(noted(ids))),
    followedByMe: new DataLoader((ids: readonly string[]) =>
      callerId === null ? Promise.resolve(ids.map(() => false)) : graph.areFollowed(callerId, ids),
    ),
    mutualFollowers: new DataLoader(
      (keys: readonly MutualFollowersKey[]) => loadMutualFollowers(graph, callerId, keys),
      sliceOptions,
    ),
  };
  return {
    ...follows,
    statistics: new DataLoader((ids: readonly string[]) => findStatistics(reader, ids)),
    notification: new DataLoader((ids: readonly string[]) => loadOwnNotifications(reader, callerId, ids)),
    deliveries: new DataLoader(async (ids: readonly string[]) => {
      const deliveries = await findDeliveries(reader, ids);
      return ids.map((id) => deliveries.filter((delivery) => delivery.notificationId === id));
    }),
    clearFollows: () => {
      for (const loader of Object.values(follows)) loader.clearAll();
    },
  };
}

async function loadMutualFollowers(
  graph: GraphStore,
  callerId: string | null,
  keys: readonly MutualFollowersKey[],
): Promise<string[][]> {
  if (callerId === null) return keys.map(() => []);
  const userIds = keys.map((key) => key.userId);
  const found = await graph.mutualFollowers(callerId, userIds, Math.max(...keys.map((key) => key.limit)));
  return keys.map((key, index) => found[index]?.slice(0, key.limit) ?? []);
}

async function loadOwnNotifications(
  reader: EntityManager,
  callerId: string | null,
  ids: readonly string[],
): Promise<(NotificationEntity | null)[]> {
  const own = callerId === null ? [] : await findOwnNotifications(reader, callerId, ids);
  const byId = new Map(own.map((notification) => [notification.id, notification]));
  return ids.map((id) => byId.get(id) ?? null);
}
