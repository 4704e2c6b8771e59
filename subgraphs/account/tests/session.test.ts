import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import jwt from 'jsonwebtoken';
import { remoteKeys } from '@souk/shared/auth/keys';
import { tokenVerifier } from '@souk/shared/auth/access-token';
import { listEndedSessions } from '@souk/account/domain/session/ended-sessions';
import { purgeSessions, purgeSuccessors } from '@souk/account/domain/session/session-retention';
import type { AccountUnderTest, Payload } from './support/account.js';
import {
  errorsOf,
  goodPassword,
  isRejectedWithinBound,
  userErrorsOf,
  startAccount,
} from './support/account.js';

let account: AccountUnderTest;

beforeEach(async () => {
  account = await startAccount();
});

afterEach(() => account.close());

const me = '{ me { id email } }';
const day = 24 * 60 * 60 * 1_000;

function logOut(refreshToken: string): ReturnType<AccountUnderTest['mutate']> {
  return account.mutate(
    'mutation ($token: String!) { logout(refreshToken: $token) { ok userErrors { code field } } }',
    { token: refreshToken },
  );
}

/** Inserts sessions that are newer than all existing ones. */
async function openSessions(userId: string, count: number): Promise<void> {
  await account.query(
    `INSERT INTO session (id, user_id, created_at, last_used_at, expires_at)
     SELECT gen_random_uuid(), $1, now(), clock_timestamp(), now() + interval '30 days' FROM generate_series(1, $2)`,
    [userId, count],
  );
}

async function countOpen(userId: string): Promise<number> {
  const rows = await account.query('SELECT 1 FROM session WHERE user_id = $1 AND ended_at IS NULL', [userId]);
  return rows.length;
}

