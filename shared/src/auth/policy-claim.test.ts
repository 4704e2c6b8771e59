import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { toApiId } from '../ids.js';
import { tokenAudience, tokenIssuer, tokenVerifier } from './access-token.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = { find: () => Promise.resolve(publicKey) };
const uuid = '018f0000-0000-7000-8000-000000000001';

function token(claims: object): string {
  return jwt.sign({ roles: ['USER'], scope: '', sid: toApiId('session', uuid), ...claims }, privateKey, {
    algorithm: 'ES256',
    issuer: tokenIssuer,
    audience: tokenAudience,
    subject: toApiId('user', uuid),
    jwtid: '1',
    keyid: '1',
    expiresIn: 60,
  });
}

test.each([
  ['a list', ['a', 'b c'], ['a', 'b c']],
  ['a text', ' a  b ', ['a', 'b']],
  ['nothing', undefined, []],
  ['null', null, []],
  ['an object', { a: true }, []],
  ['a list of more than names', ['a', 1, { b: 1 }], ['a']],
])('policies are read out of %s', async (_what, claim, policies) => {
  const identity = await tokenVerifier(
    keys,
    null,
    'https://example.com/policies',
  )(token({ 'https://example.com/policies': claim }));
  expect([...(identity.policies ?? [])]).toEqual(policies);
});

test('policies are not read without a policy claim', async () => {
  const identity = await tokenVerifier(keys)(token({ policies: ['a'] }));
  expect(identity.policies).toBeUndefined();
});
