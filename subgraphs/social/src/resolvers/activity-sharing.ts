import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { setActivitySharing } from '../domain/activity-sharing.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';

/** The mutation that switches the sharing of purchases on and off. */
const activitySharingMutations: Pick<MutationResolvers, 'setActivitySharing'> = {
  setActivitySharing: (_root, { enabled }, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      await context.database.transact((manager, outbox) =>
        setActivitySharing(manager, outbox, userId, enabled),
      );
      return { ok: true };
    }),
};

/** Resolvers of activity sharing. */
export const activitySharingResolvers: Resolvers = { Mutation: activitySharingMutations };
