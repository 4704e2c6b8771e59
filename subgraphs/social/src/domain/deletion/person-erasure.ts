import type { Database } from '@souk/shared/db/database';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import type { GraphStore } from '../../graph-store/graph-store.js';
import { eraseReplies, eraseReviews } from '../review/review-erasure.js';
import { followsTopic, notificationsTopic } from '../topics.js';

/** Follows that are removed at once. */
const followBatch = 1_000;

/** Tables with a column `user_id` whose rows end with the account. */
const tablesOfUser = [
  'social_profile',
  'purchase',
  'follower_count',
  'notification_preference',
  'bounced_address',
  // Once more: a fan-out may have run meanwhile.
  'feed_entry',
  'push_subscription',
  'quiet_hours',
  'wishlist_item',
  'received_token',
];

/** Table, columns of its key, and the column of the user: what a person may have much of. */
const activityOfUser = [
  ['notification', 'id', 'user_id'],
  ['notification', 'id', 'actor_id'],
  ['feed_entry', 'user_id, activity_id', 'user_id'],
  ['activity', 'id', 'actor_id'],
  ['activity', 'id', 'target_id'],
  ['wishlist_item', 'user_id, listing_id', 'user_id'],
  ['user_block', 'blocker_id, blocked_id', 'blocker_id'],
  ['user_block', 'blocker_id, blocked_id', 'blocked_id'],
  ['review_report', 'review_id, user_id', 'user_id'],
] as const;

/**
 * Notes that people are leaving, before anything of them is erased: nobody can follow or notify them from now on. Their
 * contact data are gone; account's list says the same, within seconds.
 * @param userIds UUIDs
 */
export async function noteLeaving(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await manager.query(
    `INSERT INTO known_user (user_id, status) SELECT *, 'DELETED' FROM unnest($1::uuid[]) AS id
     ON CONFLICT (user_id) DO UPDATE SET status = 'DELETED', email = NULL, is_email_verified = NULL, phone = NULL,
       display_name = NULL, locale = NULL, time_zone = NULL`,
    [userIds],
  );
}

/**
 * Removes what a person may have much of, in batches with transactions of their own: follows and blocks in both directions,
 * their feed and activities, their reviews, replies and reports, their notifications, and those that they caused. Repeating it has no further effect.
 * @param userId UUID
 */
export async function removeActivity(database: Database, graph: GraphStore, userId: string): Promise<void> {
  for (;;) {
    const others = await graph.forget(userId, followBatch);
    if (others.length === 0) break;
    await database.transact((manager) => {
      publishChange(manager, [userId, ...others].map(followsTopic));
      return Promise.resolve();
    });
  }
  while ((await database.transact((manager) => eraseReviews(manager, userId))) > 0);
  while ((await database.transact((manager) => eraseReplies(manager, userId))) > 0);
  for (const [table, key, column] of activityOfUser) {
    const statement = `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${column} = $1 LIMIT $2)`;
    while ((await deleteInBatches(database.reader, statement, [userId])) > 0);
  }
}

/** Erases the rest of a person's data. @param userId UUID */
export async function erasePerson(manager: EntityManager, userId: string): Promise<void> {
  for (const table of tablesOfUser) await manager.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
  await manager.query('DELETE FROM idempotency_key WHERE caller = $1', [userId]);
  publishChange(manager, [followsTopic(userId), notificationsTopic(userId)]);
}
