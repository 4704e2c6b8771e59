import { Database } from '@souk/shared/db/database';
import { ConfigurationError } from '@souk/shared/env';
import { ensureAdministrator } from '@souk/account/domain/identity/administrator';
import type { AccountUnderTest } from './support/account.js';
import { userErrorsOf, startAccount } from './support/account.js';

let account: AccountUnderTest;
let ensure: (email: string, password: string) => Promise<void>;

beforeAll(async () => {
  account = await startAccount();
  const { source, sender, log } = account.subgraph.dependencies;
  const database = new Database(source, sender.send, log);
  ensure = (email, password) => ensureAdministrator(database, { email, password }, new Date(), log);
});

afterAll(() => account.close());

const firstPassword = 'the first password';

test('the administrator from the environment holds every scope except partner', async () => {
  const { accessToken } = await account.admin();
  const { data } = await account.run('{ me { roles emailVerified } }', {}, { accessToken });
  expect(data).toEqual({ me: { roles: ['USER', 'ADMIN'], emailVerified: true } });
  const { scope } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as {
    scope: string;
  };
  expect(scope.split(' ')).toEqual(expect.arrayContaining(['users:manage', 'system:manage']));
  expect(scope).not.toContain('partner');
});

test('concurrent starts create one account, and a later start keeps its password', async () => {
  await Promise.all(Array.from({ length: 6 }, () => ensure('boss@souk.test', firstPassword)));
  await ensure('BOSS@souk.test', 'another password');
  expect(
    await account.query("SELECT 1 FROM user_account WHERE lower(email) = 'boss@souk.test'"),
  ).toHaveLength(1);
  expect(userErrorsOf(await account.logIn('boss@souk.test', firstPassword))).toEqual([]);
  expect(userErrorsOf(await account.logIn('boss@souk.test', 'another password'))).toEqual([
    'BAD_CREDENTIALS',
  ]);
});

test('an existing account with that e-mail address does not become an administrator', async () => {
  const person = await account.register('early@souk.test');
  await ensure('early@souk.test', firstPassword);
  const { data } = await account.run('{ me { roles } }', {}, person);
  expect(data).toEqual({ me: { roles: ['USER'] } });
});

test('a weak password is a configuration error', async () => {
  await expect(ensure('weak@souk.test', 'password123')).rejects.toThrow(ConfigurationError);
});
