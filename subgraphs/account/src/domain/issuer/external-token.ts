import { createHash } from 'node:crypto';
import { InvalidToken, tokenExpired } from '@souk/shared/auth/access-token';
import type { Role } from '@souk/shared/auth/scopes';
import { maxExternalTokenLength } from '@souk/shared/auth/token-exchange';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { ExternalIssuer } from './external-issuer.js';
import type { IssuerConnection } from './issuer-connection.js';

/** A verified access token of an external issuer. */
export interface ExternalToken {
  connection: IssuerConnection;
  /** The token itself. Never logged or stored. */
  text: string;
  subject: string;
  /** SHA-256 of issuer and subject: who the token is about. */
  identityHash: Buffer;
  /** SHA-256 of the sign-in at the issuer, as far as the token names it. */
  sessionHash: Buffer;
  /** When the person signed in at the issuer, else when the token was issued (UTC). */
  signedInAt: Date;
  expiresAt: Date;
  /** The roles that the groups of the token give. */
  roles: readonly Role[];
  /** All claims: they may have a profile. */
  claims: Readonly<Record<string, unknown>>;
}

/** Asymmetric ones: a public key can never serve as a shared secret. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const clockToleranceSeconds = 1;
/** `token_use` of Cognito and `typ` of Keycloak: tokens that are for the client or the issuer itself. */
const foreignUses: ReadonlySet<unknown> = new Set(['id', 'ID', 'Refresh', 'Offline', 'Logout']);

const required = z.looseObject({
  sub: z.string().min(1).max(255),
  iat: z.int(),
  exp: z.int(),
  auth_time: z.int().optional(),
});

/** Verifies the token of an issuer. @throws InvalidToken; Unavailable while the issuer's keys cannot be read */
export async function verifyExternalToken(
  text: string,
  issuers: ReadonlyMap<string, IssuerConnection>,
): Promise<ExternalToken> {
  if (text.length > maxExternalTokenLength) throw new InvalidToken('The access token is too long.');
  const { iss, kid } = readUnverified(text);
  const connection = issuers.get(iss);
  if (!connection) throw new InvalidToken('The issuer of the access token is not known.');
  const key = await connection.keys.find(kid);
  if (!key) throw new InvalidToken('The access token is signed by an unknown key.');
  let claims: Record<string, unknown>;
  try {
    ({ payload: claims } = await jwtVerify(text, key, {
      algorithms,
      issuer: connection.issuer,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['sub', 'iat', 'exp'],
    }));
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new InvalidToken(tokenExpired, 'EXPIRED');
    throw new InvalidToken('The access token is not valid.');
  }
  const checked = required.safeParse(claims);
  if (!checked.success || !isFor(connection, claims))
    throw new InvalidToken('The access token is not valid.');
  if (foreignUses.has(claims['token_use']) || foreignUses.has(claims['typ']))
    throw new InvalidToken('This is not an access token.');
  const { sub, iat, exp, auth_time: authTime } = checked.data;
  // The most lasting name of the sign-in that the issuer gives; in doubt each token is one.
  const signIn = [claims['sid'], claims['origin_jti'], authTime, claims['jti'], text].find(
    (name) => typeof name === 'string' || typeof name === 'number',
  );
  return {
    connection,
    text,
    subject: sub,
    identityHash: hash(connection.issuer, sub),
    sessionHash: hash(connection.issuer, sub, String(signIn)),
    signedInAt: new Date((authTime ?? iat) * 1_000),
    expiresAt: new Date(exp * 1_000),
    roles: rolesOf(connection, claims),
    claims,
  };
}

function readUnverified(text: string): { iss: string; kid: string } {
  try {
    const { kid } = decodeProtectedHeader(text);
    const { iss } = decodeJwt(text);
    if (typeof kid === 'string' && typeof iss === 'string') return { iss, kid };
  } catch {
    // Refused below.
  }
  throw new InvalidToken('The access token is malformed.');
}

function isFor(
  { audience, audienceClaim }: ExternalIssuer,
  claims: Readonly<Record<string, unknown>>,
): boolean {
  const named = claims[audienceClaim];
  return (Array.isArray(named) ? named : [named]).some(
    (one) => typeof one === 'string' && audience.includes(one),
  );
}

function rolesOf({ groupsClaim, roles }: ExternalIssuer, claims: Readonly<Record<string, unknown>>): Role[] {
  if (groupsClaim === null) return [];
  const named = Object.hasOwn(claims, groupsClaim)
    ? claims[groupsClaim]
    : valueAt(claims, groupsClaim.split('.'));
  const groups: unknown[] = Array.isArray(named) ? named : [named];
  return groups.flatMap((group) =>
    typeof group === 'string' && Object.hasOwn(roles, group) ? (roles[group] ?? []) : [],
  );
}

function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return valueAt((value as Record<string, unknown>)[step], rest);
}

function hash(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
