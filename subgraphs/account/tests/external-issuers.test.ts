import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { JWTHeaderParameters } from 'jose';
import { SignJWT } from 'jose';
import jwt from 'jsonwebtoken';
import { InvalidToken, sessionEnded, tokenExpired } from '@souk/shared/auth/access-token';
import { remoteExchange } from '@souk/shared/auth/token-exchange';
import { Unavailable } from '@souk/shared/errors';
import { purgeExternalSessions } from '@souk/account/domain/issuer/external-sign-in';
import { purgeSessions } from '@souk/account/domain/session/session-retention';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Person } from './support/account.js';
import { errorsOf, startAccount } from './support/account.js';
import type { ProviderKey, TokenRequest } from '../../../tests/support/oidc-server.js';
import { createProviderKey, OidcServer } from '../../../tests/support/oidc-server.js';

const keys = {
  RS256: createProviderKey('RS256'),
  ES256: createProviderKey('ES256'),
  EdDSA: createProviderKey('EdDSA'),
};
const all = Object.values(keys);

let server: OidcServer;
let account: AccountUnderTest;
let admin: Person;

beforeAll(async () => {
  server = await OidcServer.start(all);
  account = await startAccount({
    issuers: [
      {
        issuer: server.issuer,
        name: 'test',
        audience: ['souk-api', 'souk-other'],
        audienceClaim: 'aud',
        groupsClaim: 'realm_access.roles',
        roles: { 'souk-admins': 'ADMIN' },
        jwksUri: null,
      },
    ],
  });
  admin = await account.admin();
}, 60_000);

afterAll(async () => {
  await account.close();
  await server.close();
});

afterEach(() => server.serve(all));

interface Caller {
  id: string;
  email: string;
  roles: string[];
  sessions: { id: string; current: boolean }[];
}

const profileOf = (email: string): Record<string, unknown> => ({
  email,
  email_verified: true,
  given_name: 'Ada',
  family_name: 'Lovelace',
  locale: 'pt-pt',
  zoneinfo: 'Europe/Lisbon',
});
const newEmail = (): string => `${randomUUID()}@souk.test`;

async function issue(email = newEmail(), request: Partial<TokenRequest> = {}): Promise<string> {
  const { claims, ...rest } = request;
  return server.issue({ sub: randomUUID(), ...rest, claims: { ...profileOf(email), ...claims } });
}

async function readCaller(accessToken: string): Promise<Caller> {
  const { data, errors } = await account.run(
    '{ me { id email emailVerified displayName locale timeZone roles sessions { id current } } }',
    {},
    { accessToken },
  );
  expect(errors).toBeUndefined();
  return data!['me'] as Caller;
}

const signIn = async (token: string): Promise<Caller> => readCaller((await account.exchange(token)).token);

