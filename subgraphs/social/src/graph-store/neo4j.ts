import type { Config, Driver, EagerResult, QueryConfig, RecordShape, RoutingControl } from 'neo4j-driver';
import { auth, driver as connect, int, isRetryableError, Neo4jError, routing } from 'neo4j-driver';
import type { EntityManager } from 'typeorm';
import { withDeadline } from '@souk/shared/async/deadline';
import { Unavailable } from '@souk/shared/errors';
import { groupByQuery } from './query-groups.js';
import type { Follow, FollowSlice, GraphStore, MutualSlice } from './graph-store.js';

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
const maxRetryMs = 2_000;
const queryTimeoutMs = 4_000;
// The server enforces the query timeout; this one covers a server or a network that has stopped responding.
const responseTimeoutMs = 6_000;
const schemaTimeoutMs = 30_000;
const retryAfterSeconds = 2;

const settings: Pick<Config, keyof Config> = {
  disableLosslessIntegers: true,
  connectionTimeout: connectTimeoutMs,
  connectionAcquisitionTimeout: connectTimeoutMs,
  maxTransactionRetryTime: maxRetryMs,
  connectionLivenessCheckTimeout: 30_000,
  telemetryDisabled: true,
};

/** Connects to Neo4j and creates the unique constraint on users. @throws Unavailable */
export async function openNeo4j(options: Neo4jOptions): Promise<Neo4jConnection> {
  const token = options.password === null ? undefined : auth.basic(options.user, options.password);
  const driver = connect(options.url, token, settings);
  try {
    // Provides the index for lookups by id, and prevents concurrent inserts of the same user.
    await runQuery(
      driver,
      routing.WRITE,
      'CREATE CONSTRAINT user_id IF NOT EXISTS FOR (u:User) REQUIRE u.id IS UNIQUE',
      {},
      schemaTimeoutMs,
    );
    await runQuery(driver, routing.WRITE, 'CALL db.awaitIndexes(20)', {}, schemaTimeoutMs);
  } catch (error) {
    await driver.close();
    throw error;
  }
  return { store: new Neo4jGraphStore(driver), close: () => driver.close() };
}

/** The social graph in Neo4j: (:User {id})-[:FOLLOWS {id, followedAt}]->(:User {id}). */
class Neo4jGraphStore implements GraphStore {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
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
         ON CREATE SET f.id = $id, f.followedAt = datetime({epochMillis: $followedAt})
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

