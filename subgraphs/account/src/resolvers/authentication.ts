import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';
import { logIn } from '../domain/login.js';
import { register } from '../domain/registration.js';
import type { Device, SignedIn } from '../domain/session.js';
import { logOut, openSession, revokeAllSessions, revokeSession, rotate } from '../domain/session.js';
import type { MutationResolvers, SessionResolvers } from '../generated/resolvers.js';
import { toApiId } from '@souk/shared/ids';
import { mutate } from './mutation.js';

const noTokens = {
  accessToken: null,
  accessTokenExpiresAt: null,
  refreshToken: null,
  refreshTokenExpiresAt: null,
  mfaChallenge: null,
  user: null,
};

/** Getting in, staying in, going out. */
export const authenticationMutations: Pick<
  MutationResolvers,
  'register' | 'login' | 'refreshSession' | 'logout' | 'revokeSession' | 'revokeAllSessions'
> = {
  register: (_parent, { input }, context) =>
    withUserErrors(noTokens, async () => {
      const now = context.clock.now();
      const limit = { perHour: context.registrationsPerHour, address: context.clientAddress };
      const tokens = await register(context.database, input, context.locale, limit, now, (manager, user) =>
        openSession(manager, user, deviceOf(context), context.issueAccessToken, now),
      );
      return authPayload(tokens);
    }),
  login: (_parent, credentials, context) =>
    withUserErrors(noTokens, async () =>
      authPayload(
        await logIn(
          context.database,
          credentials,
          deviceOf(context),
          context.issueAccessToken,
          context.clock.now(),
        ),
      ),
    ),
  refreshSession: (_parent, { refreshToken }, context) =>
    mutate(context, noTokens, async () => {
      const refreshed = await context.database.transact((manager) =>
        rotate(manager, refreshToken, context.issueAccessToken, context.clock.now()),
      );
      if (refreshed.kind === 'refused') throw refreshed.rejection;
      return authPayload(refreshed.tokens);
    }),
  logout: (_parent, { refreshToken }, context) =>
    mutate(context, { ok: false }, async () => {
      await context.database.transact((manager) => logOut(manager, refreshToken, context.clock.now()));
      return { ok: true };
    }),
  revokeSession: (_parent, { id }, context) =>
    mutate(context, { ok: false }, async () => {
      const { userId } = callerOf(context);
      await context.database.transact((manager) => revokeSession(manager, userId, id, context.clock.now()));
      return { ok: true };
    }),
  revokeAllSessions: (_parent, _arguments, context) =>
    mutate(context, { ok: false }, async () => {
      const { userId } = callerOf(context);
      await context.database.transact((manager) => revokeAllSessions(manager, userId, context.clock.now()));
      return { ok: true };
    }),
};

/** A session's fields. */
export const sessionFields: SessionResolvers = {
  id: (session) => toApiId('session', session.id),
  current: (session, _arguments, { identity }) => identity?.sessionId === session.id,
};

function authPayload(tokens: SignedIn): SignedIn & { mfaChallenge: null } {
  return { ...tokens, mfaChallenge: null };
}

function deviceOf({ userAgent, clientAddress }: Context): Device {
  return { userAgent, ipAddress: clientAddress };
}
