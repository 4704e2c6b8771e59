import { generateKeyPairSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { GivenSecrets } from './config.js';
import { loadOrCreateSecret } from './secret-file.js';

/** The secrets of one Souk: all of its processes share them. Keys are PKCS #8 in PEM. */
export interface Secrets {
  /** ES256: signs access tokens. */
  jwtPrivateKey: string;
  /** Ed25519: signs what tickets and licences carry. */
  tokenSigningKey: string;
  gatewaySecret: string;
  stripeWebhookSecret: string;
}

/** Takes what is given; what is not is made at the first start and kept in DATA_DIR, for its owner's eyes only. */
export async function loadSecrets(dataDir: string, given: GivenSecrets): Promise<Secrets> {
  const kept = (name: string, make: () => string): Promise<string> =>
    loadOrCreateSecret(path.join(dataDir, name), make);
  const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
  return {
    jwtPrivateKey:
      given.jwtPrivateKey ??
      (await kept('jwt-private-key.pem', () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8).toString(),
      )),
    tokenSigningKey:
      given.tokenSigningKey ??
      (await kept('token-signing-key.pem', () =>
        generateKeyPairSync('ed25519').privateKey.export(pkcs8).toString(),
      )),
    gatewaySecret: given.gatewaySecret ?? (await kept('gateway-secret', randomSecret)),
    stripeWebhookSecret:
      given.stripeWebhookSecret ?? (await kept('stripe-webhook-secret', () => `whsec_${randomSecret()}`)),
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
