import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { setActivitySharing } from '../domain/activity-sharing.js';
import type { MutationResolvers } from '../generated/resolvers.js';

/** The mutation that switches the sharing of purchases on and off. */
export const activitySharingMutations: Pick<MutationResolvers, 'setActivitySharing'> = {
  setActivitySharing: (_root, { enabled }, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      await context.database.transact((manager) => setActivitySharing(manager, userId, enabled));
      return { ok: true };
    }),
};