/** Signs a token with a key of the provider, as the provider would not. */
async function forge(
  claims: Record<string, unknown>,
  header: Partial<JWTHeaderParameters> = {},
  key: ProviderKey = keys.RS256,
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({
    iss: server.issuer,
    aud: 'souk-api',
    sub: randomUUID(),
    iat: now,
    exp: now + 600,
    ...profileOf(newEmail()),
    ...claims,
  })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

const refusalOf = (token: string): Promise<unknown> =>
  account.exchange(token).then(
    () => 'accepted',
    (error: unknown) => error,
  );

describe('a token', () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)(
    'signed by %s makes a user at first sight',
    async (alg) => {
      const email = newEmail();
      const caller = await signIn(await issue(email, { alg }));
      expect(caller).toMatchObject({
        email,
        emailVerified: true,
        displayName: 'Ada L.',
        locale: 'pt-PT',
        timeZone: 'Europe/Lisbon',
        roles: ['USER'],
      });
      expect(caller.sessions.map(({ current }) => current)).toEqual([true]);
    },
  );

  test('becomes one of account that ends with it, and after 15 minutes at the latest', async () => {
    const short = await account.exchange(await issue(newEmail(), { expiresIn: 60 }));
    const long = await account.exchange(await issue(newEmail(), { expiresIn: 3_600 }));
    const lifetime = ({ expiresAt }: { expiresAt: Date }): number => expiresAt.getTime() - Date.now();
    expect(lifetime(short)).toBeLessThanOrEqual(60_000);
    expect(lifetime(long)).toBeLessThanOrEqual(900_000);
    expect(lifetime(long)).toBeGreaterThan(800_000);
    expect(jwt.decode(short.token, { json: true })?.exp).toBe(short.expiresAt.getTime() / 1_000);
  });

  test.each<[string, () => Promise<string>]>([
    ['of another audience', () => issue(newEmail(), { audience: 'another-api' })],
    ['without an audience', () => forge({ aud: undefined })],
    ['of another issuer', () => forge({ iss: 'https://evil.test' })],
    ['of an issuer with a slash more', () => forge({ iss: `${server.issuer}/` })],
    ['that is not valid yet', () => forge({ nbf: Math.floor(Date.now() / 1_000) + 5 })],
    ['without an end', () => forge({ exp: undefined })],
    ['without a subject', () => forge({ sub: undefined })],
    ['signed by a key of its own', () => forge({}, {}, createProviderKey('RS256', keys.RS256.kid))],
    [
      'signed by a key that it brings along',
      () => {
        const own = createProviderKey('ES256');
        return forge({}, { jwk: own.publicKey.export({ format: 'jwk' }), kid: own.kid }, own);
      },
    ],
    ['with the key id of another kind of key', () => forge({}, { kid: keys.ES256.kid })],
    ['with a path as its key id', () => forge({}, { kid: '../../../../dev/null' })],
    ['with a statement as its key id', () => forge({}, { kid: "' OR 1=1 --" })],
    ['with the name of an inherited property as its key id', () => forge({}, { kid: '__proto__' })],
    ['without a key id', () => forge({}, { kid: undefined as never })],
    [
      'with a critical header that nobody knows',
      () =>
        Promise.resolve(
          jwt.sign({ aud: 'souk-api', ...profileOf(newEmail()) }, keys.RS256.privateKey, {
            issuer: server.issuer,
            subject: randomUUID(),
            expiresIn: 600,
            header: { alg: 'RS256', kid: keys.RS256.kid, crit: ['exp-2'], 'exp-2': 1 } as never,
          }),
        ),
    ],
    ['that is an ID token of Cognito', () => forge({ token_use: 'id' })],
    ['that is a refresh token of Keycloak', () => forge({ typ: 'Refresh' })],
    ['that is huge', () => forge({ filler: 'x'.repeat(8_192) })],
    [
      'without a signature',
      async () => {
        const [, payload = ''] = (await issue()).split('.');
        const header = Buffer.from(`{"alg":"none","kid":"${keys.RS256.kid}"}`).toString('base64url');
        return `${header}.${payload}.`;
      },
    ],
    [
      'signed by HS256 with the public key as the secret',
      async () => {
        const [, payload = ''] = (await issue()).split('.');
        const header = Buffer.from(`{"alg":"HS256","kid":"${keys.RS256.kid}"}`).toString('base64url');
        const secret = keys.RS256.publicKey.export({ type: 'spki', format: 'pem' });
        const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
        return `${header}.${payload}.${signature}`;
      },
    ],
  ])('%s is INVALID', async (_which, make) => {
    const error = await refusalOf(await make());
    expect(error).toBeInstanceOf(InvalidToken);
    expect((error as InvalidToken).reason).toBe('INVALID');
  });

  test('that has expired is EXPIRED; a second of difference between clocks is tolerated', async () => {
    const now = Math.floor(Date.now() / 1_000);
    expect(await refusalOf(await forge({ exp: now - 5 }))).toEqual(new InvalidToken(tokenExpired, 'EXPIRED'));
    expect(await refusalOf(await forge({ nbf: now + 1 }))).toBe('accepted');
  });
});

