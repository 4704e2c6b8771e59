import type { AccountUnderTest, Caller, Person } from './support/account.js';
import { errorsOf, goodPassword, isRefusedWithinBound, refusals, startAccount } from './support/account.js';

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

/** The same person on another device. */
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

test('one session is ended, the others go on', async () => {
  const person = await account.register();
  const other = await signInAgain(person);
  const [lost] = (await sessionsOf(person)).filter(({ current }) => !current);
  expect(await revoke(lost?.id ?? '', person)).toEqual({ ok: true, userErrors: [] });
  expect((await sessionsOf(person)).map(({ current }) => current)).toEqual([true]);
  expect(refusals(await account.refresh(other.refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  expect(await isRefusedWithinBound(account, other)).toBe(true);
  expect(refusals(await revoke('\u0000', person))).toEqual(['INVALID id']);
  expect(refusals(await account.refresh(person.refreshToken))).toEqual([]);
});

test('a session can end itself', async () => {
  const person = await account.register();
  const [own] = await sessionsOf(person);
  expect(await revoke(own?.id ?? '', person)).toEqual({ ok: true, userErrors: [] });
  expect(await isRefusedWithinBound(account, person)).toBe(true);
});

test('a session that is no open one of the caller is unknown, to administrators too', async () => {
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
  expect(refusals(await account.refresh(person.refreshToken))).toEqual([]);
});

test('all sessions end, with the one that asks for it, and nobody else\u2019s', async () => {
  const [person, stranger] = [await account.register(), await account.register()];
  const other = await signInAgain(person);
  expect(await revokeAll(person)).toEqual({ ok: true, userErrors: [] });
  for (const { refreshToken } of [person, other]) {
    expect(refusals(await account.refresh(refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  }
  expect(await isRefusedWithinBound(account, person)).toBe(true);
  expect(await isRefusedWithinBound(account, other)).toBe(true);
  expect(errorsOf(await account.run('{ me { id } }', {}, stranger))).toEqual([]);
  expect(refusals(await account.logIn(person.email, goodPassword))).toEqual([]);
});

test('who is not signed in ends nothing', async () => {
  for (const mutation of ['revokeSession(id: "session_")', 'revokeAllSessions']) {
    const answer = await account.run(`mutation { ${mutation} { ok } }`);
    expect(errorsOf(answer)[0]).toMatch(/^UNAUTHENTICATED /);
  }
});

test('of refreshes at the same moment none outlives the end of all sessions', async () => {
  const person = await account.register();
  const devices = await Promise.all(Array.from({ length: 8 }, () => signInAgain(person)));
  await account.warmPool();
  const refreshing = devices.map(({ refreshToken }) => account.refresh(refreshToken));
  const [revoked, ...refreshed] = await Promise.all([revokeAll(person), ...refreshing]);
  expect(revoked).toEqual({ ok: true, userErrors: [] });
  const left = refreshed.flatMap((payload) => (payload['refreshToken'] as string | null) ?? []);
  for (const refreshToken of left) {
    expect(refusals(await account.refresh(refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
  }
  expect(
    await account.query('SELECT 1 FROM session WHERE user_id = $1 AND ended_at IS NULL', [person.userId]),
  ).toEqual([]);
});
