import type { EntityManager } from 'typeorm';

/** One person follows another. Ids are UUIDs. */
export interface Follow {
  /** UUIDv7, one for each time that somebody begins to follow: lists are ordered by it, and cut at it. */
  id: string;
  followerId: string;
  followeeId: string;
  followedAt: Date;
}

/** A piece of somebody's list: at most `limit` follows that are older than `after`. */
export interface FollowSlice {
  userId: string;
  /** The id of a follow; null begins at the newest. */
  after: string | null;
  limit: number;
}

/**
 * Who follows whom. Each reading method answers for many at once, in the order of the questions; somebody unknown has
 * no followers and follows nobody. Every call ends within seconds.
 * @throws Unavailable where the store is away
 */
export interface GraphStore {
  /**
   * Stores that one follows another; returns the follow that stands afterwards, which is an older one where there
   * was one. Null, and nothing is stored, where the follower follows `maxFollowing` others already; calls at the same
   * moment count each other. Any number of equal calls at once leave one follow. A store in the subgraph's own database
   * joins the manager's transaction; another one has stored it when the call returns, whatever becomes of that
   * transaction.
   */
  follow(manager: EntityManager, follow: Follow, maxFollowing: number): Promise<Follow | null>;

  /** Ends it; does nothing where there is nothing to end. The transaction is as for `follow`. */
  unfollow(manager: EntityManager, followerId: string, followeeId: string): Promise<void>;

  /** Those who follow each user, the newest first. */
  followers(slices: readonly FollowSlice[]): Promise<Follow[][]>;

  /** Those whom each user follows, the newest first. */
  following(slices: readonly FollowSlice[]): Promise<Follow[][]>;

  /** How many follow each user. */
  followersCounts(userIds: readonly string[]): Promise<number[]>;

  /** How many each user follows. */
  followingCounts(userIds: readonly string[]): Promise<number[]>;

  /** Whether `followerId` follows each user. */
  areFollowed(followerId: string, userIds: readonly string[]): Promise<boolean[]>;

  /**
   * Followers of each user whom `viewerId` follows, those who followed the user last first; at most `limit` for
   * each.
   */
  mutualFollowers(viewerId: string, userIds: readonly string[], limit: number): Promise<string[][]>;
}
