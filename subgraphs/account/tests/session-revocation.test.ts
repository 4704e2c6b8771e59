import type { AccountUnderTest, Caller, Person } from './support/account.js';
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

interface SessionResult {
  id: string;
  current: boolean;
}

async function sessionsOf(caller: Caller): Promise<SessionResult[]> {
  const { data } = await account.run('{ me { sessions { id current } } }', {}, caller);
  return (data!['me'] as { sessions: SessionResult[] }).sessions;
}

/** Signs the person in on another device. */
async function signInAgain({ email }: Person): Promise<{ accessToken: string; refreshToken: string }> {
  const payload = await account.logIn(email, goodPassword);
  return {
    accessToken: payload['accessToken'] as string,
    refreshToken: payload['refreshToken'] as string,
  };
}

function revoke(id: string, caller: Caller): ReturnType<AccountUnderTest['mutate']> {
  return account.mutate(
    'mutation ($id: ID!) { revokeSession(id: $id) { ok userErrors { code field } } }',
    { id },
    caller,
  );
}

function revokeAll(caller: Caller): ReturnType<AccountUnderTest['mutate']> {
  return account.mutate('mutation { revokeAllSessions { ok userErrors { code field } } }', {}, caller);
}

const notFound = { ok: false, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] };

test('revoking a session leaves the others open', async () => {
  const person = await account.register();
  const other = await signInAgain(person);
  const [lost] = (await sessionsOf(person)).filter(({ current }) => !current);
  expect(await revoke(lost?.id ?? '', person)).toEqual({ ok: true, userErrors: [] });
  expect((await sessionsOf(person)).map(({ current }) => current)).toEqual([true]);
  expect(userErrorsOf(await account.refresh(other.refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  expect(await isRejectedWithinBound(account, other)).toBe(true);
  expect(userErrorsOf(await revoke('\u0000', person))).toEqual(['INVALID id']);
  expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual([]);
});

test('a session can revoke itself', async () => {
  const person = await account.register();
  const [own] = await sessionsOf(person);
  expect(await revoke(own?.id ?? '', person)).toEqual({ ok: true, userErrors: [] });
  expect(await isRejectedWithinBound(account, person)).toBe(true);
});

test("finds only the caller's open sessions, for administrators too", async () => {
  const [person, stranger, admin] = [
    await account.register(),
    await account.register(),
    await account.admin(),
  ];
  await signInAgain(person);
  const [ended] = (await sessionsOf(person)).filter(({ current }) => !current);
  await revoke(ended?.id ?? '', person);
  const [own] = await sessionsOf(person);
  for (const [id, caller] of [
    [ended?.id, person],
    [own?.id, stranger],
    [own?.id, admin],
    [person.id, person],
    ['session_', person],
  ] as const) {
    expect(await revoke(id ?? '', caller)).toEqual(notFound);
  }
  expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual([]);
});

test('revokeAllSessions ends all sessions of the caller, including the current one', async () => {
  const [person, stranger] = [await account.register(), await account.register()];
  const other = await signInAgain(person);
  expect(await revokeAll(person)).toEqual({ ok: true, userErrors: [] });
  for (const { refreshToken } of [person, other]) {
    expect(userErrorsOf(await account.refresh(refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  }
  expect(await isRejectedWithinBound(account, person)).toBe(true);
  expect(await isRejectedWithinBound(account, other)).toBe(true);
  expect(errorsOf(await account.run('{ me { id } }', {}, stranger))).toEqual([]);
  expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual([]);
});

test('an anonymous caller cannot revoke sessions', async () => {
  for (const mutation of ['revokeSession(id: "session_")', 'revokeAllSessions']) {
    const answer = await account.run(`mutation { ${mutation} { ok } }`);
    expect(errorsOf(answer)[0]).toMatch(/^UNAUTHENTICATED /);
  }
});

test('no concurrent refresh outlives revokeAllSessions', async () => {
  const person = await account.register();
  const devices = await Promise.all(Array.from({ length: 8 }, () => signInAgain(person)));
  await account.warmPool();
  const refreshing = devices.map(({ refreshToken }) => account.refresh(refreshToken));
  const [revoked, ...refreshed] = await Promise.all([revokeAll(person), ...refreshing]);
  expect(revoked).toEqual({ ok: true, userErrors: [] });
  const left = refreshed.flatMap((payload) => (payload['refreshToken'] as string | null) ?? []);
  for (const refreshToken of left) {
    expect(userErrorsOf(await account.refresh(refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  }
  expect(
    await account.query('SELECT 1 FROM session WHERE user_id = $1 AND ended_at IS NULL', [person.userId]),
  ).toEqual([]);
});
