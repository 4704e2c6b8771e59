import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { uuid } from '@souk/shared/contracts/values';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { Outbox } from '@souk/shared/db/outbox';
import { firstIdAt, newId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { Follow } from '../../graph-store/graph-store.js';

/** An action of a user that followers see in their feeds. Ids are UUIDs. */
export interface Activity {
  /** UUIDv7: orders the feed, and serves as its cursor. */
  id: string;
  at: Date;
  actorId: string;
  type: 'PURCHASED' | 'FOLLOWED' | 'PUBLISHED_LISTING';
  /** Null for FOLLOWED. */
  listingId: string | null;
  /** Null but for FOLLOWED. */
  targetId: string | null;
}

type NewActivity = Activity & { orderId: string | null };

/** Name of the message that fans out what an actor has done, on social's own queue. */
export const fanOutActivitiesName = 'fanOutActivities';

/** Body of that message. Activities that are not fanned out yet are in the table. */
export const activityFanOut = z.object({ actorId: uuid });

/** Days for which activities are stored. */
export const activityDays = 90;

/** Listings of one order that get an activity each. */
const maxListingsPerOrder = 10;
const dayMs = 24 * 60 * 60 * 1_000;

/** Creates the message that fans out what an actor has done. It may get lost: `wakeFanOuts` sends it again. */
export function fanOutActivities(actorId: string): Message {
  return { queue: 'social', name: fanOutActivitiesName, body: { actorId } };
}

/** Publishes an order of a buyer who shares purchases. Idempotent. */
export async function publishPurchase(
  manager: EntityManager,
  outbox: Outbox,
  { userId, orderId, listingIds }: { userId: string; orderId: string; listingIds: readonly string[] },
  at: Date,
): Promise<void> {
  const activities = listingIds.slice(0, maxListingsPerOrder).map((listingId): NewActivity => ({
    ...{ id: newId(), at, actorId: userId, type: 'PURCHASED' },
    ...{ listingId, targetId: null, orderId },
  }));
  await publishActivities(manager, outbox, activities);
}

/** Publishes a follow. Idempotent. */
export async function publishFollow(manager: EntityManager, outbox: Outbox, follow: Follow): Promise<void> {
  const { id, followerId: actorId, followeeId: targetId, followedAt: at } = follow;
  const activity: NewActivity = {
    id,
    at,
    actorId,
    type: 'FOLLOWED',
    listingId: null,
    targetId,
    orderId: null,
  };
  await publishActivities(manager, outbox, [activity]);
}

/** Publishes a listing for the followers of its seller, at its first publication. Idempotent. */
export async function publishListing(
  manager: EntityManager,
  outbox: Outbox,
  { sellerId: actorId, listingId }: { sellerId: string; listingId: string },
  at: Date,
): Promise<void> {
  const activity: NewActivity = {
    ...{ id: newId(), at, actorId, type: 'PUBLISHED_LISTING' },
    ...{ listingId, targetId: null, orderId: null },
  };
  await publishActivities(manager, outbox, [activity]);
}

/** Deletes the activity of a follow that has ended. */
export async function deleteFollowActivity(
  manager: EntityManager,
  followerId: string,
  followeeId: string,
): Promise<void> {
  await manager.query(`DELETE FROM activity WHERE actor_id = $1 AND target_id = $2 AND type = 'FOLLOWED'`, [
    followerId,
    followeeId,
  ]);
}

/** Deletes the activities of orders that were undone. */
export async function deleteOrderActivities(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<void> {
  await manager.query(`DELETE FROM activity WHERE order_id = ANY($1) AND type = 'PURCHASED'`, [orderIds]);
}

/** Deletes all activities of a listing that catalog has deleted. */
export async function deleteListingActivities(manager: EntityManager, listingId: string): Promise<void> {
  await manager.query(`DELETE FROM activity WHERE listing_id = $1 AND type = 'PUBLISHED_LISTING'`, [
    listingId,
  ]);
}

/** Deletes activities and entries of feeds that are older than 90 days. */
export async function purgeActivities(manager: EntityManager, now: Date): Promise<void> {
  const before = firstIdAt(new Date(now.getTime() - activityDays * dayMs));
  await deleteInBatches(
    manager,
    'DELETE FROM activity WHERE id IN (SELECT id FROM activity WHERE id < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)',
    [before],
  );
  await deleteInBatches(
    manager,
    `DELETE FROM feed_entry WHERE (user_id, activity_id) IN (
       SELECT user_id, activity_id FROM feed_entry WHERE activity_id < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [before],
  );
}

async function publishActivities(
  manager: EntityManager,
  outbox: Outbox,
  activities: readonly NewActivity[],
): Promise<void> {
  if (activities.length === 0) return;
  const published: { actor_id: string }[] = await manager.query(
    `INSERT INTO activity (id, actor_id, type, listing_id, target_id, order_id, at)
     SELECT id, "actorId", type, "listingId", "targetId", "orderId", at
     FROM jsonb_to_recordset($1::jsonb) AS a
       (id uuid, "actorId" uuid, type text, "listingId" uuid, "targetId" uuid, "orderId" uuid, at timestamptz)
     ON CONFLICT DO NOTHING RETURNING actor_id`,
    [JSON.stringify(activities)],
  );
  outbox.addWakeUp(...[...new Set(published.map((row) => row.actor_id))].map(fanOutActivities));
}
