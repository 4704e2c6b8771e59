import { callerOf } from '@souk/shared/graph/context';
import { requestEmailVerification, verifyEmail } from '../domain/identity/email-verification.js';
import { requestPasswordReset, resetPassword } from '../domain/session/password-reset.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';
import { inTransaction, mutate } from './mutation.js';
import { readOrigin } from './request-origin.js';

/** Verification of e-mail addresses, and new passwords for forgotten ones. */
const emailMutations: Pick<
  MutationResolvers,
  'requestEmailVerification' | 'verifyEmail' | 'requestPasswordReset' | 'resetPassword'
> = {
  requestEmailVerification: (_parent, _arguments, context) =>
    mutate(context, { ok: false }, async () => {
      const { userId } = callerOf(context);
      await inTransaction(context, (transaction) =>
        requestEmailVerification(transaction, userId, context.clientAddress, context.seal),
      );
      return { ok: true };
    }),
  verifyEmail: (_parent, { token }, context) =>
    mutate(context, { user: null }, async () => ({
      user: await inTransaction(context, (transaction) =>
        verifyEmail(transaction, token, readOrigin(context)),
      ),
    })),
  requestPasswordReset: (_parent, { email }, context) =>
    mutate(context, { ok: false }, async () => {
      await inTransaction(context, (transaction) =>
        requestPasswordReset(transaction, { email, address: context.clientAddress }),
      );
      return { ok: true };
    }),
  resetPassword: (_parent, reset, context) =>
    mutate(context, { ok: false }, async () => {
      await resetPassword(context.database, reset, readOrigin(context));
      return { ok: true };
    }),
};

/** Resolvers of mutations that work with tokens of e-mails. */
export const emailResolvers: Resolvers = { Mutation: emailMutations };
