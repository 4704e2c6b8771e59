import { Unavailable } from '../errors.js';
import type { VerifyToken } from './access-token.js';
import { InvalidToken, sessionEnded } from './access-token.js';
import type { Identity } from './identity.js';
import type { ExchangedToken } from './token-exchange.js';
import { exchangingVerifier, maxExternalTokenLength } from './token-exchange.js';

const jwtOf = (claims: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
const external = jwtOf({ iss: 'https://issuer.test', sub: 'ada' });

const identity: Identity = {
  userId: 'ada',
  sessionId: 'session',
  roles: ['USER'],
  scopes: new Set(),
  mfaAt: null,
  expiresAt: new Date(),
};

let exchanged: string[];
let verified: string[];
let answer: (token: string) => Promise<ExchangedToken>;
let check: () => void;

let verify: VerifyToken;

beforeEach(() => {
  jest.useFakeTimers();
  verify = exchangingVerifier(
    (token) => {
      verified.push(token);
      check();
      return Promise.resolve(identity);
    },
    (token) => {
      exchanged.push(token);
      return answer(token);
    },
  );
  exchanged = [];
  verified = [];
  check = () => undefined;
  answer = () => Promise.resolve({ token: 'own', expiresAt: new Date(Date.now() + 60_000) });
});

afterEach(() => {
  jest.useRealTimers();
});

test.each([
  ['account', jwtOf({ iss: 'souk' })],
  ['nobody', jwtOf({})],
  ['no text', jwtOf({ iss: ['https://issuer.test'] })],
  ['no claims', `a.${Buffer.from('null').toString('base64url')}.b`],
  ['no JSON', 'a.b.c'],
  ['no parts', 'nonsense'],
])('a token whose issuer is %s is verified as it is', async (_who, token) => {
  await expect(verify(token)).resolves.toBe(identity);
  expect([exchanged, verified]).toEqual([[], [token]]);
});

test('a token of another issuer is exchanged once, and the own token is verified at each call', async () => {
  const callers = await Promise.all([verify(external), verify(external), verify(external)]);
  expect(callers).toEqual(Array(3).fill({ ...identity, exchangedToken: 'own' }));
  expect([exchanged, verified]).toEqual([[external], ['own', 'own', 'own']]);
  check = () => {
    throw new InvalidToken(sessionEnded);
  };
  await expect(verify(external)).rejects.toThrow(sessionEnded);
  expect(exchanged).toHaveLength(1);
});

test('it is exchanged again when the own token has ended', async () => {
  await verify(external);
  jest.setSystemTime(Date.now() + 59_000);
  await verify(external);
  expect(exchanged).toHaveLength(1);
  jest.setSystemTime(Date.now() + 2_000);
  await verify(external);
  expect(exchanged).toHaveLength(2);
});

test('a refusal is remembered for five seconds, an outage not at all', async () => {
  const other = jwtOf({ iss: 'https://issuer.test', sub: 'ben' });
  answer = () => Promise.reject(new Unavailable('away', 5));
  for (let call = 0; call < 2; call += 1) await expect(verify(other)).rejects.toThrow('away');
  expect(exchanged).toHaveLength(2);
  answer = () => Promise.reject(new InvalidToken('no'));
  for (let call = 0; call < 2; call += 1) await expect(verify(other)).rejects.toThrow('no');
  expect(exchanged).toHaveLength(3);
  jest.setSystemTime(Date.now() + 5_001);
  answer = () => Promise.resolve({ token: 'own', expiresAt: new Date(Date.now() + 60_000) });
  await expect(verify(other)).resolves.toMatchObject({ exchangedToken: 'own' });
});

test('one that was known goes on while account is away', async () => {
  await verify(external);
  answer = () => Promise.reject(new Unavailable('away'));
  await expect(verify(external)).resolves.toMatchObject({ exchangedToken: 'own' });
});

test('a huge one is refused here', async () => {
  const huge = jwtOf({ iss: 'https://issuer.test', filler: 'x'.repeat(maxExternalTokenLength) });
  await expect(verify(huge)).rejects.toThrow(InvalidToken);
  expect(exchanged).toEqual([]);
});
