import type { EntityManager } from 'typeorm';
import { groupByQuery } from './query-groups.js';
import type { Follow, FollowSlice, GraphStore, MutualSlice, RankedUser } from './graph-store.js';
import { latestFollows, maxFollowees, suggestionBreadth } from './graph-store.js';

interface FollowRow {
  id: string;
  follower_id: string;
  followee_id: string;
  followed_at: Date;
}

/** A result row of a batch of queries; `n` is the index of the query, from 0. */
type Indexed<Row> = Row & { n: number };

const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The social graph in the table `follow` of social's own database. The pool's statement timeout bounds each call. */
export class PostgresGraphStore implements GraphStore {
  readonly #reader: EntityManager;

  constructor(reader: EntityManager) {
    this.#reader = reader;
  }

  async follow(manager: EntityManager, follow: Follow, maxFollowing: number): Promise<Follow | null> {
    // Serializes the follows of one follower, so that each counts those before it.
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `follow ${follow.followerId}`,
    ]);
    const [existing]: FollowRow[] = await manager.query(
      'SELECT id, follower_id, followee_id, followed_at FROM follow WHERE follower_id = $1 AND followee_id = $2',
      [follow.followerId, follow.followeeId],
    );
    if (existing) return toFollow(existing);
    const [row]: FollowRow[] = await manager.query(
      `INSERT INTO follow (id, follower_id, followee_id, followed_at)
       SELECT $1::uuid, $2::uuid, $3::uuid, $4::timestamptz
       WHERE (SELECT count(*) FROM follow WHERE follower_id = $2::uuid) < $5
       RETURNING id, follower_id, followee_id, followed_at`,
      [follow.id, follow.followerId, follow.followeeId, follow.followedAt, maxFollowing],
    );
    return row ? toFollow(row) : null;
  }

  async unfollow(manager: EntityManager, followerId: string, followeeId: string): Promise<boolean> {
    const [, deleted]: [unknown, number] = await manager.query(
      'DELETE FROM follow WHERE follower_id = $1 AND followee_id = $2',
      [followerId, followeeId],
    );
    return deleted > 0;
  }

  async forget(userId: string, limit: number): Promise<string[]> {
    const [rows]: [{ other: string }[], number] = await this.#reader.query(
      `DELETE FROM follow WHERE (follower_id, followee_id) IN (
         (SELECT follower_id, followee_id FROM follow WHERE follower_id = $1 LIMIT $2)
         UNION ALL (SELECT follower_id, followee_id FROM follow WHERE followee_id = $1 LIMIT $2)
         LIMIT $2)
       RETURNING CASE follower_id WHEN $1 THEN followee_id ELSE follower_id END AS other`,
      [userId, limit],
    );
    return rows.map((row) => row.other);
  }

  async followers(slices: readonly FollowSlice[]): Promise<Follow[][]> {
    const rows: Indexed<FollowRow>[] = await this.#reader.query(
      `SELECT (q.n - 1)::int AS n, f.id, f.follower_id, f.followee_id, f.followed_at
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) WITH ORDINALITY AS q (user_id, after, size, n)
       CROSS JOIN LATERAL (
         SELECT * FROM follow WHERE followee_id = q.user_id AND id < q.after ORDER BY id DESC LIMIT q.size
       ) f
       ORDER BY q.n, f.id DESC`,
      columns(slices),
    );
    return groupByQuery(slices.length, rows).map((group) => group.map(toFollow));
  }

  async following(slices: readonly FollowSlice[]): Promise<Follow[][]> {
    const rows: Indexed<FollowRow>[] = await this.#reader.query(
      `SELECT (q.n - 1)::int AS n, f.id, f.follower_id, f.followee_id, f.followed_at
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) WITH ORDINALITY AS q (user_id, after, size, n)
       CROSS JOIN LATERAL (
         SELECT * FROM follow WHERE follower_id = q.user_id AND id < q.after ORDER BY id DESC LIMIT q.size
       ) f
       ORDER BY q.n, f.id DESC`,
      columns(slices),
    );
    return groupByQuery(slices.length, rows).map((group) => group.map(toFollow));
  }

  async followersCounts(userIds: readonly string[]): Promise<number[]> {
    const rows: { count: number }[] = await this.#reader.query(
      `SELECT (SELECT coalesce(sum(count), 0)::int FROM follower_count WHERE user_id = q.user_id) AS count
       FROM unnest($1::uuid[]) WITH ORDINALITY AS q (user_id, n) ORDER BY q.n`,
      [userIds],
    );
    return rows.map((row) => row.count);
  }

  async followingCounts(userIds: readonly string[]): Promise<number[]> {
    const rows: { count: number }[] = await this.#reader.query(
      `SELECT (SELECT count(*)::int FROM follow WHERE follower_id = q.user_id) AS count
       FROM unnest($1::uuid[]) WITH ORDINALITY AS q (user_id, n) ORDER BY q.n`,
      [userIds],
    );
    return rows.map((row) => row.count);
  }

  async areFollowed(followerId: string, userIds: readonly string[]): Promise<boolean[]> {
    const rows: { followed: boolean }[] = await this.#reader.query(
      `SELECT EXISTS (SELECT 1 FROM follow WHERE follower_id = $1 AND followee_id = q.user_id) AS followed
       FROM unnest($2::uuid[]) WITH ORDINALITY AS q (user_id, n) ORDER BY q.n`,
      [followerId, userIds],
    );
    return rows.map((row) => row.followed);
  }

  async mutualFollowers(viewerId: string, slices: readonly MutualSlice[]): Promise<(string[] | null)[]> {
    // Users follow hundreds, but a user may have millions of followers. OFFSET 0 makes the planner check each user
    // whom the viewer follows, instead of reading the whole list of followers.
    const rows: { known: boolean; ids: string[] }[] = await this.#reader.query(
      `SELECT q.after IS NULL OR place.id IS NOT NULL AS known, ARRAY(
         SELECT mine.followee_id FROM follow mine
         CROSS JOIN LATERAL (
           SELECT id FROM follow WHERE follower_id = mine.followee_id AND followee_id = q.user_id OFFSET 0
         ) theirs
         WHERE mine.follower_id = $1 AND (q.after IS NULL OR theirs.id < place.id)
         ORDER BY theirs.id DESC LIMIT q.size) AS ids
       FROM unnest($2::uuid[], $3::uuid[], $4::int[]) WITH ORDINALITY AS q (user_id, after, size, n)
       LEFT JOIN LATERAL (
         SELECT id FROM follow WHERE follower_id = q.after AND followee_id = q.user_id OFFSET 0
       ) place ON true
       ORDER BY q.n`,
      [
        viewerId,
        slices.map(({ userId }) => userId),
        slices.map(({ after }) => after),
        slices.map(({ limit }) => limit),
      ],
    );
    return rows.map(({ known, ids }) => (known ? ids : null));
  }

  async followees(userIds: readonly string[]): Promise<string[][]> {
    const rows: { ids: string[] }[] = await this.#reader.query(
      `SELECT ARRAY(
         SELECT followee_id FROM follow WHERE follower_id = q.user_id ORDER BY id DESC LIMIT $2) AS ids
       FROM unnest($1::uuid[]) WITH ORDINALITY AS q (user_id, n) ORDER BY q.n`,
      [userIds, maxFollowees],
    );
    return rows.map((row) => row.ids);
  }

  suggestions(viewerId: string, limit: number): Promise<RankedUser[]> {
    return this.#reader.query(
      `SELECT theirs.followee_id AS "userId", count(*)::int AS followers
       FROM (SELECT followee_id FROM follow WHERE follower_id = $1 ORDER BY id DESC LIMIT $3) AS mine
       CROSS JOIN LATERAL (
         SELECT followee_id FROM follow WHERE follower_id = mine.followee_id ORDER BY id DESC LIMIT $3
       ) AS theirs
       WHERE theirs.followee_id <> $1
         AND theirs.followee_id <> ALL (ARRAY(SELECT followee_id FROM follow WHERE follower_id = $1))
       GROUP BY theirs.followee_id ORDER BY followers DESC, "userId" LIMIT $2`,
      [viewerId, limit, suggestionBreadth],
    );
  }

  popularUsers(limit: number): Promise<RankedUser[]> {
    return this.#reader.query(
      `SELECT followee_id AS "userId", count(*)::int AS followers
       FROM (SELECT followee_id FROM follow ORDER BY id DESC LIMIT $2) AS latest
       GROUP BY followee_id ORDER BY followers DESC, "userId" LIMIT $1`,
      [limit, latestFollows],
    );
  }
}

function toFollow(row: FollowRow): Follow {
  return {
    id: row.id,
    followerId: row.follower_id,
    followeeId: row.followee_id,
    followedAt: row.followed_at,
  };
}

function columns(slices: readonly FollowSlice[]): [string[], string[], number[]] {
  return [
    slices.map((slice) => slice.userId),
    slices.map((slice) => slice.after ?? newest),
    slices.map((slice) => slice.limit),
  ];
}