describe('keys', () => {
  test('are replaced in the middle: a new one is found at once, one that is gone is refused', async () => {
    const email = newEmail();
    const sub = randomUUID();
    const { id } = await signIn(await issue(email, { sub }));
    const rotated = createProviderKey('RS256');
    await server.serve([rotated]);
    await server.takeRequests();
    const next = await until('the new key is known', async () => {
      // Keys are read again at most every five seconds.
      const token = await issue(email, { sub });
      return (await refusalOf(token)) === 'accepted' && token;
    });
    expect((await signIn(next)).id).toBe(id);
    expect(await refusalOf(await forge({ sub }))).toEqual(
      new InvalidToken('The access token is signed by an unknown key.'),
    );
  }, 30_000);

  test('are not fetched again for each unknown key id', async () => {
    await until('the keys are known', async () => (await refusalOf(await issue())) === 'accepted');
    await server.takeRequests();
    await Promise.all(
      Array.from({ length: 50 }, async () => refusalOf(await forge({}, { kid: randomUUID() }))),
    );
    expect((await server.takeRequests()).length).toBeLessThanOrEqual(1);
  }, 30_000);
});

test('while the issuer is away, known keys go on; unknown ones, and an issuer never read, are unavailable', async () => {
  await until('the keys are known', async () => (await refusalOf(await issue())) === 'accepted');
  const token = await issue();
  const unknown = await forge({}, {}, createProviderKey('RS256'));
  await server.beAway();
  expect(await refusalOf(token)).toBe('accepted');
  const error = await until('the keys are read again', async () => {
    const refusal = await refusalOf(unknown);
    return refusal instanceof Unavailable && refusal;
  });
  expect(error.retryAfter).toBe(5);
  const fresh = await startAccount({
    issuers: [
      {
        issuer: server.issuer,
        name: 'test',
        audience: ['souk-api'],
        audienceClaim: 'aud',
        groupsClaim: null,
        roles: {},
        jwksUri: null,
      },
    ],
  });
  try {
    await expect(fresh.exchange(token)).rejects.toBeInstanceOf(Unavailable);
    await server.serve(all);
    await expect(fresh.exchange(token)).resolves.toMatchObject({ token: expect.any(String) as string });
  } finally {
    await fresh.close();
  }
}, 60_000);

