import type { Config, Driver, Integer, RecordShape } from 'neo4j-driver';
import { auth, driver as connect, int, routing } from 'neo4j-driver';
import type { EntityManager } from 'typeorm';
import { groupByQuery } from './query-groups.js';
import type { Follow, FollowSlice, GraphStore, MutualSlice, RankedUser } from './graph-store.js';
import { latestFollows, maxFollowees, suggestionBreadth } from './graph-store.js';
import { asUnavailable, defaultTimeoutMs, runQuery } from './neo4j-query.js';
import { migrate } from './neo4j-schema.js';

/** Address and credentials of a Neo4j server. */
export interface Neo4jOptions {
  /** bolt:// or neo4j:// */
  url: string;
  user: string;
  /** Null when the server requires none. */
  password: string | null;
}

/** A graph store with its own connection. The caller that opens it closes it. */
export interface Neo4jConnection {
  store: GraphStore;
  close(): Promise<void>;
}

interface FollowRow extends RecordShape {
  id: string;
  followerId: string;
  followeeId: string;
  /** Milliseconds since 1970. */
  followedAt: number;
}

/** A result row of a batch of queries; `n` is the index of the query, from 0. */
type Indexed<Row> = Row & { n: number };

const connectTimeoutMs = 3_000;
const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const settings: Pick<Config, keyof Config> = {
  disableLosslessIntegers: true,
  connectionTimeout: connectTimeoutMs,
  connectionAcquisitionTimeout: connectTimeoutMs,
  connectionLivenessCheckTimeout: 30_000,
  telemetryDisabled: true,
};

/**
 * Connects to Neo4j and brings its schema up to date.
 * @param timeoutMs of each query
 * @throws Unavailable
 */
export async function openNeo4j(
  options: Neo4jOptions,
  timeoutMs = defaultTimeoutMs,
): Promise<Neo4jConnection> {
  const token = options.password === null ? undefined : auth.basic(options.user, options.password);
  const driver = connect(options.url, token, {
    ...settings,
    maxTransactionRetryTime: timeoutMs / 2,
  });
  try {
    await migrate(driver);
  } catch (error) {
    await driver.close();
    throw asUnavailable(error);
  }
  return { store: new Neo4jGraphStore(driver, timeoutMs), close: () => driver.close() };
}

/** The social graph in Neo4j: (:User {id})-[:FOLLOWS {id, followerId, followeeId, followedAt}]->(:User {id}). */
class Neo4jGraphStore implements GraphStore {
  readonly #driver: Driver;
  readonly #timeoutMs: number;

  constructor(driver: Driver, timeoutMs: number) {
    this.#driver = driver;
    this.#timeoutMs = timeoutMs;
  }

