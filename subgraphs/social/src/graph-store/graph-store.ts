import type { EntityManager } from 'typeorm';

/** A follow of one user by another. Ids are UUIDs. */
export interface Follow {
  /** UUIDv7, new for each follow. Orders the lists and serves as their cursor. */
  id: string;
  followerId: string;
  followeeId: string;
  followedAt: Date;
}

/** A slice of a user's list: at most `limit` follows older than `after`. */
export interface FollowSlice {
  userId: string;
  /** The id of a follow; null starts at the newest. */
  after: string | null;
  limit: number;
}

/** A slice of a user's followers whom somebody follows: at most `limit` users. */
export interface MutualSlice {
  userId: string;
  /** A follower of the user: the slice begins after them. Null starts at the first. */
  after: string | null;
  limit: number;
}

/** A user whom others may want to follow. */
export interface RankedUser {
  userId: string;
  /** Of a suggestion: followees of the viewer who follow the user. Of a popular user: their latest followers. */
  followers: number;
}

/** The most users that one user can follow. */
export const maxFollowees = 5_000;

/** Suggestions look at this many followees of the viewer, and at this many of each of them: the newest. */
export const suggestionBreadth = 200;

/** Popular users are those with the most followers among this many of the latest follows. */
export const latestFollows = 2_000;

/**
 * Stores follows between users. Each read method takes a batch and returns results in its order. An unknown user has no
 * followers and follows no one. Every call ends within seconds.
 * @throws Unavailable when the store cannot be reached
 */
export interface GraphStore {
  /**
   * Stores a follow. Returns the stored follow, which is an existing one if there was one. Returns null and stores
   * nothing if the follower already follows `maxFollowing` users, including those of concurrent calls. Concurrent
   * equal calls store one follow. A store in the subgraph's own database joins the manager's transaction; any other
   * store commits before the call returns, regardless of that transaction.
   */
  follow(manager: EntityManager, follow: Follow, maxFollowing: number): Promise<Follow | null>;

  /** Deletes a follow. Returns whether there was one. Same transaction as for `follow`. */
  unfollow(manager: EntityManager, followerId: string, followeeId: string): Promise<boolean>;

  /**
   * Deletes at most `limit` follows by and of a user, and the user once none is left. Commits before it returns. Returns
   * the other users of the deleted follows; none when nothing was left.
   */
  forget(userId: string, limit: number): Promise<string[]>;
  /** The follows of each user by others, newest first. */
  followers(slices: readonly FollowSlice[]): Promise<Follow[][]>;

  /** The follows of others by each user, newest first. */
  following(slices: readonly FollowSlice[]): Promise<Follow[][]>;

  /** The users whom each user follows, the newest follow first; all of them, since they are 5,000 at most. */
  followees(userIds: readonly string[]): Promise<string[][]>;

  /** Number of followers of each user. */
  followersCounts(userIds: readonly string[]): Promise<number[]>;

  /** Number of users that each user follows. */
  followingCounts(userIds: readonly string[]): Promise<number[]>;

  /** Whether `followerId` follows each user. */
  areFollowed(followerId: string, userIds: readonly string[]): Promise<boolean[]>;

  /** Followers of each user whom `viewerId` follows, latest follow of the user first. Null if `after` is no follower. */
  mutualFollowers(viewerId: string, slices: readonly MutualSlice[]): Promise<(string[] | null)[]>;

  /**
   * Users whom the viewer's followees follow, without the viewer and without the followees: most followees first, then by
   * id. The bound on what is read is `suggestionBreadth` squared, however many followers anybody has.
   */
  suggestions(viewerId: string, limit: number): Promise<RankedUser[]>;

  /** Users who were followed most among the `latestFollows`, most first, then by id. */
  popularUsers(limit: number): Promise<RankedUser[]>;
}
