import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** Creates an opaque token of 256 random bits, in base64url. */
export function createSecretToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** The hash that is stored in place of a token. SHA-256 suffices: a random 256-bit token cannot be guessed. */
export function hashSecretToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
