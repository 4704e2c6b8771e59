import type { LoginAttempt } from '@souk/account/domain/login-throttle';
import { noteFailure } from '@souk/account/domain/login-throttle';
import type { AccountUnderTest, Payload } from './support/account.js';
import { goodPassword, refusals, startAccount } from './support/account.js';
import { until } from '../../../tests/support/until.js';

let account: AccountUnderTest;

beforeEach(async () => {
  account = await startAccount();
});

afterEach(() => account.close());

const here = { address: '192.0.2.1' };
const elsewhere = { address: '192.0.2.2' };
const quarterOfAnHour = 15 * 60 * 1_000;

async function waitsForLock(): Promise<boolean> {
  const waiting = await account.query(
    `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
     WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`,
  );
  return waiting.length > 0;
}

async function fail(times: number, email: string, caller = here): Promise<string[]> {
  const codes: string[] = [];
  for (let time = 0; time < times; time += 1)
    codes.push(...refusals(await account.logIn(email, 'wrong', caller)));
  return codes;
}

test('after ten failures an account is closed to that address, and only to it, for a quarter of an hour', async () => {
  const { email } = await account.register();
  expect(await fail(10, email)).toEqual(Array<string>(10).fill('BAD_CREDENTIALS'));
  expect(refusals(await account.logIn(email.toUpperCase(), goodPassword, here))).toEqual([
    'TOO_MANY_ATTEMPTS',
  ]);
  expect(refusals(await account.logIn(email, goodPassword, elsewhere))).toEqual([]);
  const { email: other } = await account.register();
  expect(refusals(await account.logIn(other, goodPassword, here))).toEqual([]);
  account.pass(quarterOfAnHour);
  expect(refusals(await account.logIn(email, goodPassword, here))).toEqual([]);
});

test('an e-mail that nobody has is throttled like any other', async () => {
  expect(await fail(11, 'nobody@souk.test')).toEqual([
    ...Array<string>(10).fill('BAD_CREDENTIALS'),
    'TOO_MANY_ATTEMPTS',
  ]);
});

test('successes do not count', async () => {
  const { email } = await account.register();
  await fail(9, email);
  const logins = await Promise.all(
    Array.from({ length: 15 }, () => account.logIn(email, goodPassword, here)),
  );
  expect(logins.flatMap(refusals)).toEqual([]);
  expect(await fail(2, email)).toEqual(['BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS']);
});

test('guesses side by side get no more tries than guesses one after the other', async () => {
  const { email } = await account.register();
  await account.warmPool();
  const guesses = Array.from({ length: 30 }, () => account.logIn(email, 'wrong', here));
  const codes = (await Promise.all(guesses)).flatMap(refusals);
  expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(10);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(20);
});

test('a right password counts the failures that are being noted at that moment', async () => {
  const { email } = await account.register();
  const { source } = account.subgraph.dependencies;
  const loggingIn: Promise<Payload>[] = [];
  await source.transaction(async (manager) => {
    for (let time = 0; time < 10; time += 1) await noteFailure(manager, { email, ...here }, new Date());
    loggingIn.push(account.logIn(email, goodPassword, here));
    await until('the login waits for the failures', waitsForLock);
  });
  expect((await Promise.all(loggingIn)).flatMap(refusals)).toEqual(['TOO_MANY_ATTEMPTS']);
});

test('failures at one moment are counted one after the other', async () => {
  const { source } = account.subgraph.dependencies;
  const attempt: LoginAttempt = { email: 'at.once@souk.test', address: here.address };
  const note = (): Promise<boolean> =>
    source.transaction(async (manager) => {
      const tooMany = await noteFailure(manager, attempt, new Date());
      await manager.query('SELECT pg_sleep(0.01)');
      return tooMany;
    });
  await account.warmPool();
  const notes = await Promise.all(Array.from({ length: 30 }, note));
  expect(notes.filter((tooMany) => !tooMany)).toHaveLength(10);
});

test('a hundred failures close an address to every account', async () => {
  const { email } = await account.register();
  const failures = await Promise.all(
    Array.from({ length: 100 }, (_, index) => account.logIn(`guess${index}@souk.test`, 'wrong', here)),
  );
  expect(failures.flatMap(refusals)).toEqual(Array<string>(100).fill('BAD_CREDENTIALS'));
  expect(refusals(await account.logIn(email, goodPassword, here))).toEqual(['TOO_MANY_ATTEMPTS']);
  expect(refusals(await account.logIn(email, goodPassword, elsewhere))).toEqual([]);
});
