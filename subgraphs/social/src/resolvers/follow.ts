import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { toApiId } from '@souk/shared/ids';
import { requireUser, follow, parseUserId, unfollow } from '../domain/follow/follow.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';

/** The mutations follow and unfollow. */
const followMutations: Pick<MutationResolvers, 'follow' | 'unfollow'> = {
  follow: (_root, { userId }, context) =>
    withUserErrors({ user: null }, async () => {
      const { userId: followerId } = callerOf(context);
      const now = context.clock.now();
      const followeeId = await requireUser(context.database.reader, userId, now);
      await context.database.transact((manager, outbox) =>
        follow(manager, outbox, context.graph, { followerId, followeeId, now }),
      );
      context.loaders.clearFollows();
      return { user: { id: toApiId('user', followeeId) } };
    }),

  unfollow: (_root, { userId }, context) =>
    withUserErrors({ user: null }, async () => {
      const { userId: followerId } = callerOf(context);
      const followeeId = parseUserId(userId);
      await context.database.transact((manager, outbox) =>
        unfollow(manager, outbox, context.graph, followerId, followeeId),
      );
      context.loaders.clearFollows();
      return { user: { id: toApiId('user', followeeId) } };
    }),
};

/** Resolvers of follows. */
export const followResolvers: Resolvers = { Mutation: followMutations };
