import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey } from 'node:crypto';
import type { JsonWebKeySet } from '@souk/shared/auth/keys';

/** The key that signs access tokens, and what others need to verify them. */
export interface SigningKey {
  /** EC, P-256. */
  privateKey: KeyObject;
  /** The JWK thumbprint of RFC 7638: the same key has the same id in every process. */
  kid: string;
  /** What /.well-known/jwks.json serves: public keys only. */
  publicKeys: JsonWebKeySet;
}

/** Reads a private key. @throws Error when it is not an EC key on P-256. */
export function createSigningKey(privateKey: KeyObject): SigningKey {
  if (!canSignTokens(privateKey)) throw new Error('Access tokens are signed by a private EC key on P-256.');
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
  const { crv, kty, x, y } = publicKey;
  // The thumbprint hashes these members in this order, without a space.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { privateKey, kid, publicKeys: { keys: [{ ...publicKey, kid, use: 'sig', alg: 'ES256' }] } };
}

/** Whether a key can sign ES256. */
export function canSignTokens(key: KeyObject): boolean {
  return (
    key.type === 'private' &&
    key.asymmetricKeyType === 'ec' &&
    key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  );
}
