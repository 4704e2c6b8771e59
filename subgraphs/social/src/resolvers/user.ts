import type DataLoader from 'dataloader';
import { exactCount } from '@souk/shared/db/row-count';
import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { readListPage } from '@souk/shared/graph/list-pages';
import { isIdCursor, readPage, toConnection } from '@souk/shared/graph/pagination';
import { fromApiId, isUuid, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { countNotifications, findNotifications } from '../domain/notification/notification.js';
import { findPreferences } from '../domain/notification/preference.js';
import type { Resolvers, UserFollowersArgs, UserResolvers } from '../generated/resolvers.js';
import type { Follow, FollowSlice } from '../graph-store/graph-store.js';
import type { FollowConnection, UserKey } from '../models.js';

const mutualFollowersSize = { byDefault: 10, max: 100 };

/** Resolvers of User. Account owns users, so a reference resolves without a query, and an unknown user has zeros. */
const userFields: UserResolvers = {
  __resolveReference: ({ id }) => (fromApiId('user', id) === null ? null : { id }),

  followers: (parent, page, { loaders }) =>
    followConnection(parent, page, loaders.followers, loaders.followersCount, (follow) => follow.followerId),
  following: (parent, page, { loaders }) =>
    followConnection(parent, page, loaders.following, loaders.followingCount, (follow) => follow.followeeId),
  followersCount: (parent, _arguments, { loaders }) => loaders.followersCount.load(uuidOf(parent)),
  followingCount: (parent, _arguments, { loaders }) => loaders.followingCount.load(uuidOf(parent)),
  followedByMe: (parent, _arguments, { loaders }) => loaders.followedByMe.load(uuidOf(parent)),

  mutualFollowers: async (parent, page, { loaders }) => {
    const slice = readListPage(page, mutualFollowersSize, 'user');
    const mutuals = await loaders.mutualFollowers.load({ userId: uuidOf(parent), ...slice });
    return mutuals.map((userId) => ({ id: toApiId('user', userId) }));
  },

  socialStatistics: (parent, _arguments, { loaders }) => loaders.statistics.load(uuidOf(parent)),

  notifications: async (parent, { unreadOnly, first, after }, context) => {
    const userId = requireRecipient(parent, context);
    const page = readPage({ first, after }, isId);
    const { reader } = context.database;
    const which = { userId, unreadOnly };
    const rows = await findNotifications(reader, { ...which, after: page.cursor, limit: page.limit + 1 });
    return toConnection(page, rows, { cursor: (row) => row.id, node: (row) => row }, async () =>
      exactCount(await countNotifications(reader, which)),
    );
  },

  notificationPreferences: (parent, _arguments, context) =>
    findPreferences(context.database.reader, requireRecipient(parent, context)),

  unreadNotifications: (parent, _arguments, context) =>
    countNotifications(context.database.reader, {
      userId: requireRecipient(parent, context),
      unreadOnly: true,
    }),
};

async function followConnection(
  parent: UserKey,
  { first, after }: UserFollowersArgs,
  slices: DataLoader<FollowSlice, Follow[], string>,
  counts: DataLoader<string, number>,
  otherOf: (follow: Follow) => string,
): Promise<FollowConnection> {
  const userId = uuidOf(parent);
  const page = readPage({ first, after }, isId);
  const follows = await slices.load({ userId, after: page.cursor, limit: page.limit + 1 });
  return toConnection(
    page,
    follows,
    {
      cursor: (follow) => follow.id,
      node: (follow) => ({ id: toApiId('user', otherOf(follow)) }),
      edge: (follow) => ({ followedAt: follow.followedAt }),
    },
    async () => exactCount(await counts.load(userId)),
  );
}

function isId(value: unknown): value is string {
  return isIdCursor(value) && isUuid(value);
}

function uuidOf({ id }: UserKey): string {
  const userId = fromApiId('user', id);
  if (userId === null) throw new Error('The parent of a User field has an invalid id.');
  return userId;
}

/** Returns the user's UUID if the caller is that user. @throws FORBIDDEN for other callers */
export function requireRecipient(parent: UserKey, context: Context): string {
  return requireSelf(parent, context, 'Only the recipient may read notifications.');
}

/** Returns the user's UUID if the caller is that user. @throws FORBIDDEN with the message for other callers */
export function requireSelf(parent: UserKey, context: Context, message: string): string {
  const userId = uuidOf(parent);
  if (callerOf(context).userId !== userId) throw graphError('FORBIDDEN', message);
  return userId;
}

/** Resolvers of users. */
export const userResolvers: Resolvers = { User: userFields };
