import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { toApiId } from '@souk/shared/ids';
import {
  beginPasskeyElevation,
  beginPasskeyLogin,
  elevateByPasskey,
  finishPasskeyLogin,
} from '../domain/session/passkey-login.js';
import {
  beginPasskeyRegistration,
  finishPasskeyRegistration,
  removePasskey,
} from '../domain/session/passkey-registration.js';
import type { MutationResolvers, Resolvers } from '../generated/resolvers.js';
import { elevated, noTokens, readDevice, signIn } from './auth-payload.js';
import { inTransaction, mutate } from './mutation.js';

const noCeremony = { ceremony: null, options: null };
const noPasskey = { passkey: null, recoveryCodes: null };

/** Registering and using passkeys. */
const passkeyMutations: Pick<
  MutationResolvers,
  | 'beginPasskeyRegistration'
  | 'finishPasskeyRegistration'
  | 'removePasskey'
  | 'beginPasskeyLogin'
  | 'finishPasskeyLogin'
  | 'beginPasskeyElevation'
  | 'elevateSessionByPasskey'
> = {
  beginPasskeyRegistration: (_parent, _arguments, context) =>
    mutate(context, noCeremony, () =>
      inTransaction(context, (transaction) =>
        beginPasskeyRegistration(transaction, callerOf(context), context.relyingParty),
      ),
    ),
  finishPasskeyRegistration: (_parent, input, context) =>
    mutate(context, noPasskey, async () => {
      const { database, relyingParty, clock, userAgent: device } = context;
      const request = { device, now: clock.now() };
      const response = { ...input, site: relyingParty };
      return finishPasskeyRegistration(database, callerOf(context), response, request);
    }),
  removePasskey: (_parent, { id }, context) =>
    mutate(context, { ok: false }, async () => {
      await inTransaction(context, (transaction) =>
        removePasskey(transaction, callerOf(context), id, context.userAgent),
      );
      return { ok: true };
    }),
  beginPasskeyLogin: (_parent, { mfaChallenge }, context) =>
    mutate(context, noCeremony, () =>
      inTransaction(context, (transaction) =>
        beginPasskeyLogin(transaction, context.relyingParty, mfaChallenge ?? null),
      ),
    ),
  finishPasskeyLogin: (_parent, input, context) =>
    withUserErrors(noTokens, async () => {
      const { database, relyingParty, issueAccessToken, clock } = context;
      const response = { ...input, site: relyingParty };
      const device = readDevice(context);
      return signIn(
        context,
        await finishPasskeyLogin(database, response, device, issueAccessToken, clock.now()),
      );
    }),
  beginPasskeyElevation: (_parent, _arguments, context) =>
    mutate(context, noCeremony, () =>
      inTransaction(context, (transaction) =>
        beginPasskeyElevation(transaction, callerOf(context), context.relyingParty),
      ),
    ),
  elevateSessionByPasskey: (_parent, input, context) =>
    mutate(context, noTokens, async () => {
      const { database, relyingParty, issueAccessToken, clock } = context;
      const response = { ...input, site: relyingParty };
      return elevated(
        await elevateByPasskey(database, callerOf(context), response, issueAccessToken, clock.now()),
      );
    }),
};

/** Resolvers of passkeys. */
export const passkeyResolvers: Resolvers = {
  Mutation: passkeyMutations,
  Passkey: { id: (passkey) => toApiId('passkey', passkey.id) },
};
