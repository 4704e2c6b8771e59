import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { fromApiId } from '../ids.js';
import type { Revocations } from './ended-sessions.js';
import type { Identity } from './identity.js';
import type { KeySource } from './keys.js';
import { roles } from './scopes.js';

/** The issuer of access tokens. */
export const tokenIssuer = 'souk';
/** The audience of access tokens. */
export const tokenAudience = 'souk';

/** The claims of an access token. `sub` and `sid` are TypeIDs, times are seconds since 1970. */
export const accessClaims = z.object({
  sub: z.string(),
  sid: z.string(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
  roles: z.array(z.enum(roles)),
  /** Scopes with spaces between, as OAuth has it. */
  scope: z.string(),
  mfa_at: z.int().optional(),
});

/** Whether a token has only expired, so that a refresh helps, or is of no use. */
export type TokenProblem = 'EXPIRED' | 'INVALID';

/**
 * The token is malformed, forged, expired, from another issuer, or its session has ended. Message and reason may be
 * sent to the caller.
 */
export class InvalidToken extends Error {
  readonly reason: TokenProblem;

  constructor(message: string, reason: TokenProblem = 'INVALID') {
    super(message);
    this.reason = reason;
  }
}

/** The message for a token that was valid until its time was over. */
export const tokenExpired = 'The access token has expired.';

/** The message for a token whose session has ended, or whose user may no longer act. */
export const sessionEnded = 'The session has ended.';

/** Reads the caller from an access token. @throws InvalidToken */
export type VerifyToken = (token: string) => Promise<Identity>;

const clockToleranceSeconds = 1;
const cacheSize = 2_000;

/**
 * Creates a verifier on a source of keys. It caches verified tokens until they expire, and checks `revocations`, if
 * any, at every call. `policyClaim` names the claim with the policies of the caller, a list or names with spaces
 * between; null reads none.
 */
export function tokenVerifier(
  keys: KeySource,
  revocations: Revocations | null = null,
  policyClaim: string | null = null,
): VerifyToken {
  const identify = cachedVerifier(keys, policyClaim);
  return async (token) => {
    const identity = await identify(token);
    if (await revocations?.isEnded(identity)) throw new InvalidToken(sessionEnded);
    return identity;
  };
}

function cachedVerifier(keys: KeySource, policyClaim: string | null): VerifyToken {
  const known = new LRUCache<string, { identity: Identity; expiresAt: number }>({ max: cacheSize });

  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64');
    const hit = known.get(digest);
    if (hit && hit.expiresAt > Date.now()) return hit.identity;
    known.delete(digest);
    const verified = await verify(token, keys, policyClaim);
    known.set(digest, verified);
    return verified.identity;
  };
}

async function verify(
  token: string,
  keys: KeySource,
  policyClaim: string | null,
): Promise<{ identity: Identity; expiresAt: number }> {
  const header = jwt.decode(token, { complete: true })?.header;
  if (!header?.kid) throw new InvalidToken('The access token is malformed.');
  const key = await keys.find(header.kid);
  if (!key) throw new InvalidToken('The access token is signed by an unknown key.');
  const verified = verifySignature(token, key.export({ type: 'spki', format: 'pem' }));
  const claims = accessClaims.safeParse(verified);
  if (!claims.success) throw new InvalidToken('The access token lacks claims.');
  const { sub, sid, roles: held, scope, mfa_at: mfaAt, exp } = claims.data;
  const userId = fromApiId('user', sub);
  const sessionId = fromApiId('session', sid);
  if (!userId || !sessionId) throw new InvalidToken('The access token names no user and session.');
  return {
    identity: {
      userId,
      sessionId,
      roles: held,
      scopes: new Set(scope.split(' ').filter(Boolean)),
      ...(policyClaim !== null && { policies: policiesOf(verified, policyClaim) }),
      mfaAt: mfaAt === undefined ? null : new Date(mfaAt * 1_000),
      expiresAt: new Date(exp * 1_000),
    },
    expiresAt: exp * 1_000,
  };
}

/** A claim that is neither a list of names nor a text grants nothing. */
function policiesOf(claims: unknown, name: string): ReadonlySet<string> {
  const claim = z.record(z.string(), z.unknown()).safeParse(claims).data?.[name];
  if (typeof claim === 'string') return new Set(claim.split(' ').filter(Boolean));
  return new Set(Array.isArray(claim) ? claim.filter((policy) => typeof policy === 'string') : []);
}

function verifySignature(token: string, publicKey: string | Buffer): unknown {
  try {
    return jwt.verify(token, publicKey, {
      algorithms: ['ES256'],
      issuer: tokenIssuer,
      audience: tokenAudience,
      clockTolerance: clockToleranceSeconds,
    });
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new InvalidToken(tokenExpired, 'EXPIRED');
    throw new InvalidToken('The access token is not valid.');
  }
}

/** The token of an Authorization header; null without one. @throws InvalidToken for another scheme. */
export function bearerToken(header: string | undefined): string | null {
  if (header === undefined || header.trim() === '') return null;
  // Only characters that HTTP allows in a value: a WebSocket may send anything, and the token is forwarded as a header.
  const match = /^[ \t]*Bearer +([!-~]+)[ \t]*$/i.exec(header);
  if (!match?.[1]) throw new InvalidToken('The Authorization header must be "Bearer" and an access token.');
  return match[1];
}
