import type { Context } from '../context.js';
import type { MfaMethod } from '../domain/factor/second-factor.js';
import type { ElevatedToken } from '../domain/session/mfa-verification.js';
import type { Device, SessionTokens } from '../domain/session/session.js';
import type { UserEntity } from '../entities/user.js';

/** The parent object of AuthPayload, without its user errors. */
export interface AuthPayloadData {
  accessToken: string | null;
  accessTokenExpiresAt: Date | null;
  refreshToken: string | null;
  refreshTokenExpiresAt: Date | null;
  mfaChallenge: string | null;
  mfaMethods: MfaMethod[] | null;
  user: UserEntity | null;
}

/** The payload of a refused mutation, and the basis of the others. */
export const noTokens: AuthPayloadData = {
  accessToken: null,
  accessTokenExpiresAt: null,
  refreshToken: null,
  refreshTokenExpiresAt: null,
  mfaChallenge: null,
  mfaMethods: null,
  user: null,
};

/**
 * The payload of a mutation that has signed a user in. From here on the operation may read their private fields. The
 * refresh token goes into the cookie instead, where the request has the header for that.
 */
export function signIn(context: Context, tokens: SessionTokens): AuthPayloadData {
  context.signedIn.set(tokens.user.id, tokens.sessionId);
  const { refreshCookie } = context;
  refreshCookie?.set(tokens.refreshToken, tokens.refreshTokenExpiresAt);
  return { ...noTokens, ...tokens, refreshToken: refreshCookie ? null : tokens.refreshToken };
}

/** The payload of a mutation that has given a fresh factor to the caller's session. */
export function elevated({ token, expiresAt, user }: ElevatedToken): AuthPayloadData {
  return { ...noTokens, accessToken: token, accessTokenExpiresAt: expiresAt, user };
}

/** The device of a request, for its session. */
export function readDevice({ userAgent, clientAddress }: Context): Device {
  return { userAgent, ipAddress: clientAddress };
}
