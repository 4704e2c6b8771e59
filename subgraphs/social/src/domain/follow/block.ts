import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { socialEvents } from '@souk/shared/contracts/social';
import { uuid } from '@souk/shared/contracts/values';
import { lockNames } from '@souk/shared/db/advisory-locks';
import type { Outbox } from '@souk/shared/db/outbox';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection, Unavailable } from '@souk/shared/errors';
import type { Message } from '@souk/shared/message';
import type { GraphStore } from '../../graph-store/graph-store.js';
import { deleteFollowActivity } from '../feed/activity.js';
import { followsTopic, notificationsTopic } from '../topics.js';

/** Maximum number of users that one user can block. */
export const maxBlocks = 1_000;

/** Name of the message that ends the follows between two users, on social's own queue. */
export const cutMessageName = 'cutFollows';

/** Body of that message: the users of a block. */
export const blockPair = z.object({ blockerId: uuid, blockedId: uuid });

/** A block of one user by another. Ids are UUIDs. */
export type BlockPair = z.infer<typeof blockPair>;

// With the queue's exponential backoff this covers an outage of about half an hour.
const cutAttempts = 14;
const followLocks = 1;

/**
 * Lets one user block another: ends the follows between them, and deletes notifications about each other. Idempotent. While
 * the graph store is unavailable the block holds all the same, and a message ends the follows later.
 * @throws Rejection INVALID (the same user), TOO_MANY_BLOCKS
 */
export async function block(
  manager: EntityManager,
  outbox: Outbox,
  graph: GraphStore,
  { blockerId, blockedId }: BlockPair,
  now: Date,
): Promise<void> {
  if (blockerId === blockedId)
    throw new Rejection('INVALID', 'You cannot block yourself.', { field: ['userId'] });
  await lockNames(manager, followLocks, [pairName(blockerId, blockedId), `blocks of ${blockerId}`]);
  if (await insertBlock(manager, { blockerId, blockedId }, now))
    outbox.publish(socialEvents.userBlocked, blockerId, { blockerId, blockedId });
  await deleteNotifications(manager, blockerId, blockedId);
  try {
    await cutFollows(manager, outbox, graph, { blockerId, blockedId });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    const message: Message = {
      queue: 'social',
      name: cutMessageName,
      body: { blockerId, blockedId },
      attempts: cutAttempts,
    };
    outbox.add(message);
  }
}

/** Ends a block. The follows of before do not return. No effect when there is no block. */
export async function unblock(
  manager: EntityManager,
  outbox: Outbox,
  { blockerId, blockedId }: BlockPair,
): Promise<void> {
  const [, deleted]: [unknown, number] = await manager.query(
    'DELETE FROM user_block WHERE blocker_id = $1 AND blocked_id = $2',
    [blockerId, blockedId],
  );
  if (deleted > 0) outbox.publish(socialEvents.userUnblocked, blockerId, { blockerId, blockedId });
}

/** Ends the follows between two users, unless the block has ended meanwhile. */
export async function cutBlockedFollows(
  manager: EntityManager,
  outbox: Outbox,
  graph: GraphStore,
  pair: BlockPair,
): Promise<void> {
  await lockNames(manager, followLocks, [pairName(pair.blockerId, pair.blockedId)]);
  if (await isBlocked(manager, pair.blockerId, pair.blockedId))
    await cutFollows(manager, outbox, graph, pair);
}

/**
 * Makes sure that neither of two users has blocked the other, until the transaction ends. The rejection does not say which
 * of them has.
 * @throws Rejection BLOCKED
 */
export async function requireUnblocked(
  manager: EntityManager,
  userId: string,
  otherId: string,
): Promise<void> {
  await lockNames(manager, followLocks, [pairName(userId, otherId)]);
  if (await isBlocked(manager, userId, otherId))
    throw new Rejection('BLOCKED', 'You cannot follow this user.', { field: ['userId'] });
}

/** Must run before the graph store is called: an external store keeps the change even if the transaction fails. */
export function publishFollowChange(manager: EntityManager, followerId: string, followeeId: string): void {
  publishChange(manager, [followsTopic(followerId), followsTopic(followeeId)]);
}

function pairName(userId: string, otherId: string): string {
  return [userId, otherId].sort().join(' ');
}

async function isBlocked(manager: EntityManager, userId: string, otherId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM user_block
     WHERE (blocker_id, blocked_id) IN (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))`,
    [userId, otherId],
  );
  return rows.length > 0;
}

/** Returns whether the block is new. */
async function insertBlock(
  manager: EntityManager,
  { blockerId, blockedId }: BlockPair,
  now: Date,
): Promise<boolean> {
  const [state]: { exists: boolean; count: number }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM user_block WHERE blocker_id = $1 AND blocked_id = $2) AS exists,
       (SELECT count(*)::int FROM user_block WHERE blocker_id = $1) AS count`,
    [blockerId, blockedId],
  );
  if (state?.exists) return false;
  if (state && state.count >= maxBlocks) {
    throw new Rejection('TOO_MANY_BLOCKS', `You can block at most ${maxBlocks} users.`, {
      field: ['userId'],
      typename: 'TooManyBlocksError',
      details: { limit: maxBlocks },
    });
  }
  await manager.query('INSERT INTO user_block (blocker_id, blocked_id, blocked_at) VALUES ($1, $2, $3)', [
    blockerId,
    blockedId,
    now,
  ]);
  return true;
}

async function deleteNotifications(manager: EntityManager, userId: string, otherId: string): Promise<void> {
  const [, deleted]: [unknown, number] = await manager.query(
    `DELETE FROM notification
     WHERE (user_id = $1 AND actor_id = $2) OR (user_id = $2 AND actor_id = $1)`,
    [userId, otherId],
  );
  if (deleted > 0) publishChange(manager, [notificationsTopic(userId), notificationsTopic(otherId)]);
}

async function cutFollows(
  manager: EntityManager,
  outbox: Outbox,
  graph: GraphStore,
  { blockerId, blockedId }: BlockPair,
): Promise<void> {
  publishFollowChange(manager, blockerId, blockedId);
  for (const [followerId, followeeId] of [
    [blockerId, blockedId],
    [blockedId, blockerId],
  ] as const) {
    await deleteFollowActivity(manager, followerId, followeeId);
    if (await graph.unfollow(manager, followerId, followeeId))
      outbox.publish(socialEvents.userUnfollowed, followerId, { followerId, followeeId });
  }
}