  async follow(_manager: EntityManager, follow: Follow, maxFollowing: number): Promise<Follow | null> {
    // MERGE locks both users before it looks for the relationship. The order of ids prevents a deadlock of users who
    // follow each other at the same moment. SET locks the follower before the count, so that the count includes all
    // earlier follows.
    const [row] = await this.#write<FollowRow>(
      `UNWIND $people AS id
       MERGE (:User {id: id})
       WITH count(*) AS people
       MATCH (follower:User {id: $followerId})
       SET follower.follows = coalesce(follower.follows, 0) + 1
       WITH follower
       MATCH (followee:User {id: $followeeId})
       WITH follower, followee
       WHERE EXISTS { (follower)-[:FOLLOWS]->(followee) }
         OR COUNT { (follower)-[:FOLLOWS]->() } < $maxFollowing
       MERGE (follower)-[f:FOLLOWS]->(followee)
         ON CREATE SET f.id = $id, f.followerId = $followerId, f.followeeId = $followeeId,
           f.followedAt = datetime({epochMillis: $followedAt})
       RETURN f.id AS id, follower.id AS followerId, followee.id AS followeeId,
         f.followedAt.epochMillis AS followedAt`,
      {
        ...follow,
        people: [follow.followerId, follow.followeeId].sort(),
        maxFollowing: int(maxFollowing),
        followedAt: int(follow.followedAt.getTime()),
      },
    );
    return row ? toFollow(row) : null;
  }

  async unfollow(_manager: EntityManager, followerId: string, followeeId: string): Promise<boolean> {
    const rows = await this.#write<{ followeeId: string }>(
      `MATCH (:User {id: $followerId})-[f:FOLLOWS]->(followee:User {id: $followeeId})
       DELETE f RETURN followee.id AS followeeId`,
      { followerId, followeeId },
    );
    return rows.length > 0;
  }

  async forget(userId: string, limit: number): Promise<string[]> {
    const rows = await this.#write<{ other: string }>(
      `MATCH (:User {id: $userId})-[f:FOLLOWS]-(other:User)
       WITH f, other.id AS other LIMIT $limit
       DELETE f RETURN other`,
      { userId, limit: int(limit) },
    );
    // The lock on the node excludes a follow that is made meanwhile: it makes a node without data.
    if (rows.length === 0) await this.#write('MATCH (u:User {id: $userId}) DETACH DELETE u', { userId });
    return rows.map((row) => row.other);
  }

  followers(slices: readonly FollowSlice[]): Promise<Follow[][]> {
    return this.#page(slices, 'followeeId');
  }

  following(slices: readonly FollowSlice[]): Promise<Follow[][]> {
    return this.#page(slices, 'followerId');
  }

  // ORDER BY names the index's own order: the index delivers a page without reading and sorting the rest.
  async #page(slices: readonly FollowSlice[], end: 'followerId' | 'followeeId'): Promise<Follow[][]> {
    const rows = await this.#read<Indexed<FollowRow>>(
      `UNWIND $slices AS slice
       CALL (slice) {
         MATCH ()-[f:FOLLOWS]->() WHERE f.${end} = slice.userId AND f.id < slice.after
         RETURN f ORDER BY f.${end} DESC, f.id DESC LIMIT $limit
       }
       RETURN slice.n AS n, f.id AS id, f.followerId AS followerId, f.followeeId AS followeeId,
         f.followedAt.epochMillis AS followedAt
       ORDER BY n, id DESC`,
      parametersOf(slices),
    );
    return groupSlices(slices, rows);
  }

  async followees(userIds: readonly string[]): Promise<string[][]> {
    const rows = await this.#read<Indexed<{ ids: string[] }>>(
      `UNWIND range(0, size($userIds) - 1) AS n
       CALL (n) {
         MATCH ()-[f:FOLLOWS]->() WHERE f.followerId = $userIds[n] AND f.id < $newest
         WITH f ORDER BY f.followerId DESC, f.id DESC LIMIT $limit
         RETURN collect(f.followeeId) AS ids
       }
       RETURN n, ids ORDER BY n`,
      { userIds, newest, limit: int(maxFollowees) },
    );
    return rows.map((row) => row.ids);
  }

  async followersCounts(userIds: readonly string[]): Promise<number[]> {
    const rows = await this.#read<{ id: string; count: number }>(
      `UNWIND $userIds AS userId MATCH (u:User {id: userId})
       RETURN u.id AS id, COUNT { (u)<-[:FOLLOWS]-() } AS count`,
      { userIds },
    );
    return alignCounts(userIds, rows);
  }

  async followingCounts(userIds: readonly string[]): Promise<number[]> {
    const rows = await this.#read<{ id: string; count: number }>(
      `UNWIND $userIds AS userId MATCH (u:User {id: userId})
       RETURN u.id AS id, COUNT { (u)-[:FOLLOWS]->() } AS count`,
      { userIds },
    );
    return alignCounts(userIds, rows);
  }

  async areFollowed(followerId: string, userIds: readonly string[]): Promise<boolean[]> {
    const rows = await this.#read<{ id: string }>(
      `UNWIND $userIds AS userId
       MATCH ()-[f:FOLLOWS]->() WHERE f.followerId = $followerId AND f.followeeId = userId
       RETURN f.followeeId AS id`,
      { followerId, userIds },
    );
    const followed = new Set(rows.map((row) => row.id));
    return userIds.map((userId) => followed.has(userId));
  }

  async mutualFollowers(viewerId: string, slices: readonly MutualSlice[]): Promise<(string[] | null)[]> {
    // Users follow thousands at most, but a user may have millions of followers: each pair of a followee and the user is
    // looked up. The hint keeps the planner from reading the whole list of followers.
    const rows = await this.#read<{ known: boolean; ids: string[] }>(
      `UNWIND $slices AS slice
       OPTIONAL MATCH ()-[place:FOLLOWS]->()
         WHERE place.followerId = slice.after AND place.followeeId = slice.userId
       CALL (slice, place) {
         MATCH (:User {id: $viewerId})-[:FOLLOWS]->(mutual:User)
         WITH collect(mutual.id) AS mutuals
         UNWIND mutuals AS mutual
         MATCH ()-[f:FOLLOWS]->() USING INDEX f:FOLLOWS(followerId, followeeId)
           WHERE f.followerId = mutual AND f.followeeId = slice.userId
             AND (slice.after IS NULL OR f.id < place.id)
         WITH mutual, f ORDER BY f.id DESC LIMIT $limit
         RETURN collect(mutual) AS ids
       }
       RETURN slice.after IS NULL OR place IS NOT NULL AS known, ids ORDER BY slice.n`,
      {
        viewerId,
        slices: slices.map(({ userId, after }, n) => ({ userId, after, n })),
        limit: limitOf(slices),
      },
    );
    return rows.map(({ known, ids }, index) => (known ? ids.slice(0, slices[index]?.limit) : null));
  }

  suggestions(viewerId: string, limit: number): Promise<RankedUser[]> {
    return this.#read<RankedUser & RecordShape>(
      `MATCH ()-[mine:FOLLOWS]->() WHERE mine.followerId = $viewerId AND mine.id < $newest
       WITH mine ORDER BY mine.followerId DESC, mine.id DESC
       WITH collect(mine.followeeId) AS followees
       UNWIND followees[..$breadth] AS followee
       CALL (followee) {
         MATCH ()-[f:FOLLOWS]->() WHERE f.followerId = followee AND f.id < $newest
         RETURN f ORDER BY f.followerId DESC, f.id DESC LIMIT $breadth
       }
       WITH followees, f.followeeId AS userId, count(*) AS followers
       WHERE userId <> $viewerId AND NOT userId IN followees
       RETURN userId, followers ORDER BY followers DESC, userId LIMIT $limit`,
      { viewerId, newest, breadth: int(suggestionBreadth), limit: int(limit) },
    );
  }

  popularUsers(limit: number): Promise<RankedUser[]> {
    return this.#read<RankedUser & RecordShape>(
      `MATCH ()-[f:FOLLOWS]->() WHERE f.id < $newest
       WITH f ORDER BY f.id DESC LIMIT $latest
       RETURN f.followeeId AS userId, count(*) AS followers ORDER BY followers DESC, userId LIMIT $limit`,
      { newest, latest: int(latestFollows), limit: int(limit) },
    );
  }

  #read<Row extends RecordShape>(cypher: string, parameters: Record<string, unknown>): Promise<Row[]> {
    return runQuery(this.#driver, routing.READ, cypher, parameters, this.#timeoutMs);
  }

  #write<Row extends RecordShape>(cypher: string, parameters: Record<string, unknown>): Promise<Row[]> {
    return runQuery(this.#driver, routing.WRITE, cypher, parameters, this.#timeoutMs);
  }
}

function toFollow({ id, followerId, followeeId, followedAt }: FollowRow): Follow {
  return { id, followerId, followeeId, followedAt: new Date(followedAt) };
}

/** LIMIT takes one number for all slices, the greatest one. `groupSlices` applies the limit of each slice. */
function parametersOf(slices: readonly FollowSlice[]): Record<string, unknown> {
  return {
    slices: slices.map(({ userId, after }, n) => ({ userId, after: after ?? newest, n })),
    limit: limitOf(slices),
  };
}

function limitOf(slices: readonly FollowSlice[]): Integer {
  return int(Math.max(0, ...slices.map((slice) => slice.limit)));
}

function groupSlices(slices: readonly FollowSlice[], rows: readonly Indexed<FollowRow>[]): Follow[][] {
  return groupByQuery(slices.length, rows).map((group, n) => group.slice(0, slices[n]?.limit).map(toFollow));
}

function alignCounts(userIds: readonly string[], rows: readonly { id: string; count: number }[]): number[] {
  const counts = new Map(rows.map((row) => [row.id, row.count]));
  return userIds.map((userId) => counts.get(userId) ?? 0);
}
