import { randomUUID } from 'node:crypto';
import { purgeRegistrations } from '@souk/account/domain/identity/registration-limit';
import type { AccountUnderTest, Payload } from './support/account.js';
import { userErrorsOf, registerMutation, registration, startAccount } from './support/account.js';

let account: AccountUnderTest;

beforeEach(async () => {
  account = await startAccount({ registrationsPerHour: 5 });
});

afterEach(() => account.close());

const hour = 60 * 60 * 1_000;

function register(address: string, fields: Record<string, unknown> = {}): Promise<Payload> {
  const input = { ...registration(`${randomUUID()}@souk.test`), ...fields };
  return account.mutate(registerMutation, { input }, { address });
}

test('limits accounts per network and hour', async () => {
  for (let turn = 0; turn < 5; turn += 1)
    expect(userErrorsOf(await register(`2001:db8::${turn}`))).toEqual([]);
  const rejected = await register('2001:db8::99');
  expect(rejected.userErrors).toMatchObject([
    {
      __typename: 'TooManyAttemptsError',
      code: 'TOO_MANY_ATTEMPTS',
      message: expect.stringMatching(/^At most 5 accounts/) as string,
    },
  ]);
  const retryAt = Date.parse(rejected.userErrors[0]?.retryAt ?? '');
  expect(retryAt).toBeGreaterThan(Date.now() + hour - 60_000);
  expect(retryAt).toBeLessThanOrEqual(Date.now() + hour);
  expect(userErrorsOf(await register('2001:db8:0:1::1'))).toEqual([]);
  account.advanceClock(hour);
  expect(userErrorsOf(await register('2001:db8::99'))).toEqual([]);
});

test('rejected registrations create no account and do not count', async () => {
  for (let turn = 0; turn < 6; turn += 1)
    expect(userErrorsOf(await register('192.0.2.1', { password: 'short' }))).toEqual([
      'WEAK_PASSWORD input.password',
    ]);
  const email = 'taken@souk.test';
  expect(userErrorsOf(await register('192.0.2.1', { email }))).toEqual([]);
  for (let turn = 0; turn < 6; turn += 1)
    expect(userErrorsOf(await register('192.0.2.1', { email }))).toEqual(['EMAIL_TAKEN input.email']);
  expect(userErrorsOf(await register('192.0.2.1'))).toEqual([]);
});

test('five of thirty concurrent registrations create an account', async () => {
  await account.warmPool();
  const payloads = await Promise.all(Array.from({ length: 30 }, () => register('192.0.2.1')));
  expect(payloads.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(5);
  expect(payloads.flatMap(userErrorsOf)).toEqual(Array<string>(25).fill('TOO_MANY_ATTEMPTS'));
  expect(await account.query("SELECT 1 FROM user_account WHERE email LIKE '%-%'")).toHaveLength(5);
});

test('deletes counted registrations after an hour', async () => {
  await register('192.0.2.1');
  account.advanceClock(hour / 2);
  await register('192.0.2.1');
  account.advanceClock(hour / 2);
  await purgeRegistrations(account.subgraph.dependencies.source.manager, account.now());
  expect(await account.query('SELECT 1 FROM registration')).toHaveLength(1);
});
