import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { toApiId } from '@souk/shared/ids';
import { block, unblock } from '../domain/follow/block.js';
import { requireUser, follow, parseUserId, unfollow } from '../domain/follow/follow.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';

/** The mutations of follows and blocks. */
const followMutations: Pick<MutationResolvers, 'follow' | 'unfollow' | 'block' | 'unblock'> = {
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

  block: (_root, { userId }, context) =>
    withUserErrors({ user: null }, async () => {
      const { userId: blockerId } = callerOf(context);
      const now = context.clock.now();
      const blockedId = await requireUser(context.database.reader, userId, now);
      await context.database.transact((manager, outbox) =>
        block(manager, outbox, context.graph, { blockerId, blockedId }, now),
      );
      context.loaders.clearFollows();
      return { user: { id: toApiId('user', blockedId) } };
    }),

  unblock: (_root, { userId }, context) =>
    withUserErrors({ user: null }, async () => {
      const { userId: blockerId } = callerOf(context);
      const blockedId = parseUserId(userId);
      await context.database.transact((manager, outbox) =>
        unblock(manager, outbox, { blockerId, blockedId }),
      );
      return { user: { id: toApiId('user', blockedId) } };
    }),
};

/** Resolvers of follows and blocks. */
export const followResolvers: Resolvers = { Mutation: followMutations };
