import { callerOf, causeOf } from '@souk/shared/graph/context';
import { fromApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { requireFreshFactor } from '../domain/factor/fresh-factor.js';
import { confirmPassword } from '../domain/session/password-confirmation.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';
import { mutate } from './mutation.js';
import { readOrigin } from './request-origin.js';

/** Deletion of accounts, by their owners and by administrators. */
const deletionMutations: Pick<MutationResolvers, 'deleteAccount' | 'deleteUser'> = {
  deleteAccount: (_parent, { password }, context) =>
    mutate(context, { ok: false }, async () => {
      const { userId } = callerOf(context);
      await requireFreshFactor(context.database.reader, callerOf(context), context.clock.now());
      await confirmPassword(context.database, userId, { password, field: ['password'] }, readOrigin(context));
      return remove(context, userId, null);
    }),
  deleteUser: (_parent, { userId }, context) =>
    mutate(context, { ok: false }, async () => {
      await requireFreshFactor(context.database.reader, callerOf(context), context.clock.now());
      return remove(context, fromApiId('user', userId), ['userId']);
    }),
};

async function remove(
  context: Context,
  userId: string | null,
  field: readonly string[] | null,
): Promise<{ ok: boolean }> {
  const { cancellation } = context.work;
  await context.deletions.delete({ userId, field, cause: causeOf(context), cancellation });
  return { ok: true };
}

/** Resolvers of the deletion of accounts. */
export const accountDeletionResolvers: Resolvers = { Mutation: deletionMutations };
