import { callerOf } from '@souk/shared/graph/context';
import { Rejection } from '@souk/shared/errors';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';
import { logIn } from '../domain/session/login.js';
import { changePassword } from '../domain/session/password-change.js';
import { register } from '../domain/identity/registration.js';
import {
  endAllSessions,
  logOut,
  startSession,
  revokeSession,
  rotateRefreshToken,
} from '../domain/session/session.js';
import type { MutationResolvers, Resolvers, SessionResolvers } from '../generated/resolvers.js';
import { toApiId } from '@souk/shared/ids';
import { noTokens, readDevice, signIn } from './auth-payload.js';
import { inTransaction, mutate } from './mutation.js';
import { isCurrentSession } from './private-access.js';
import { readOrigin } from './request-origin.js';

/** Registration, login, refresh, logout and session revocation. */
const authenticationMutations: Pick<
  MutationResolvers,
  | 'register'
  | 'login'
  | 'refreshSession'
  | 'logout'
  | 'revokeSession'
  | 'revokeAllSessions'
  | 'changePassword'
> = {
  register: (_parent, { input }, context) =>
    withUserErrors(noTokens, async () => {
      const now = context.clock.now();
      const limit = { perHour: context.registrationsPerHour, address: context.clientAddress };
      const request = { locale: context.locale, limit, seal: context.seal, now };
      const tokens = await register(context.database, input, request, (transaction, user) =>
        startSession(transaction, user, readDevice(context), context.issueAccessToken),
      );
      return signIn(context, tokens);
    }),
  login: (_parent, credentials, context) =>
    withUserErrors(noTokens, async () => {
      const { database, issueAccessToken, clock } = context;
      const result = await logIn(database, credentials, readDevice(context), issueAccessToken, clock.now());
      return result.kind === 'signed in'
        ? signIn(context, result.tokens)
        : { ...noTokens, mfaChallenge: result.challenge, mfaMethods: result.methods };
    }),
  refreshSession: (_parent, { refreshToken }, context) =>
    mutate(context, noTokens, async () => {
      const presented = presentedToken(context, refreshToken);
      if (presented === null) throw new Rejection('TOKEN_EXPIRED', 'There is no refresh cookie. Sign in.');
      const refreshed = await inTransaction(context, (transaction) =>
        rotateRefreshToken(transaction, presented, context.issueAccessToken),
      );
      if (refreshed.kind === 'rejected') throw refreshed.rejection;
      return signIn(context, refreshed.tokens);
    }),
  logout: (_parent, { refreshToken }, context) =>
    mutate(context, { ok: false }, async () => {
      const presented = presentedToken(context, refreshToken);
      if (presented !== null) await inTransaction(context, (transaction) => logOut(transaction, presented));
      context.refreshCookie?.clear();
      return { ok: true };
    }),
  revokeSession: (_parent, { id }, context) =>
    mutate(context, { ok: false }, async () => {
      const { userId } = callerOf(context);
      await inTransaction(context, (transaction) => revokeSession(transaction, userId, id));
      return { ok: true };
    }),
  revokeAllSessions: (_parent, _arguments, context) =>
    mutate(context, { ok: false }, async () => {
      const { userId } = callerOf(context);
      await inTransaction(context, (transaction) => endAllSessions(transaction, userId, 'REVOKED'));
      return { ok: true };
    }),
  changePassword: (_parent, passwords, context) =>
    mutate(context, { ok: false }, async () => {
      await changePassword(context.database, callerOf(context), passwords, readOrigin(context));
      return { ok: true };
    }),
};

/** Resolvers of Session. */
const sessionFields: SessionResolvers = {
  id: (session) => toApiId('session', session.id),
  current: (session, _arguments, context) => isCurrentSession(context, session),
};

/**
 * The refresh token that a request presents: the argument, else that of its cookie; null if there is no cookie.
 * @throws Rejection INVALID if the request has neither an argument nor the header
 */
function presentedToken({ refreshCookie }: Context, argument: string | null | undefined): string | null {
  if (argument !== null && argument !== undefined) return argument;
  if (refreshCookie) return refreshCookie.token;
  throw new Rejection('INVALID', 'Pass the token, or send the header souk-refresh-cookie.', {
    field: ['refreshToken'],
  });
}

/** Resolvers of authentication and sessions. */
export const authenticationResolvers: Resolvers = {
  Mutation: authenticationMutations,
  Session: sessionFields,
};