test('each login starts a session', async () => {
  const { email, accessToken: first } = await account.register();
  const payload = await account.logIn(email.toUpperCase(), goodPassword);
  expect(payload.userErrors).toEqual([]);
  const second = payload['accessToken'] as string;
  const sidOf = (token: string): unknown => jwt.decode(token, { json: true })?.['sid'];
  expect(sidOf(second)).not.toBe(sidOf(first));
  const { data } = await account.run('{ me { sessions { id current } } }', {}, { accessToken: second });
  const { sessions } = data!['me'] as { sessions: { id: string; current: boolean }[] };
  expect(sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([sidOf(second)]);
  expect(sessions).toHaveLength(2);
});

test('an unknown e-mail address and a wrong password get the same answer', async () => {
  const { email } = await account.register();
  const wrong = await account.logIn(email, 'not the password');
  const unknown = await account.logIn('nobody@souk.test', goodPassword);
  expect(wrong).toEqual(unknown);
  expect(userErrorsOf(wrong)).toEqual(['BAD_CREDENTIALS']);
});

test('reveals a suspension only with the correct password; a deleted account is unknown', async () => {
  const { email, refreshToken } = await account.register();
  await account.query("UPDATE user_account SET status = 'SUSPENDED' WHERE email = $1", [email]);
  expect(userErrorsOf(await account.logIn(email, goodPassword))).toEqual(['ACCOUNT_SUSPENDED']);
  expect(userErrorsOf(await account.logIn(email, 'not the password'))).toEqual(['BAD_CREDENTIALS']);
  expect(userErrorsOf(await account.refresh(refreshToken))).toEqual(['ACCOUNT_SUSPENDED refreshToken']);
  await account.query("UPDATE user_account SET status = 'DELETED' WHERE email = $1", [email]);
  expect(userErrorsOf(await account.logIn(email, goodPassword))).toEqual(['BAD_CREDENTIALS']);
  expect(userErrorsOf(await account.refresh(refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
});

test('a refresh replaces both tokens of the session', async () => {
  const person = await account.register();
  const payload = await account.refresh(person.refreshToken);
  expect(payload).toMatchObject({ userErrors: [], user: { id: person.id } });
  expect(payload['refreshToken']).not.toBe(person.refreshToken);
  expect(payload['accessToken']).not.toBe(person.accessToken);
  const { data } = await account.run(
    '{ me { sessions { current } } }',
    {},
    { accessToken: payload['accessToken'] as string },
  );
  expect(data).toEqual({ me: { sessions: [{ current: true }] } });
  expect(userErrorsOf(await account.refresh(payload['refreshToken'] as string))).toEqual([]);
});

const pairOf = ({ userErrors, ...payload }: Payload): object => {
  expect(userErrors).toEqual([]);
  return payload;
};

test('a refresh token repeated within ten seconds returns the same pair', async () => {
  const { refreshToken } = await account.register();
  const next = pairOf(await account.refresh(refreshToken));
  await account.ageTokenUses(9_000);
  // The clock of another process is an hour ahead; the database's clock counts.
  account.advanceClock(60 * 60 * 1_000);
  expect(pairOf(await account.refresh(refreshToken))).toEqual(next);
  expect(await account.query('SELECT 1 FROM refresh_token')).toHaveLength(2);
});

test('reuse of a refresh token after ten seconds ends the session', async () => {
  const { refreshToken } = await account.register();
  const next = await account.refresh(refreshToken);
  await account.ageTokenUses(10_001);
  expect(userErrorsOf(await account.refresh(refreshToken))).toEqual(['TOKEN_REUSED refreshToken']);
  expect(userErrorsOf(await account.refresh(next['refreshToken'] as string))).toEqual([
    'TOKEN_REUSED refreshToken',
  ]);
  const { errors } = await account.run(me, {}, { accessToken: next['accessToken'] as string });
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['UNAUTHENTICATED']);
});

test('a repeated refresh token gets nothing from a session that has ended, or of a suspended user', async () => {
  const [loggedOut, suspended] = [await account.register(), await account.register()];
  const next = await account.refresh(loggedOut.refreshToken);
  await logOut(next['refreshToken'] as string);
  expect(userErrorsOf(await account.refresh(loggedOut.refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  await account.refresh(suspended.refreshToken);
  await account.query("UPDATE user_account SET status = 'SUSPENDED' WHERE id = $1", [suspended.userId]);
  expect(userErrorsOf(await account.refresh(suspended.refreshToken))).toEqual([
    'ACCOUNT_SUSPENDED refreshToken',
  ]);
});

test('ten concurrent uses of a refresh token by two processes return one pair, and the session stays', async () => {
  const { refreshToken } = await account.register();
  await account.warmPool();
  const other = await account.another();
  try {
    const payloads = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? account : other).refresh(refreshToken)),
    );
    const pairs = payloads.map(pairOf);
    expect(pairs).toEqual(Array(10).fill(pairs[0]));
    expect(await account.query('SELECT 1 FROM refresh_token')).toHaveLength(2);
    const token = payloads[0]?.['refreshToken'] as string;
    expect(userErrorsOf(await other.refresh(token))).toEqual([]);
  } finally {
    await other.stop();
  }
});

test('the database has no token in the clear, and forgets the successors after ten seconds', async () => {
  const { refreshToken } = await account.register();
  const next = await account.refresh(refreshToken);
  const [stored] = await account.query<{ text: string }>(
    'SELECT string_agg(t::text, $1) AS text FROM refresh_token t',
    [' '],
  );
  for (const token of [refreshToken, next['refreshToken'], next['accessToken']]) {
    expect(stored?.text).not.toContain(Buffer.from(token as string).toString('hex'));
    expect(stored?.text).not.toContain(token as string);
  }
  const { manager } = account.subgraph.dependencies.source;
  const sealed = (): Promise<unknown[]> =>
    account.query('SELECT 1 FROM refresh_token WHERE successor IS NOT NULL');
  await purgeSuccessors(manager);
  expect(await sealed()).toHaveLength(1);
  await account.ageTokenUses(10_001);
  await purgeSuccessors(manager);
  expect(await sealed()).toHaveLength(0);
});

test('a refresh token expires after 30 days; an unknown token is expired', async () => {
  const { refreshToken } = await account.register();
  account.advanceClock(29 * day);
  const refreshed = await account.refresh(refreshToken);
  expect(userErrorsOf(refreshed)).toEqual([]);
  account.advanceClock(31 * day);
  expect(userErrorsOf(await account.refresh(refreshed['refreshToken'] as string))).toEqual([
    'TOKEN_EXPIRED refreshToken',
  ]);
  expect(userErrorsOf(await account.refresh('never given'))).toEqual(['TOKEN_EXPIRED refreshToken']);
});

test('deletes expired tokens and sessions only', async () => {
  const { refreshToken } = await account.register();
  account.advanceClock(20 * day);
  const { refreshToken: younger } = await account.register();
  const inDays = (days: number): Date => new Date(Date.now() + days * day);
  await purgeSessions(account.subgraph.dependencies.source.manager, inDays(31));
  expect(await account.query('SELECT 1 FROM session')).toHaveLength(1);
  expect(userErrorsOf(await account.refresh(younger))).toEqual([]);
  expect(userErrorsOf(await account.refresh(refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
});

test('a logout ends the refresh token at once and the access token within five seconds', async () => {
  const person = await account.register();
  const other = await account.logIn(person.email, goodPassword);
  expect(errorsOf(await account.run(me, {}, person))).toEqual([]);
  expect(await logOut(person.refreshToken)).toEqual({ ok: true, userErrors: [] });
  expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  expect(await isRejectedWithinBound(account, person)).toBe(true);
  expect(errorsOf(await account.run(me, {}, { accessToken: other['accessToken'] as string }))).toEqual([]);
  expect(await logOut(person.refreshToken)).toEqual({ ok: true, userErrors: [] });
  expect(await logOut('never given')).toEqual({ ok: true, userErrors: [] });
});

test('an access token of a suspended user stops within five seconds', async () => {
  const person = await account.register();
  expect(errorsOf(await account.run(me, {}, person))).toEqual([]);
  await account.query("UPDATE user_account SET status = 'SUSPENDED' WHERE id = $1", [person.userId]);
  expect(await isRejectedWithinBound(account, person)).toBe(true);
});

test('an account has at most 100 sessions: another login ends the least recently used one and its access token', async () => {
  const person = await account.register();
  const used = await account.logIn(person.email, goodPassword);
  await openSessions(person.userId, 98);
  // A recently refreshed session stays open although it is old.
  account.advanceClock(1_000);
  const refreshed = await account.refresh(used['refreshToken'] as string);
  expect(errorsOf(await account.run(me, {}, person))).toEqual([]);
  expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual([]);
  expect(await countOpen(person.userId)).toBe(100);
  expect(await isRejectedWithinBound(account, person)).toBe(true);
  expect((await account.refresh(person.refreshToken)).userErrors).toMatchObject([
    {
      code: 'TOKEN_EXPIRED',
      message: 'An account has at most 100 sessions: a later login has ended this one. Sign in again.',
    },
  ]);
  expect(errorsOf(await account.run(me, {}, { accessToken: refreshed['accessToken'] as string }))).toEqual(
    [],
  );
  const ended = await account.query('SELECT id, end_reason FROM session WHERE ended_at IS NOT NULL');
  expect(ended).toMatchObject([{ end_reason: 'SUPERSEDED' }]);
  const { source } = account.subgraph.dependencies;
  const { items } = await listEndedSessions(source.manager, null, account.now());
  expect(items.map(({ id }) => id)).toEqual(ended.map((session) => (session as { id: string }).id));
});

test('thirty concurrent logins do not exceed the maximum of sessions', async () => {
  const person = await account.register();
  await openSessions(person.userId, 95);
  await account.warmPool();
  const logins = await Promise.all(
    Array.from({ length: 30 }, () => account.logIn(person.email, goodPassword)),
  );
  expect(logins.flatMap(userErrorsOf)).toEqual([]);
  expect(await countOpen(person.userId)).toBe(100);
  const errors = await Promise.all(
    logins.map(async (login) =>
      errorsOf(await account.run(me, {}, { accessToken: login['accessToken'] as string })),
    ),
  );
  expect(errors.flat()).toEqual([]);
});

test('deletes ended sessions with their tokens after an hour, in batches', async () => {
  const { manager } = account.subgraph.dependencies.source;
  const person = await account.register();
  await account.query(
    `INSERT INTO session (id, user_id, created_at, last_used_at, expires_at, ended_at, end_reason)
     SELECT gen_random_uuid(), $1, now(), now(), now() + interval '30 days', now() - interval '61 minutes', 'REVOKED'
     FROM generate_series(1, 6000)`,
    [person.userId],
  );
  await account.query(
    `INSERT INTO refresh_token (token_hash, session_id, expires_at)
     SELECT decode(md5(id::text), 'hex'), id, expires_at FROM session WHERE ended_at IS NOT NULL`,
  );
  const other = await account.register();
  await logOut(other.refreshToken);
  await Promise.all([purgeSessions(manager, account.now()), purgeSessions(manager, account.now())]);
  await purgeSessions(manager, account.now());
  expect(await account.query('SELECT 1 FROM session')).toHaveLength(2);
  expect(await account.query('SELECT 1 FROM refresh_token')).toHaveLength(2);
  expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual([]);
});

test('stores a bounded number of used refresh tokens per session, the newest ones', async () => {
  const person = await account.register();
  await account.query(
    `INSERT INTO refresh_token (token_hash, session_id, expires_at, used_at)
     SELECT decode(md5(n::text), 'hex'), session.id, now() + n * interval '1 second', now()
     FROM session, generate_series(1, 4000) AS n`,
  );
  const next = await account.refresh(person.refreshToken);
  expect(userErrorsOf(next)).toEqual([]);
  expect(await account.query('SELECT 1 FROM refresh_token')).toHaveLength(3_001);
  await account.ageTokenUses(10_001);
  expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual(['TOKEN_REUSED refreshToken']);
});

test('the key set verifies access tokens and contains public keys only', async () => {
  const { accessToken, userId } = await account.register();
  const server = createServer(express().use(account.subgraph.app.router ?? []));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`;
    await expect(tokenVerifier(remoteKeys(url))(accessToken)).resolves.toMatchObject({ userId });
    const response = await fetch(url);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
