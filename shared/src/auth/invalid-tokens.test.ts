import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { toApiId } from '../ids.js';
import { bearerToken, InvalidToken, tokenAudience, tokenIssuer, tokenVerifier } from './access-token.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const uuid = '018f0000-0000-7000-8000-000000000001';
const verify = tokenVerifier({ find: () => Promise.resolve(publicKey) });

function token({ key = privateKey, expiresIn = 60, audience = tokenAudience } = {}): string {
  return jwt.sign({ roles: ['USER'], scope: '', sid: toApiId('session', uuid) }, key, {
    algorithm: 'ES256',
    issuer: tokenIssuer,
    audience,
    subject: toApiId('user', uuid),
    jwtid: '1',
    keyid: '1',
    expiresIn,
  });
}

test.each([
  ['EXPIRED', 'has expired', token({ expiresIn: -60 })],
  ['INVALID', 'has a signature of another key', token({ key: other.privateKey })],
  ['INVALID', 'has expired and is forged', token({ key: other.privateKey, expiresIn: -60 })],
  ['INVALID', 'is for another audience', token({ audience: 'other' })],
  ['INVALID', 'is malformed', 'nonsense'],
])('%s: a token that %s', async (reason, _what, text) => {
  const error: unknown = await verify(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidToken);
  expect((error as InvalidToken).reason).toBe(reason);
});

test('a cached token that expires is EXPIRED from then on', async () => {
  const text = token({ expiresIn: 1 });
  await verify(text);
  jest.useFakeTimers({ now: Date.now() + 5_000 });
  try {
    await expect(verify(text)).rejects.toMatchObject({ reason: 'EXPIRED' });
  } finally {
    jest.useRealTimers();
  }
});

test('INVALID: another scheme than Bearer', () => {
  expect(() => bearerToken('Basic Zm9v')).toThrow(InvalidToken);
});
