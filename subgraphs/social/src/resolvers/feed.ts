import { callerOf } from '@souk/shared/graph/context';
import { isIdCursor, readPage, toConnection } from '@souk/shared/graph/pagination';
import { toApiId } from '@souk/shared/ids';
import { findFeed } from '../domain/feed/feed.js';
import type { ActivityResolvers, QueryResolvers, Resolvers } from '../generated/resolvers.js';

/** The caller's feed. */
const feedQueries: Pick<QueryResolvers, 'feed'> = {
  feed: async (_root, { first, after }, context) => {
    const { userId: viewerId } = callerOf(context);
    const page = readPage({ first, after }, isIdCursor);
    const [followeeIds = []] = await context.graph.followees([viewerId]);
    const activities = await findFeed(context.database.reader, {
      ...{ viewerId, followeeIds },
      ...{ after: page.cursor, limit: page.limit + 1 },
    });
    const { edges, nodes, pageInfo } = toConnection(
      page,
      activities,
      { cursor: ({ id }) => id, node: (activity) => activity },
      () => Promise.reject(new Error('Nobody counts a feed.')),
    );
    return { edges, nodes, pageInfo };
  },
};

const activityFields: ActivityResolvers = {
  id: ({ id }) => toApiId('activity', id),
  actor: ({ actorId }) => ({ id: toApiId('user', actorId) }),
  listing: ({ listingId }) => (listingId === null ? null : { id: toApiId('listing', listingId) }),
  target: ({ targetId }) => (targetId === null ? null : { id: toApiId('user', targetId) }),
};

/** Resolvers of feeds. */
export const feedResolvers: Resolvers = { Query: feedQueries, Activity: activityFields };