describe('people', () => {
  test('who come twice at once become one user with one session', async () => {
    await account.warmPool();
    const email = newEmail();
    const token = await issue(email);
    const callers = await Promise.all(Array.from({ length: 8 }, () => signIn(token)));
    expect(new Set(callers.map(({ id }) => id)).size).toBe(1);
    expect(callers.at(-1)?.sessions).toHaveLength(1);
    expect(await account.query('SELECT 1 FROM user_account WHERE email = $1', [email])).toHaveLength(1);
  });

  test('of two issuers’ subjects with one verified address become one user, also at once', async () => {
    const email = newEmail();
    const [one, other] = await Promise.all([issue(email), issue(email.toUpperCase())]);
    const callers = await Promise.all([signIn(one), signIn(other)]);
    expect(callers[0].id).toBe(callers[1].id);
  });

  test('are linked to an account whose address both sides have verified', async () => {
    const person = await account.register();
    await account.query('UPDATE user_account SET email_verified = true WHERE id = $1', [person.userId]);
    const caller = await signIn(await issue(person.email.toUpperCase()));
    expect([caller.id, caller.sessions.length]).toEqual([person.id, 2]);
  });

  test('are not linked to an account whose address is not verified: another may know its password', async () => {
    const squatter = await account.register();
    const error = await refusalOf(await issue(squatter.email));
    expect(error).toBeInstanceOf(InvalidToken);
    expect((error as InvalidToken).message).toContain('has not verified it');
    expect((await readCaller(squatter.accessToken)).sessions).toHaveLength(1);
  });

  test.each([
    ['false', { email_verified: false }],
    ['absent', { email_verified: undefined }],
    ['a word', { email_verified: 'yes' }],
    ['one of no address', { email: 'nobody', email_verified: true }],
  ])(
    'with a claim of verification that is %s take over nothing, and make no account',
    async (_what, claims) => {
      const person = await account.register();
      await account.query('UPDATE user_account SET email_verified = true WHERE id = $1', [person.userId]);
      for (const email of [person.email, newEmail()]) {
        const token = await server.issue({ sub: randomUUID(), claims: { ...profileOf(email), ...claims } });
        expect(await refusalOf(token)).toBeInstanceOf(InvalidToken);
        const known = email === person.email ? 1 : 0;
        expect(await account.query('SELECT 1 FROM user_account WHERE email = $1', [email])).toHaveLength(
          known,
        );
      }
      expect((await readCaller(person.accessToken)).sessions).toHaveLength(1);
    },
  );

  test('stay linked by their subject when their address changes at the issuer', async () => {
    const sub = randomUUID();
    const email = newEmail();
    const { id } = await signIn(await issue(email, { sub }));
    const victim = await account.register();
    await account.query('UPDATE user_account SET email_verified = true WHERE id = $1', [victim.userId]);
    expect(await signIn(await issue(victim.email, { sub }))).toMatchObject({ id, email });
  });

  test('whose tokens have no address are read at the userinfo endpoint, unless it speaks of another', async () => {
    const [sub, foreign] = [randomUUID(), randomUUID()];
    const email = newEmail();
    await server.setProfile(sub, { sub, ...profileOf(email) });
    await server.setProfile(foreign, { sub, ...profileOf(newEmail()) });
    expect(await signIn(await server.issue({ sub }))).toMatchObject({ email });
    expect(await refusalOf(await server.issue({ sub: foreign }))).toBeInstanceOf(InvalidToken);
  });
});

describe('groups', () => {
  const inGroups = (...roles: unknown[]): Partial<TokenRequest> => ({ claims: { realm_access: { roles } } });
  const scopesOf = ({ token }: { token: string }): string =>
    (jwt.decode(token, { json: true }) as { scope: string }).scope;

  test('give roles to the token, and none to the account', async () => {
    const sub = randomUUID();
    const email = newEmail();
    const asAdmin = await account.exchange(await issue(email, { sub, ...inGroups('x', 'souk-admins') }));
    expect(scopesOf(asAdmin)).toContain('users:manage');
    const { data } = await account.run(
      '{ users(first: 1) { nodes { id } } }',
      {},
      { accessToken: asAdmin.token },
    );
    expect(data).not.toBeNull();
    const later = await account.exchange(await issue(email, { sub, ...inGroups('x') }));
    expect([scopesOf(later), (await readCaller(later.token)).roles]).toEqual(['', ['USER']]);
  });

  test.each([
    ['no list', 'souk-admins '],
    ['PARTNER', 'PARTNER'],
    ['ADMIN itself', 'ADMIN'],
    ['an inherited property', 'constructor'],
    ['an object', { 'souk-admins': true }],
  ])('that are %s give nothing', async (_what, group) => {
    expect(scopesOf(await account.exchange(await issue(newEmail(), inGroups(group))))).toBe('');
  });
});

