import type { EntityManager } from 'typeorm';
import { isListingVisible, isUserVisible } from '../visibility.js';
import type { Activity } from './activity.js';

/** Selects activities of a feed: newest first, starting after the id `after`. Ids are UUIDs. */
export interface FeedQuery {
  viewerId: string;
  /** The users whom the viewer follows. */
  followeeIds: readonly string[];
  after: string | null;
  limit: number;
}

const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const columns = 'a.id, a.at, a.actor_id, a.type, a.listing_id, a.target_id';
const shown = `${isUserVisible('$1', 'a.actor_id')} AND ${isUserVisible('$1', 'a.target_id')} AND ${isListingVisible('a.listing_id')}`;

// Most activities were pushed into the feed. Those of actors with many followers are read from the actors, at most a page
// of each.
const feedSql = `
  SELECT * FROM (
    (SELECT ${columns} FROM feed_entry e JOIN activity a ON a.id = e.activity_id
     WHERE e.user_id = $1 AND e.activity_id < $3 AND a.actor_id = ANY($2::uuid[]) AND ${shown}
     ORDER BY e.activity_id DESC LIMIT $4)
    UNION
    (SELECT ${columns} FROM unnest($2::uuid[]) AS followee (id)
     CROSS JOIN LATERAL (
       SELECT a.* FROM activity a
       WHERE a.actor_id = followee.id AND a.is_pulled AND a.id < $3 AND ${shown}
       ORDER BY a.id DESC LIMIT $4
     ) AS a
     ORDER BY a.id DESC LIMIT $4)
  ) AS page
  ORDER BY id DESC LIMIT $4`;

/** Reads up to `limit` activities of the viewer's followees. */
export async function findFeed(
  manager: EntityManager,
  { viewerId, followeeIds, after, limit }: FeedQuery,
): Promise<Activity[]> {
  const rows: {
    id: string;
    at: Date;
    actor_id: string;
    type: Activity['type'];
    listing_id: string | null;
    target_id: string | null;
  }[] = await manager.query(feedSql, [viewerId, followeeIds, after ?? newest, limit]);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actorId: row.actor_id,
    type: row.type,
    listingId: row.listing_id,
    targetId: row.target_id,
  }));
}
