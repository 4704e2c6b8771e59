import type { EntityManager } from 'typeorm';
import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { GraphStore } from '../../graph-store/graph-store.js';
import { maxFollowees } from '../../graph-store/graph-store.js';
import { hasUser } from '../user-projection.js';
import { notify } from '../notification/notify.js';
import { newFollower } from '../notification/social-types.js';
import { deleteFollowActivity, publishFollow } from '../feed/activity.js';
import { fillFeedMessage } from '../feed/activity-fan-out.js';
import { publishFollowChange, requireUnblocked } from './block.js';

/** Parses a user's id to a UUID. @throws Rejection NOT_FOUND for an id that is malformed or of another type */
export function parseUserId(id: string): string {
  return fromApiId('user', id) ?? throwUserNotFound();
}

/**
 * Parses the id of an existing user to a UUID. Must run outside a transaction.
 * @throws Rejection NOT_FOUND for an unknown user
 */
export async function requireUser(reader: EntityManager, id: string, now: Date): Promise<string> {
  const userId = parseUserId(id);
  return (await hasUser(reader, userId, now)) ? userId : throwUserNotFound();
}

function throwUserNotFound(): never {
  throw new Rejection('NOT_FOUND', 'User not found.', { field: ['userId'] });
}

/** Maximum number of users that one user can follow. */
export const maxFollowing = maxFollowees;

const dayMs = 24 * 60 * 60 * 1_000;
/** A user gets at most one notification about the same follower per window. */
const newFollowerWindowMs = 7 * dayMs;

/**
 * Lets one user follow another and notifies the followee: at most once a week about the same follower, and not while an
 * earlier such notification is unread. A repeated call sends a notification that a crash has prevented.
 * @throws Rejection CANNOT_FOLLOW_SELF, BLOCKED, TOO_MANY_FOLLOWS
 */
export async function follow(
  manager: EntityManager,
  outbox: Outbox,
  graph: GraphStore,
  { followerId, followeeId, now }: { followerId: string; followeeId: string; now: Date },
): Promise<void> {
  if (followerId === followeeId) {
    throw new Rejection('CANNOT_FOLLOW_SELF', 'You cannot follow yourself.', { field: ['userId'] });
  }
  await requireUnblocked(manager, followerId, followeeId);
  publishFollowChange(manager, followerId, followeeId);
  const id = newId();
  const stored = await graph.follow(manager, { id, followerId, followeeId, followedAt: now }, maxFollowing);
  if (!stored) {
    throw new Rejection('TOO_MANY_FOLLOWS', `You can follow at most ${maxFollowing} users.`, {
      field: ['userId'],
      typename: 'TooManyFollowsError',
      details: { limit: maxFollowing },
    });
  }
  await publishFollow(manager, outbox, stored);
  // After the commit: from then on the fan-out finds the follower.
  outbox.add(fillFeedMessage({ followerId, followeeId }));
  if (stored.id === id) outbox.publish(socialEvents.userFollowed, followerId, { followerId, followeeId });
  const followedAt = stored.followedAt.getTime();
  // The notification of an old follow may have been deleted meanwhile and must not be sent again.
  if (now.getTime() - followedAt >= newFollowerWindowMs) return;
  const window = new Date(followedAt - (followedAt % newFollowerWindowMs)).toISOString();
  await notify(
    manager,
    outbox,
    [
      {
        userId: followeeId,
        content: newFollower(followerId),
        actorId: followerId,
        dedupeKey: `${followerId}/${window}`,
      },
    ],
    now,
  );
}

/** Ends a follow. No effect when there is none. */
export async function unfollow(
  manager: EntityManager,
  outbox: Outbox,
  graph: GraphStore,
  followerId: string,
  followeeId: string,
): Promise<void> {
  publishFollowChange(manager, followerId, followeeId);
  await deleteFollowActivity(manager, followerId, followeeId);
  if (await graph.unfollow(manager, followerId, followeeId))
    outbox.publish(socialEvents.userUnfollowed, followerId, { followerId, followeeId });
}
