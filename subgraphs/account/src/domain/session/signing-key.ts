import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey } from 'node:crypto';
import type { JsonWebKeySet } from '@souk/shared/auth/keys';

/** The key that signs access tokens, with the public keys that verify them. */
export interface SigningKey {
  /** EC, P-256. */
  privateKey: KeyObject;
  /** The JWK thumbprint (RFC 7638): a key has the same id in every process. */
  kid: string;
  /** The public keys that /.well-known/jwks.json serves. */
  publicKeys: JsonWebKeySet;
}

/** Derives the key id and the public keys of a private key. @throws Error unless it is an EC key on P-256 */
export function createSigningKey(privateKey: KeyObject): SigningKey {
  if (!canSignTokens(privateKey)) throw new Error('The signing key must be a private EC key on P-256.');
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
  const { crv, kty, x, y } = publicKey;
  // RFC 7638 hashes these members in this order, without whitespace. jose's thumbprint, to which the test compares this
  // one, is asynchronous.
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
