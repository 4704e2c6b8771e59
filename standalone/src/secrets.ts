import { generateKeyPairSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { GivenSecrets } from './config.js';
import { loadOrCreateSecret } from './secret-file.js';

/** Secrets shared by all processes. Keys are PKCS #8 in PEM. */
export interface Secrets {
  /** ES256: signs access tokens. */
  jwtPrivateKey: string;
  /** Encrypt the secrets of authenticator apps: the current key, then those that it replaced, with commas between. */
  mfaEncryptionKeys: string;
  /** Ed25519: signs purchase tokens. */
  tokenSigningKey: string;
  gatewaySecret: string;
  stripeWebhookSecret: string;
}

/** Returns configured secrets. Missing ones are generated at the first start and stored in DATA_DIR with mode 0600. */
export async function loadSecrets(dataDir: string, given: GivenSecrets): Promise<Secrets> {
  const stored = (name: string, make: () => string): Promise<string> =>
    loadOrCreateSecret(path.join(dataDir, name), make);
  const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
  return {
    jwtPrivateKey:
      given.jwtPrivateKey ??
      (await stored('jwt-private-key.pem', () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8).toString(),
      )),
    tokenSigningKey:
      given.tokenSigningKey ??
      (await stored('token-signing-key.pem', () =>
        generateKeyPairSync('ed25519').privateKey.export(pkcs8).toString(),
      )),
    mfaEncryptionKeys: given.mfaEncryptionKeys ?? (await stored('mfa-encryption-key', randomSecret)),
    gatewaySecret: given.gatewaySecret ?? (await stored('gateway-secret', randomSecret)),
    stripeWebhookSecret:
      given.stripeWebhookSecret ?? (await stored('stripe-webhook-secret', () => `whsec_${randomSecret()}`)),
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
