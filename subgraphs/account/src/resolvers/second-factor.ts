import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';
import { beginEnrolment, confirmEnrolment, disableMfa } from '../domain/session/mfa-enrolment.js';
import { elevateSession, verifyMfa } from '../domain/session/mfa-verification.js';
import type { FactorCode } from '../domain/factor/second-factor.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';
import { elevated, noTokens, readDevice, signIn } from './auth-payload.js';
import { inTransaction, mutate } from './mutation.js';
import { readOrigin } from './request-origin.js';

const noEnrolment = { uri: null, qrCode: null, recoveryCodes: null };

/** Enrolling and giving a second factor. */
const secondFactorMutations: Pick<
  MutationResolvers,
  'verifyMfa' | 'elevateSession' | 'beginMfaEnrolment' | 'confirmMfaEnrolment' | 'disableMfa'
> = {
  verifyMfa: (_parent, { challenge, code }, context) =>
    withUserErrors(noTokens, async () => {
      const { database, issueAccessToken, clock } = context;
      const factor = readCode(context, code);
      const device = readDevice(context);
      return signIn(
        context,
        await verifyMfa(database, { challenge, code: factor }, device, issueAccessToken, clock.now()),
      );
    }),
  elevateSession: (_parent, { code }, context) =>
    mutate(context, noTokens, async () => {
      const { database, issueAccessToken } = context;
      const factor = readCode(context, code);
      return elevated(
        await elevateSession(database, callerOf(context), factor, issueAccessToken, readOrigin(context)),
      );
    }),
  beginMfaEnrolment: (_parent, _arguments, context) =>
    mutate(context, noEnrolment, async () => {
      const enrolment = await inTransaction(context, (transaction) =>
        beginEnrolment(transaction, callerOf(context), context.factorSeal),
      );
      return { ...noEnrolment, ...enrolment };
    }),
  confirmMfaEnrolment: (_parent, { code }, context) =>
    mutate(context, noEnrolment, async () => {
      const factor = readCode(context, code);
      const origin = readOrigin(context);
      const recoveryCodes = await confirmEnrolment(context.database, callerOf(context), factor, origin);
      return { ...noEnrolment, recoveryCodes };
    }),
  disableMfa: (_parent, { code }, context) =>
    mutate(context, { ok: false }, async () => {
      await disableMfa(context.database, callerOf(context), readCode(context, code), readOrigin(context));
      return { ok: true };
    }),
};

function readCode({ factorSeal: seal, userAgent }: Context, code: string): FactorCode {
  return { code, seal, device: userAgent };
}

/** Resolvers of second factors. */
export const secondFactorResolvers: Resolvers = { Mutation: secondFactorMutations };
