import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { createSigningKey } from './signing-key.js';

test('the key id is the JWK thumbprint, the same in every process', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kid, publicKeys } = createSigningKey(privateKey);
  const [jwk] = publicKeys.keys;
  expect(kid).toBe(await calculateJwkThumbprint(jwk as Parameters<typeof calculateJwkThumbprint>[0]));
  const again = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(createSigningKey(again).kid).toBe(kid);
  expect(jwk).not.toHaveProperty('d');
});

test('rejects a key that cannot sign ES256', () => {
  const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(() => createSigningKey(other)).toThrow('P-256');
  expect(() => createSigningKey(publicKey)).toThrow('P-256');
});