describe('sessions', () => {
  test('of one sign-in at the issuer are one, and end for all of its tokens', async () => {
    const [sub, sid, email] = [randomUUID(), randomUUID(), newEmail()];
    const first = await issue(email, { sub, claims: { sid } });
    const { sessions } = await signIn(first);
    const again = await signIn(await issue(email, { sub, claims: { sid } }));
    expect(again.sessions).toEqual(sessions);
    const { token } = await account.exchange(first);
    await account.run(
      'mutation ($id: ID!) { revokeSession(id: $id) { ok } }',
      { id: sessions[0]?.id },
      { accessToken: token },
    );
    account.advanceClock(5_000);
    expect(errorsOf(await account.run('{ me { id } }', {}, { accessToken: token }))[0]).toBe(
      'UNAUTHENTICATED',
    );
    // Also after its row was deleted.
    const { reader } = { reader: account.subgraph.dependencies.source.manager };
    await purgeSessions(reader, new Date(account.now().getTime() + 2 * 3_600_000));
    await purgeExternalSessions(reader, account.now());
    for (const token of [first, await issue(email, { sub, claims: { sid } })])
      expect(await refusalOf(token)).toEqual(new InvalidToken(sessionEnded));
    // Another sign-in is another session.
    expect((await signIn(await issue(email, { sub, claims: { sid: randomUUID() } }))).sessions).toHaveLength(
      1,
    );
  });

  test('of a suspended user end, and no token of theirs is exchanged until a new sign-in after the reactivation', async () => {
    const [sub, sid, email] = [randomUUID(), randomUUID(), newEmail()];
    const token = await issue(email, { sub, claims: { sid } });
    const own = await account.exchange(token);
    const { id } = await readCaller(own.token);
    await account.run(
      'mutation ($id: ID!) { suspendUser(userId: $id, reason: "A test.") { userErrors { code } } }',
      { id },
      admin,
    );
    account.advanceClock(5_000);
    expect(errorsOf(await account.run('{ me { id } }', {}, { accessToken: own.token }))[0]).toBe(
      'UNAUTHENTICATED',
    );
    for (const each of [token, await issue(email, { sub, claims: { sid: randomUUID() } })])
      expect(await refusalOf(each)).toEqual(new InvalidToken('This account is suspended.'));
    await account.run(
      'mutation ($id: ID!) { reactivateUser(userId: $id) { userErrors { code } } }',
      { id },
      admin,
    );
    expect(await refusalOf(token)).toEqual(new InvalidToken(sessionEnded));
    expect((await signIn(await issue(email, { sub, claims: { sid: randomUUID() } }))).id).toBe(id);
  });

  test('of a deleted user: tokens from before make no new account, a later sign-in does', async () => {
    const sub = randomUUID();
    const email = newEmail();
    const token = await issue(email, { sub });
    const { id } = await signIn(token);
    await account.query(
      `UPDATE user_account SET status = 'DELETED', status_changed_at = now(), email = $2 WHERE email = $1`,
      [email, newEmail()],
    );
    expect(await refusalOf(token)).toEqual(new InvalidToken(sessionEnded));
    const later = await forge({ sub, email, iat: Math.floor(Date.now() / 1_000) + 5 });
    expect((await signIn(later)).id).not.toBe(id);
  });
});

test('the internal endpoint answers a gateway in another process', async () => {
  const server404 = express().use(account.subgraph.app.internalRouter!);
  const http = createServer(server404);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  try {
    const exchange = remoteExchange(
      `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
      'secret',
    );
    const email = newEmail();
    const { token, expiresAt } = await exchange(await issue(email));
    expect(await readCaller(token)).toMatchObject({ email });
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
    const now = Math.floor(Date.now() / 1_000);
    await expect(exchange(await forge({ exp: now - 5 }))).rejects.toEqual(
      new InvalidToken(tokenExpired, 'EXPIRED'),
    );
    await expect(exchange('nonsense')).rejects.toBeInstanceOf(InvalidToken);
    const unknown = await forge({}, {}, createProviderKey('RS256'));
    await server.beAway();
    const failure = await until('the keys are read again', async () => {
      const error: unknown = await exchange(unknown).catch((thrown: unknown) => thrown);
      return error instanceof Unavailable && error;
    });
    expect(failure.retryAfter).toBe(5);
  } finally {
    http.closeAllConnections();
    http.close();
  }
}, 30_000);

test('an account without issuers refuses every external token', async () => {
  const own = await startAccount();
  try {
    await expect(own.exchange(await issue())).rejects.toBeInstanceOf(InvalidToken);
  } finally {
    await own.close();
  }
});
