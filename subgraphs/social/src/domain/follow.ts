import type { EntityManager } from 'typeorm';
import { noteChange } from '@souk/shared/db/changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { GraphStore } from '../graph-store/graph-store.js';
import { hasUser } from './user-projection.js';
import { newFollower } from './notification-texts.js';
import { notify } from './notification.js';
import { followsTopic } from './topics.js';

/** The UUID in a user's id. @throws Rejection NOT_FOUND for an id that is malformed or of another type */
export function parseUserId(id: string): string {
  return fromApiId('user', id) ?? throwUserNotFound();
}

/** The UUID of a user who can be followed. Opens no transaction. @throws Rejection NOT_FOUND for an id of nobody */
export async function requireUser(reader: EntityManager, id: string, now: Date): Promise<string> {
  const userId = parseUserId(id);
  return (await hasUser(reader, userId, now)) ? userId : throwUserNotFound();
}

function throwUserNotFound(): never {
  throw new Rejection('NOT_FOUND', 'There is no such user.', { field: ['userId'] });
}

/** Users that one user follows at most. */
export const maxFollowing = 5_000;

const dayMs = 24 * 60 * 60 * 1_000;
/** In which somebody is told once of one follower, however often that one begins to follow. */
const newFollowerWindowMs = 7 * dayMs;

/**
 * Lets one user follow another, and tells the other: once a week of the same follower, and not while an earlier such
 * notification is unread. Doing it again tells what a crash kept from being told.
 * @throws Rejection CANNOT_FOLLOW_SELF, TOO_MANY_FOLLOWS
 */
export async function follow(
  manager: EntityManager,
  graph: GraphStore,
  { followerId, followeeId, now }: { followerId: string; followeeId: string; now: Date },
): Promise<void> {
  if (followerId === followeeId) {
    throw new Rejection('CANNOT_FOLLOW_SELF', 'Nobody can follow themselves.', { field: ['userId'] });
  }
  publishFollowChange(manager, followerId, followeeId);
  const stored = await graph.follow(
    manager,
    { id: newId(), followerId, followeeId, followedAt: now },
    maxFollowing,
  );
  if (!stored) {
    throw new Rejection('TOO_MANY_FOLLOWS', `You follow ${maxFollowing} users already, which is the most.`, {
      field: ['userId'],
      typename: 'TooManyFollowsError',
      details: { limit: maxFollowing },
    });
  }
  const began = stored.followedAt.getTime();
  // What was told of an old follow may have been deleted since.
  if (now.getTime() - began >= newFollowerWindowMs) return;
  const window = new Date(began - (began % newFollowerWindowMs)).toISOString();
  await notify(
    manager,
    [
      {
        userId: followeeId,
        text: newFollower(followerId),
        actorId: followerId,
        dedupeKey: `${followerId}/${window}`,
      },
    ],
    now,
  );
}

/** Ends that one user follows another; nothing where he does not. */
export async function unfollow(
  manager: EntityManager,
  graph: GraphStore,
  followerId: string,
  followeeId: string,
): Promise<void> {
  publishFollowChange(manager, followerId, followeeId);
  await graph.unfollow(manager, followerId, followeeId);
}

/** Before the graph is asked: a graph of its own may keep what the transaction does not. */
function publishFollowChange(manager: EntityManager, followerId: string, followeeId: string): void {
  noteChange(manager, [followsTopic(followerId), followsTopic(followeeId)]);
}
