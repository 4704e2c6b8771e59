import { hash as argon2 } from '@node-rs/argon2';
import { hash as bcrypt } from 'bcryptjs';
import { hashOptions } from '@souk/account/domain/identity/password';
import type { AccountUnderTest, Caller, Payload, Person } from './support/account.js';
import { goodPassword, isRejectedWithinBound, startAccount, userErrorsOf } from './support/account.js';

let account: AccountUnderTest;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => account.close());

const newPassword = 'seven purple umbrellas';

function change(caller: Caller, currentPassword = goodPassword, next = newPassword): Promise<Payload> {
  return account.mutate(
    `mutation ($current: String!, $next: String!) {
       changePassword(currentPassword: $current, newPassword: $next) { ok userErrors { code message field } } }`,
    { current: currentPassword, next },
    caller,
  );
}

async function hashOf({ userId }: Person): Promise<string> {
  const [row] = await account.query<{ password_hash: string }>(
    'SELECT password_hash FROM user_account WHERE id = $1',
    [userId],
  );
  return row!.password_hash;
}

describe('changePassword', () => {
  test('replaces the password and ends the other sessions', async () => {
    const person = await account.register();
    const elsewhere = (await account.logIn(person.email, goodPassword)) as unknown as Person;
    expect(await change(person)).toEqual({ ok: true, userErrors: [] });
    expect(await isRejectedWithinBound(account, { accessToken: elsewhere.accessToken })).toBe(true);
    expect((await account.run('{ me { id } }', {}, person)).errors).toBeUndefined();
    expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual([]);
    expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual(['BAD_CREDENTIALS']);
    expect(userErrorsOf(await account.logIn(person.email, newPassword))).toEqual([]);
  });

  test('reports a wrong and a weak password together', async () => {
    const person = await account.register();
    const refused = await change(person, 'not the password', 'lovelace');
    expect(userErrorsOf(refused)).toEqual(['BAD_CREDENTIALS currentPassword', 'WEAK_PASSWORD newPassword']);
    expect(userErrorsOf(await change(person, goodPassword, goodPassword))).toEqual([
      'WEAK_PASSWORD newPassword',
    ]);
    expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual([]);
  });

  test('is throttled like a login, also under parallel guesses', async () => {
    const person = await account.register();
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_none, index) =>
        change({ accessToken: person.accessToken, address: '192.0.2.7' }, `guess number ${index}`),
      ),
    );
    const codes = guesses.map((guess) => userErrorsOf(guess)[0]);
    expect(codes.filter((code) => code === 'BAD_CREDENTIALS currentPassword')).toHaveLength(10);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(4);
    const right = await change({ accessToken: person.accessToken, address: '192.0.2.7' });
    expect(userErrorsOf(right)).toEqual(['TOO_MANY_ATTEMPTS']);
  });

  test('lets one of two concurrent changes win', async () => {
    const person = await account.register();
    await account.warmPool();
    const results = await Promise.all([
      change(person, goodPassword, newPassword),
      change(person, goodPassword, 'eight orange lighthouses'),
    ]);
    expect(results.map(userErrorsOf).sort()).toEqual([[], ['BAD_CREDENTIALS currentPassword']]);
  });
});

describe('a hash that is weaker than those of today', () => {
  const weaker = { ...hashOptions, memoryCost: hashOptions.memoryCost / 2 };
  test.each<[string, (password: string) => Promise<string>]>([
    ['argon2id with less memory', (password) => argon2(password, weaker)],
    ['argon2id with fewer passes', (password) => argon2(password, { ...hashOptions, timeCost: 1 })],
    ['bcrypt of an imported account', (password) => bcrypt(password, 8)],
    ['bcrypt as PHP writes it', async (password) => (await bcrypt(password, 8)).replace('$2b$', '$2y$')],
  ])('is replaced by a login: %s', async (_name, hash) => {
    const person = await account.register();
    await account.query('UPDATE user_account SET password_hash = $2 WHERE id = $1', [
      person.userId,
      await hash(goodPassword),
    ]);
    expect(userErrorsOf(await account.logIn(person.email, 'wrong password'))).toEqual(['BAD_CREDENTIALS']);
    const before = await hashOf(person);
    expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual([]);
    const upgraded = await hashOf(person);
    expect(upgraded).not.toBe(before);
    expect(upgraded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual([]);
    expect(await hashOf(person)).toBe(upgraded);
  });
});
