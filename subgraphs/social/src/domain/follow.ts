import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { GraphStore } from '../graph-store/port.js';
import { newFollower } from './notification-texts.js';
import { notify } from './notification.js';

/**
 * The UUID of a user whom a mutation names. Account owns the users: every well-formed id counts as known here.
 * @throws Rejection NOT_FOUND for an id that is malformed or of another type
 */
export function namedUser(id: string): string {
  const userId = fromApiId('user', id);
  if (userId === null) throw new Rejection('NOT_FOUND', 'There is no such user.', { field: ['userId'] });
  return userId;
}

/**
 * Lets one user follow another, and tells the other: once for each time that it begins, and not again while an
 * earlier such notification is unread. Doing it again tells what a crash kept from being told.
 * @throws Rejection CANNOT_FOLLOW_SELF
 */
export async function follow(
  manager: EntityManager,
  graph: GraphStore,
  { followerId, followeeId, now }: { followerId: string; followeeId: string; now: Date },
): Promise<void> {
  if (followerId === followeeId) {
    throw new Rejection('CANNOT_FOLLOW_SELF', 'Nobody can follow themselves.', { field: ['userId'] });
  }
  const { id } = await graph.follow(manager, { id: newId(), followerId, followeeId, followedAt: now });
  await notify(
    manager,
    [{ userId: followeeId, text: newFollower(followerId), actorId: followerId, occasion: id }],
    now,
  );
}
