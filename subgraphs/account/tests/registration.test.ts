import { randomUUID } from 'node:crypto';
import { accessClaims } from '@souk/shared/auth/access-token';
import jwt from 'jsonwebtoken';
import type { AccountUnderTest, Payload } from './support/account.js';
import {
  goodPassword,
  userErrorsOf,
  registerMutation,
  registration,
  startAccount,
} from './support/account.js';

let account: AccountUnderTest;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => account.close());

const meQuery = `{ me {
  id displayName email emailVerified firstName lastName phone avatarUrl roles status locale timeZone preferences
  memberSince addresses { id } mfaEnabled partner { id } sessions { userAgent ipAddress current }
} }`;

test('registering creates an account, a session, and tokens valid for 15 minutes and 30 days', async () => {
  const before = Date.now();
  const payload = await account.mutate(
    registerMutation,
    { input: { ...registration('Ada@Souk.test'), firstName: '  Ada ', timeZone: 'Europe/London' } },
    { address: '192.0.2.7', userAgent: 'test/1', language: 'de-de,en;q=0.5' },
  );
  expect(payload).toMatchObject({ mfaChallenge: null, userErrors: [], user: { displayName: 'Ada L.' } });
  const after = Date.now();
  for (const [expiresAt, minutes] of [
    [payload['accessTokenExpiresAt'], 15],
    [payload['refreshTokenExpiresAt'], 30 * 24 * 60],
  ] as const) {
    const issuedAt = Date.parse(expiresAt as string) - minutes * 60_000;
    // Times in an access token are whole seconds.
    expect(issuedAt).toBeGreaterThan(before - 1_000);
    expect(issuedAt).toBeLessThanOrEqual(after);
  }

  const accessToken = payload['accessToken'] as string;
  const { header, payload: claims } = jwt.decode(accessToken, { complete: true }) ?? {};
  expect(header).toMatchObject({ alg: 'ES256' });
  expect(accessClaims.parse(claims)).toMatchObject({ roles: ['USER'], scope: '' });
  expect(claims).toMatchObject({ iss: 'souk', aud: 'souk' });

  const { data, errors } = await account.run(meQuery, {}, { accessToken });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    me: {
      id: (payload['user'] as { id: string }).id,
      displayName: 'Ada L.',
      email: 'Ada@Souk.test',
      emailVerified: false,
      firstName: 'Ada',
      lastName: 'Lovelace',
      roles: ['USER'],
      status: 'ACTIVE',
      locale: 'de-DE',
      timeZone: 'Europe/London',
      preferences: {},
      addresses: [],
      mfaEnabled: false,
      partner: null,
      sessions: [{ userAgent: 'test/1', ipAddress: '192.0.2.7', current: true }],
    },
  });
});

const wrong = {
  password: 'password123',
  firstName: ' \u200b ',
  lastName: '',
  locale: 'not a locale',
  timeZone: 'Mars/Olympus',
};

test('reports all invalid fields of a registration at once', async () => {
  const payload = await account.mutate(registerMutation, { input: { email: 'free@souk.test', ...wrong } });
  expect(userErrorsOf(payload).sort()).toEqual([
    'INVALID input.firstName',
    'INVALID input.locale',
    'INVALID input.timeZone',
    'WEAK_PASSWORD input.password',
  ]);
  expect(payload).toMatchObject({ accessToken: null, refreshToken: null, user: null });
});

test('reports all malformed texts at once, before any other check', async () => {
  const payload = await account.mutate(registerMutation, {
    input: {
      email: 'new@souk.test',
      password: 'nul\0 in a password',
      firstName: 'x'.repeat(101),
      lastName: `a${'\u0301'.repeat(31)}`,
      displayName: 'two\nlines',
      locale: 'e'.repeat(61),
      timeZone: 'half a pair: \ud83d',
    },
  });
  expect(userErrorsOf(payload)).toEqual(
    ['password', 'firstName', 'lastName', 'displayName', 'locale', 'timeZone'].map(
      (field) => `INVALID input.${field}`,
    ),
  );
  expect(payload.userErrors[1]?.message).toBe('Must have at most 100 characters; it has 101.');
  expect(payload).toMatchObject({ accessToken: null, refreshToken: null, user: null });
});

test('a person with one name, blanks around the e-mail address, and a locale as POSIX writes it', async () => {
  const input = {
    email: '  sukarno@souk.test ',
    password: goodPassword,
    firstName: 'Sukarno',
    lastName: ' ',
    locale: 'pt_BR',
  };
  const payload = await account.mutate(registerMutation, { input });
  expect(payload).toMatchObject({ userErrors: [], user: { displayName: 'Sukarno' } });
  const { data } = await account.run(meQuery, {}, { accessToken: payload['accessToken'] as string });
  expect(data).toMatchObject({
    me: { email: 'sukarno@souk.test', firstName: 'Sukarno', lastName: '', locale: 'pt-BR' },
  });
  const login = await account.mutate(
    `mutation { login(email: "sukarno@souk.test\\t", password: "${goodPassword}") { user { id displayName } userErrors { code } } }`,
    {},
  );
  expect(login).toMatchObject({ userErrors: [], user: payload['user'] });
});

