import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import jwt from 'jsonwebtoken';
import type { accessClaims } from '@souk/shared/auth/access-token';
import { tokenAudience, tokenIssuer } from '@souk/shared/auth/access-token';
import { accessTokenLifetimeMs } from '@souk/shared/auth/ended-sessions';
import { scopesOf } from '@souk/shared/auth/scopes';
import { toApiId } from '@souk/shared/ids';
import type { UserEntity } from '../../entities/user.js';
import type { SigningKey } from './signing-key.js';

/** A signed access token and its expiry. */
export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

const endOfTime = new Date(8.64e15);

/**
 * Issues an access token for a session (UUID) with the user's current roles.
 * @param mfaAt when the user gave a second factor for this very token; null or absent: not at all
 * @param notAfter the latest end of the token; absent: 15 minutes after its issue
 */
export type IssueAccessToken = (
  user: Pick<UserEntity, 'id' | 'roles'>,
  sessionId: string,
  now: Date,
  mfaAt?: Date | null,
  notAfter?: Date,
) => IssuedToken;

/** Creates an issuer of ES256 access tokens that are valid for 15 minutes. */
export function createTokenIssuer(key: Pick<SigningKey, 'privateKey' | 'kid'>): IssueAccessToken {
  return (user, sessionId, now, mfaAt = null, notAfter = endOfTime) => {
    const iat = Math.floor(now.getTime() / 1_000);
    const exp = Math.min(iat + accessTokenLifetimeMs / 1_000, Math.floor(notAfter.getTime() / 1_000));
    const claims: z.infer<typeof accessClaims> = {
      sub: toApiId('user', user.id),
      sid: toApiId('session', sessionId),
      jti: randomUUID(),
      iat,
      exp,
      roles: user.roles,
      scope: scopesOf(user.roles).join(' '),
      ...(mfaAt && { mfa_at: Math.floor(mfaAt.getTime() / 1_000) }),
    };
    const token = jwt.sign(claims, key.privateKey, {
      algorithm: 'ES256',
      keyid: key.kid,
      issuer: tokenIssuer,
      audience: tokenAudience,
    });
    return { token, expiresAt: new Date(claims.exp * 1_000) };
  };
}
