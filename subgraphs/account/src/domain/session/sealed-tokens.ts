import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
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

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts the pair that replaces a refresh token. The key is derived from that token, of which the database has only
 * a hash: a copy of the database opens nothing, the client that repeats the token opens its own successor.
 */
export function sealTokens(pair: TokenPair, replacedToken: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, deriveKey(replacedToken), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(pair), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Decrypts the pair that replaced a refresh token. @throws Error for another token, or altered bytes */
export function openTokens(sealed: Buffer, replacedToken: string): TokenPair {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, deriveKey(replacedToken), nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(tag);
  const text = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  return storedPair.parse(JSON.parse(text.toString('utf8')));
}

// A refresh token is 256 random bits, so HKDF needs neither a salt nor a slow function.
function deriveKey(refreshToken: string): Buffer {
  return Buffer.from(hkdfSync('sha256', refreshToken, '', 'souk refresh token successor', keyBytes));
}
