import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { uuid } from '@souk/shared/contracts/values';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Message } from '@souk/shared/message';
import type { Follow, GraphStore } from '../../graph-store/graph-store.js';
import { fanOutActivities } from './activity.js';

/** Users with at most this many followers are pushed into their feeds; those of others read their activities. */
export const maxPushedFollowers = 1_000;

/** Name of the message that adds a new followee's activities to a feed, on social's own queue. */
export const fillFeedName = 'fillFeed';

/** Body of that message. */
export const feedFill = z.object({ followerId: uuid, followeeId: uuid });

/** A feed to which activities of a new followee are added. */
export type FeedFill = z.infer<typeof feedFill>;

/** Activities of one actor fanned out in one transaction. */
const maxActivitiesAtOnce = 10;
/** Activities of a new followee that are added to a feed. */
const maxFilled = 50;
/** Actors whose fan-out one turn of the sweep starts again. */
const maxWoken = 200;

/** Creates the message that adds a new followee's activities to a feed. */
export function fillFeedMessage(fill: FeedFill): Message {
  return { queue: 'social', name: fillFeedName, body: fill };
}

/**
 * Fans out what actors have done. Followers are read after the activities: whoever follows an actor later gets them by
 * `fillFeed`. Repeating it has no further effect.
 */
export async function fanOut(
  database: Database,
  graph: GraphStore,
  actorIds: readonly string[],
): Promise<void> {
  const activities: { actor_id: string; ids: string[] }[] = await database.reader.query(
    `SELECT a.actor_id, array_agg(a.id) AS ids FROM unnest($1::uuid[]) AS actor (id)
     CROSS JOIN LATERAL (
       SELECT id, actor_id FROM activity WHERE actor_id = actor.id AND is_pulled IS NULL ORDER BY id LIMIT $2
     ) AS a GROUP BY a.actor_id`,
    [[...new Set(actorIds)], maxActivitiesAtOnce],
  );
  if (activities.length === 0) return;
  const pages = await graph.followers(
    activities.map(({ actor_id: userId }) => ({ userId, after: null, limit: maxPushedFollowers + 1 })),
  );
  for (const [index, { actor_id: actorId, ids }] of activities.entries()) {
    await database.transact((manager, outbox) =>
      push(manager, outbox, { actorId, ids, followers: pages[index] ?? [] }),
    );
  }
}

/** Adds the latest activities of a new followee to the feed of the follower. */
export async function fillFeed(manager: EntityManager, { followerId, followeeId }: FeedFill): Promise<void> {
  await manager.query(
    `INSERT INTO feed_entry (user_id, activity_id)
     SELECT $1, id FROM (
       SELECT id, is_pulled FROM activity WHERE actor_id = $2 ORDER BY id DESC LIMIT $3
     ) AS latest
     WHERE is_pulled IS DISTINCT FROM true AND ${isNotLeaving('$1')}
     ON CONFLICT DO NOTHING`,
    [followerId, followeeId, maxFilled],
  );
}

/** Starts fan-outs again whose message was lost, or which failed while the graph store was unavailable. */
export async function wakeFanOuts(manager: EntityManager, outbox: Outbox, now: Date): Promise<void> {
  const late: { actor_id: string }[] = await manager.query(
    `SELECT DISTINCT actor_id FROM (
       SELECT actor_id FROM activity WHERE is_pulled IS NULL AND at < $1 LIMIT $2) AS late`,
    [new Date(now.getTime() - lateMs), maxWoken],
  );
  outbox.addWakeUp(...late.map((row) => fanOutActivities(row.actor_id)));
}

const lateMs = 30_000;

async function push(
  manager: EntityManager,
  outbox: Outbox,
  { actorId, ids, followers }: { actorId: string; ids: readonly string[]; followers: readonly Follow[] },
): Promise<void> {
  const isPulled = followers.length > maxPushedFollowers;
  if (!isPulled) {
    await manager.query(
      `INSERT INTO feed_entry (user_id, activity_id)
       SELECT follower.id, activity.id
       FROM unnest($1::uuid[]) AS follower (id) CROSS JOIN unnest($2::uuid[]) AS activity (id)
       WHERE ${isNotLeaving('follower.id')} ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
      [followers.map(({ followerId }) => followerId), ids],
    );
  }
  await manager.query('UPDATE activity SET is_pulled = $2 WHERE id = ANY($1) AND is_pulled IS NULL', [
    ids,
    isPulled,
  ]);
  if (ids.length === maxActivitiesAtOnce) outbox.addWakeUp(fanOutActivities(actorId));
}

/** Nothing new is stored about people whose account is being deleted. */
function isNotLeaving(user: string): string {
  return `NOT EXISTS (SELECT FROM known_user k WHERE k.user_id = ${user} AND k.status = 'DELETED')`;
}
