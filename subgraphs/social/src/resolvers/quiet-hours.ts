import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { QuietHours } from '../domain/notification/quiet-hours.js';
import { findQuietHours, readQuietHours, setQuietHours, timeOf } from '../domain/notification/quiet-hours.js';
import type { MutationResolvers, Resolvers, UserResolvers } from '../generated/resolvers.js';
import { requireRecipient } from './user.js';

const mutations: Pick<MutationResolvers, 'setQuietHours'> = {
  setQuietHours: (_root, { quietHours }, context) =>
    withUserErrors({ quietHours: null }, async () => {
      const { userId } = callerOf(context);
      const hours = quietHours ? readQuietHours(quietHours) : null;
      await context.database.transact((manager, outbox) => setQuietHours(manager, outbox, userId, hours));
      return { quietHours: hours && viewOf(hours) };
    }),
};

const userFields: UserResolvers = {
  quietHours: async (parent, _arguments, context) => {
    const hours = await findQuietHours(context.database.reader, requireRecipient(parent, context));
    return hours && viewOf(hours);
  },
};

function viewOf({ startsAt, endsAt }: QuietHours): { start: string; end: string } {
  return { start: timeOf(startsAt), end: timeOf(endsAt) };
}

/** Resolvers of quiet hours. */
export const quietHoursResolvers: Resolvers = { Mutation: mutations, User: userFields };
