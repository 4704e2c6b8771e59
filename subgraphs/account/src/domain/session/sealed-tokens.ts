import { decryptText, deriveKey, encryptText } from '@souk/shared/auth/authenticated-encryption';
import { z } from 'zod';

/** A token pair as `refreshSession` returns it. */
export interface TokenPair {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  refreshTokenExpiresAt: Date;
}

const storedPair = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: z.coerce.date(),
  refreshToken: z.string(),
  refreshTokenExpiresAt: z.coerce.date(),
});

const purpose = 'souk refresh token successor';

/**
 * Encrypts the pair that replaces a refresh token. The key is derived from that token, of which the database has only
 * a hash: a copy of the database opens nothing, the client that repeats the token opens its own successor.
 */
export function sealTokens(pair: TokenPair, replacedToken: string): Buffer {
  return encryptText(JSON.stringify(pair), deriveKey(replacedToken, purpose));
}

/** Decrypts the pair that replaced a refresh token. @throws Error for another token, or altered bytes */
export function openTokens(sealed: Buffer, replacedToken: string): TokenPair {
  return storedPair.parse(JSON.parse(decryptText(sealed, deriveKey(replacedToken, purpose))));
}