test('stores texts in normalization form C', async () => {
  const payload = await account.mutate(
    `mutation ($input: RegisterInput!) { register(input: $input) { user { displayName } userErrors { code } } }`,
    { input: { ...registration('zoe@souk.test'), displayName: 'Zoe\u0308' } },
  );
  expect(payload).toEqual({ user: { displayName: 'Zo\u00eb' }, userErrors: [] });
});

test.each([
  ['a weak password', { password: 'aaaaaaaaaaa' }],
  ['a short password', { password: 'short' }],
  ['an unknown time zone', { timeZone: wrong.timeZone }],
  ['every invalid field', wrong],
])('with %s, a taken e-mail address gets the same answer as a free one', async (_kind, fields) => {
  const { email: taken } = await account.register();
  const answerTo = (email: string): Promise<Payload> =>
    account.mutate(registerMutation, { input: { ...registration(email), ...fields } });
  expect(await answerTo(taken.toUpperCase())).toEqual(await answerTo(`${randomUUID()}@souk.test`));
});

test('a taken e-mail address takes as long as a free one: the password is hashed in both cases', async () => {
  const { email: taken } = await account.register();
  const times = { free: [] as number[], taken: [] as number[] };
  for (let turn = 0; turn < 9; turn += 1) {
    for (const [kind, email] of [
      ['free', `free.${turn}@souk.test`],
      ['taken', taken],
    ] as const) {
      const started = performance.now();
      await account.mutate(registerMutation, { input: registration(email) });
      times[kind].push(performance.now() - started);
    }
  }
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[4] ?? 0;
  expect(median(times.taken)).toBeGreaterThan(median(times.free) / 2);
});

test.each([
  ['nine chars', 'ninechars'],
  ['201 characters', 'é'.repeat(201)],
  ['the e-mail', 'weak.person@souk.test'],
  ["the e-mail's local part in capitals", 'WEAK.PERSON'],
  ['a common one', 'Qwertyuiop'],
  ['one letter', 'aaaaaaaaaaa'],
  ['the name', 'AdaLovelace'],
])('rejects a password that is %s', async (_kind, password) => {
  const payload = await account.mutate(registerMutation, {
    input: { ...registration('weak.person@souk.test'), password },
  });
  expect(userErrorsOf(payload)).toEqual(['WEAK_PASSWORD input.password']);
});

test('stores names in one normal form', async () => {
  const [composed, decomposed] = ['Zoë Müller'.normalize('NFC'), 'Zoë Müller'.normalize('NFD')];
  for (const displayName of [composed, decomposed]) {
    const payload = await account.mutate(registerMutation, {
      input: { ...registration(`${randomUUID()}@souk.test`), firstName: displayName, displayName },
    });
    expect(payload).toMatchObject({ userErrors: [], user: { displayName: composed } });
  }
  expect(await account.query('SELECT 1 FROM user_account WHERE first_name = $1', [composed])).toHaveLength(2);
});

test('signs in with a long password of many scripts', async () => {
  const password = `Ünïcödé ${'日本語文字'.repeat(36)}`;
  await account.mutate(registerMutation, { input: { ...registration('long@souk.test'), password } });
  expect(userErrorsOf(await account.logIn('LONG@souk.test', password.normalize('NFD')))).toEqual([]);
  expect(userErrorsOf(await account.logIn('long@souk.test', password.slice(1)))).toEqual(['BAD_CREDENTIALS']);
});

test('exactly one of twenty concurrent registrations gets an e-mail address', async () => {
  await account.warmPool();
  const payloads = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      account.mutate(registerMutation, {
        input: registration(index % 2 === 0 ? 'race@souk.test' : 'RACE@souk.test'),
      }),
    ),
  );
  expect(payloads.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(payloads.flatMap(userErrorsOf)).toEqual(Array<string>(19).fill('EMAIL_TAKEN input.email'));
  const users = await account.query("SELECT 1 FROM user_account WHERE lower(email) = 'race@souk.test'");
  expect(users).toHaveLength(1);
  expect(
    await account.query(
      "SELECT 1 FROM session JOIN user_account u ON u.id = user_id WHERE lower(u.email) = 'race@souk.test'",
    ),
  ).toHaveLength(1);
});

test('stores neither passwords nor tokens in the clear', async () => {
  const { refreshToken, accessToken } = await account.register();
  const [dump] = await account.query<{ text: string }>(
    `SELECT concat((SELECT json_agg(u) FROM user_account u), (SELECT json_agg(s) FROM session s),
       (SELECT json_agg(r) FROM refresh_token r), (SELECT json_agg(o) FROM outbox o)) AS text`,
  );
  expect(dump?.text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  for (const secret of [goodPassword, refreshToken, accessToken, Buffer.from(refreshToken).toString('hex')])
    expect(dump?.text).not.toContain(secret);
});