  async followers(slices: readonly FollowSlice[]): Promise<Follow[][]> {
    const rows = await this.#read<Indexed<FollowRow>>(
      `UNWIND $slices AS slice
       CALL (slice) {
         MATCH (followee:User {id: slice.userId})<-[f:FOLLOWS]-(follower:User)
         WHERE slice.after IS NULL OR f.id < slice.after
         RETURN f, follower.id AS followerId, followee.id AS followeeId ORDER BY f.id DESC LIMIT $limit
       }
       RETURN slice.n AS n, f.id AS id, followerId, followeeId, f.followedAt.epochMillis AS followedAt
       ORDER BY n, id DESC`,
      parametersOf(slices),
    );
    return groupSlices(slices, rows);
  }

  async following(slices: readonly FollowSlice[]): Promise<Follow[][]> {
    const rows = await this.#read<Indexed<FollowRow>>(
      `UNWIND $slices AS slice
       CALL (slice) {
         MATCH (follower:User {id: slice.userId})-[f:FOLLOWS]->(followee:User)
         WHERE slice.after IS NULL OR f.id < slice.after
         RETURN f, follower.id AS followerId, followee.id AS followeeId ORDER BY f.id DESC LIMIT $limit
       }
       RETURN slice.n AS n, f.id AS id, followerId, followeeId, f.followedAt.epochMillis AS followedAt
       ORDER BY n, id DESC`,
      parametersOf(slices),
    );
    return groupSlices(slices, rows);
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
      `MATCH (follower:User {id: $followerId})
       UNWIND $userIds AS userId MATCH (u:User {id: userId})
       WHERE EXISTS { (follower)-[:FOLLOWS]->(u) }
       RETURN u.id AS id`,
      { followerId, userIds },
    );
    const followed = new Set(rows.map((row) => row.id));
    return userIds.map((userId) => followed.has(userId));
  }

  async mutualFollowers(viewerId: string, slices: readonly MutualSlice[]): Promise<(string[] | null)[]> {
    const rows = await this.#read<{ known: boolean; ids: string[] }>(
      `UNWIND $slices AS slice
       OPTIONAL MATCH (:User {id: slice.after})-[place:FOLLOWS]->(:User {id: slice.userId})
       CALL (slice, place) {
         MATCH (:User {id: $viewerId})-[:FOLLOWS]->(mutual:User)-[f:FOLLOWS]->(:User {id: slice.userId})
         WHERE slice.after IS NULL OR f.id < place.id
         WITH mutual, f ORDER BY f.id DESC LIMIT $limit
         RETURN collect(mutual.id) AS ids
       }
       RETURN slice.after IS NULL OR place IS NOT NULL AS known, ids ORDER BY slice.n`,
      { viewerId, ...parametersOf(slices) },
    );
    return rows.map(({ known, ids }, index) => (known ? ids.slice(0, slices[index]?.limit) : null));
  }

  #read<Row extends RecordShape>(cypher: string, parameters: Record<string, unknown>): Promise<Row[]> {
    return runQuery(this.#driver, routing.READ, cypher, parameters, queryTimeoutMs);
  }

  #write<Row extends RecordShape>(cypher: string, parameters: Record<string, unknown>): Promise<Row[]> {
    return runQuery(this.#driver, routing.WRITE, cypher, parameters, queryTimeoutMs);
  }
}

/** Runs a query in its own transaction. The driver retries it after a deadlock or a lost connection. */
async function runQuery<Row extends RecordShape>(
  driver: Driver,
  direction: RoutingControl,
  cypher: string,
  parameters: Record<string, unknown>,
  timeoutMs: number,
): Promise<Row[]> {
  const config: Pick<QueryConfig<EagerResult<Row>>, 'routing' | 'transactionConfig'> = {
    routing: direction,
    transactionConfig: { timeout: timeoutMs },
  };
  try {
    const { records } = await withDeadline(driver.executeQuery(cypher, parameters, config), {
      timeoutMs: Math.max(responseTimeoutMs, timeoutMs),
      createError: () => toUnavailable('response timeout'),
    });
    return records.map((record) => record.toObject());
  } catch (error) {
    throw isUnavailable(error) ? toUnavailable(error) : error;
  }
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof Neo4jError &&
    (isRetryableError(error) || error.code.startsWith('Neo.ClientError.Transaction.TransactionTimedOut'))
  );
}

function toUnavailable(cause: unknown): Unavailable {
  const unavailable = new Unavailable('The social graph is unavailable. Try again.', retryAfterSeconds);
  unavailable.cause = cause;
  return unavailable;
}

function toFollow({ id, followerId, followeeId, followedAt }: FollowRow): Follow {
  return { id, followerId, followeeId, followedAt: new Date(followedAt) };
}

/** LIMIT takes one number for all slices, the greatest one. `groupSlices` applies the limit of each slice. */
function parametersOf(slices: readonly FollowSlice[]): Record<string, unknown> {
  return {
    slices: slices.map(({ userId, after }, n) => ({ userId, after, n })),
    limit: int(Math.max(0, ...slices.map((slice) => slice.limit))),
  };
}

function groupSlices(slices: readonly FollowSlice[], rows: readonly Indexed<FollowRow>[]): Follow[][] {
  return groupByQuery(slices.length, rows).map((group, n) => group.slice(0, slices[n]?.limit).map(toFollow));
}

function alignCounts(userIds: readonly string[], rows: readonly { id: string; count: number }[]): number[] {
  const counts = new Map(rows.map((row) => [row.id, row.count]));
  return userIds.map((userId) => counts.get(userId) ?? 0);
}
