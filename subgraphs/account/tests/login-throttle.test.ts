import type { LoginAttempt } from '@souk/account/domain/session/login-throttle';
import { purgeFailures, recordFailure } from '@souk/account/domain/session/login-throttle';
import { KnownNetworks1764400000000 } from '@souk/account/migrations/1764400000000-known-networks';
import type { AccountUnderTest, Payload } from './support/account.js';
import { goodPassword, userErrorsOf, startAccount } from './support/account.js';
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

const hour = 60 * 60 * 1_000;

/** Fails logins from new networks, ten from each. */
async function failFromElsewhere(times: number, email: string, from = 0): Promise<string[]> {
  const codes: string[] = [];
  for (let time = 0; time < times; time += 1) {
    const address = `10.0.0.${from + Math.floor(time / 10)}`;
    codes.push(...userErrorsOf(await account.logIn(email, 'wrong', { address })));
  }
  return codes;
}

/** Records enough failures to close an account to unknown networks, each from another network. */
async function failEverywhere(email: string): Promise<void> {
  const { source } = account.subgraph.dependencies;
  const now = account.now();
  await Promise.all(
    Array.from({ length: 110 }, (_, index) =>
      source.transaction((manager) => recordFailure(manager, { email, address: `10.0.3.${index}` }, now)),
    ),
  );
}

async function fail(times: number, email: string, caller = here): Promise<string[]> {
  const codes: string[] = [];
  for (let time = 0; time < times; time += 1)
    codes.push(...userErrorsOf(await account.logIn(email, 'wrong', caller)));
  return codes;
}

test('ten failures close an account to that address only, for 15 minutes', async () => {
  const { email } = await account.register();
  expect(await fail(10, email)).toEqual(Array<string>(10).fill('BAD_CREDENTIALS'));
  expect(userErrorsOf(await account.logIn(email.toUpperCase(), goodPassword, here))).toEqual([
    'TOO_MANY_ATTEMPTS',
  ]);
  expect(userErrorsOf(await account.logIn(email, goodPassword, elsewhere))).toEqual([]);
  const { email: other } = await account.register();
  expect(userErrorsOf(await account.logIn(other, goodPassword, here))).toEqual([]);
  account.advanceClock(quarterOfAnHour);
  expect(userErrorsOf(await account.logIn(email, goodPassword, here))).toEqual([]);
});

test('throttles e-mail addresses without an account too', async () => {
  expect(await fail(11, 'nobody@souk.test')).toEqual([
    ...Array<string>(10).fill('BAD_CREDENTIALS'),
    'TOO_MANY_ATTEMPTS',
  ]);
});

test('successful logins do not count', async () => {
  const { email } = await account.register();
  await fail(9, email);
  const logins = await Promise.all(
    Array.from({ length: 15 }, () => account.logIn(email, goodPassword, here)),
  );
  expect(logins.flatMap(userErrorsOf)).toEqual([]);
  expect(await fail(2, email)).toEqual(['BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS']);
});

test('parallel guesses get no more attempts than sequential ones', async () => {
  const { email } = await account.register();
  await account.warmPool();
  const guesses = Array.from({ length: 30 }, () => account.logIn(email, 'wrong', here));
  const codes = (await Promise.all(guesses)).flatMap(userErrorsOf);
  expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(10);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(20);
});

test('a login with the correct password counts failures of concurrent transactions', async () => {
  const { email } = await account.register();
  const { source } = account.subgraph.dependencies;
  const loggingIn: Promise<Payload>[] = [];
  await source.transaction(async (manager) => {
    for (let time = 0; time < 10; time += 1) await recordFailure(manager, { email, ...here }, new Date());
    loggingIn.push(account.logIn(email, goodPassword, here));
    await until('the login to wait for the lock', waitsForLock);
  });
  expect((await Promise.all(loggingIn)).flatMap(userErrorsOf)).toEqual(['TOO_MANY_ATTEMPTS']);
});

test('counts concurrent failures one after the other', async () => {
  const { source } = account.subgraph.dependencies;
  const attempt: LoginAttempt = { email: 'at.once@souk.test', address: here.address };
  const record = (): Promise<boolean> =>
    source.transaction(async (manager) => {
      const rejection = await recordFailure(manager, attempt, new Date());
      await manager.query('SELECT pg_sleep(0.01)');
      return rejection !== null;
    });
  await account.warmPool();
  const results = await Promise.all(Array.from({ length: 30 }, record));
  expect(results.filter((isRejected) => !isRejected)).toHaveLength(10);
});

test('a hundred failures close an address for all accounts', async () => {
  const { email } = await account.register();
  const failures = await Promise.all(
    Array.from({ length: 100 }, (_, index) => account.logIn(`guess${index}@souk.test`, 'wrong', here)),
  );
  expect(failures.flatMap(userErrorsOf)).toEqual(Array<string>(100).fill('BAD_CREDENTIALS'));
  expect(userErrorsOf(await account.logIn(email, goodPassword, here))).toEqual(['TOO_MANY_ATTEMPTS']);
  expect(userErrorsOf(await account.logIn(email, goodPassword, elsewhere))).toEqual([]);
});

test.each([
  ['an IPv6 /64', '2001:db8:1:2::1', '2001:DB8:1:2:ffff::7', '2001:db8:1:3::1'],
  ['an IPv4 address, mapped or not', '::ffff:192.0.2.9', '192.0.2.9', '::ffff:192.0.2.10'],
  ['a malformed address', 'junk', '_other', '192.0.2.11'],
])('%s is one network', async (_what, first, same, other) => {
  const { email } = await account.register();
  await fail(5, email, { address: first });
  await fail(5, email, { address: same });
  expect(userErrorsOf(await account.logIn(email, goodPassword, { address: first }))).toEqual([
    'TOO_MANY_ATTEMPTS',
  ]);
  expect(userErrorsOf(await account.logIn(email, goodPassword, { address: other }))).toEqual([]);
});

describe('failures of one account from many networks', () => {
  test('leave one attempt to each unknown network, and ten to known ones', async () => {
    const { email } = await account.register();
    const home = { address: '2001:db8:aaaa::1' };
    await account.logIn(email, goodPassword, home);
    expect(await failFromElsewhere(30, email)).toEqual(Array<string>(30).fill('BAD_CREDENTIALS'));

    expect(await fail(3, email)).toEqual(['BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
    expect(userErrorsOf(await account.logIn(email, goodPassword, here))).toEqual(['TOO_MANY_ATTEMPTS']);
    // An unknown network has one attempt, for an owner who travels.
    expect(userErrorsOf(await account.logIn(email, goodPassword, elsewhere))).toEqual([]);
    // The known network has ten attempts for the whole /64.
    const sameNetwork = { address: '2001:db8:aaaa::2' };
    await fail(9, email, sameNetwork);
    expect(userErrorsOf(await account.logIn(email, goodPassword, sameNetwork))).toEqual([]);
    await fail(1, email, sameNetwork);
    expect(userErrorsOf(await account.logIn(email, goodPassword, sameNetwork))).toEqual([
      'TOO_MANY_ATTEMPTS',
    ]);
  });

  test('leave no attempt to unknown networks after a hundred in an hour', async () => {
    const { email } = await account.register();
    await account.logIn(email, goodPassword, here);
    const codes = [
      ...(await failFromElsewhere(30, email)),
      ...(
        await Promise.all(
          Array.from({ length: 100 }, async (_, index) =>
            userErrorsOf(await account.logIn(email, 'wrong', { address: `10.0.1.${index}` })),
          ),
        )
      ).flat(),
    ];
    expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(100);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(30);

    const rejected = await account.logIn(email, goodPassword, elsewhere);
    expect(rejected.userErrors).toMatchObject([
      { code: 'TOO_MANY_ATTEMPTS', retryAt: expect.any(String) as string },
    ]);
    expect(userErrorsOf(await account.logIn(email, goodPassword, here))).toEqual([]);
    account.advanceClock(hour);
    expect(userErrorsOf(await account.logIn(email, goodPassword, elsewhere))).toEqual([]);
  });

  test('get the same answers with and without an account, for right and wrong passwords', async () => {
    const { email } = await account.register();
    await account.logIn(email, goodPassword, here);
    await failFromElsewhere(30, email);
    await failFromElsewhere(30, 'nobody@souk.test', 100);
    const seen: Payload['userErrors'][][] = [];
    for (const [address, password, login] of [
      ['192.0.2.51', 'wrong', email],
      ['192.0.2.52', 'wrong', 'nobody@souk.test'],
      // Its password is correct from the second attempt on.
      ['192.0.2.53', goodPassword, email],
      // The owner's own network.
      [here.address, 'wrong', email],
    ] as const) {
      const answers: Payload['userErrors'][] = [];
      for (let time = 0; time < 12; time += 1) {
        const tried = time === 0 ? 'wrong' : password;
        const { userErrors } = await account.logIn(login, tried, { address });
        answers.push(
          userErrors.map((error) => ({
            ...error,
            retryAt: '',
            message: error.message.replace(/\d+/, 'n'),
          })),
        );
      }
      seen.push(answers);
    }
    expect(seen[0]?.flat().map(({ code }) => code)).toEqual([
      'BAD_CREDENTIALS',
      ...Array<string>(11).fill('TOO_MANY_ATTEMPTS'),
    ]);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[3]).toEqual(seen[0]);
  });

  test('count concurrently from all networks', async () => {
    const { source } = account.subgraph.dependencies;
    await account.warmPool();
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        source.transaction((manager) =>
          recordFailure(manager, { email: 'at.once@souk.test', address: `10.0.2.${index}` }, new Date()),
        ),
      ),
    );
    expect(answers.filter((rejection) => rejection === null)).toHaveLength(100);
  });
});

test('an owner behind a proxy keeps their attempts while logins from other networks fail', async () => {
  const { email } = await account.register();
  await account.logIn(email, goodPassword, here);
  await failEverywhere(email);
  // Failures behind the same proxy, for other accounts.
  for (let other = 0; other < 50; other += 1) await fail(1, `other.${other}@souk.test`);
  expect(userErrorsOf(await account.logIn(email, goodPassword, here))).toEqual([]);
});

test('a network is known for 30 days, and an account knows its latest 20', async () => {
  const { email, userId } = await account.register();
  for (let network = 0; network < 22; network += 1) {
    account.advanceClock(1_000);
    await account.logIn(email, goodPassword, { address: `10.1.0.${network}` });
  }
  const known = await account.query<{ network: string }>(
    'SELECT network FROM known_network WHERE user_id = $1 ORDER BY signed_in_at',
    [userId],
  );
  expect(known.map(({ network }) => network)).toEqual(
    Array.from({ length: 20 }, (_, index) => `10.1.0.${index + 2}`),
  );
  await failEverywhere(email);
  expect(userErrorsOf(await account.logIn(email, goodPassword, { address: '10.1.0.2' }))).toEqual([]);
  expect(userErrorsOf(await account.logIn(email, goodPassword, { address: '10.1.0.1' }))).toEqual([
    'TOO_MANY_ATTEMPTS',
  ]);
  account.advanceClock(31 * 24 * hour);
  await failEverywhere(email);
  expect(userErrorsOf(await account.logIn(email, goodPassword, { address: '10.1.0.2' }))).toEqual([
    'TOO_MANY_ATTEMPTS',
  ]);
});

test('the migration keeps failures and imports the networks of sessions as known', async () => {
  const { email, userId } = await account.register();
  await account.logIn(email, goodPassword, here);
  await account.logIn(email, goodPassword, { address: '2001:db8::1' });
  await fail(3, email, elsewhere);
  const runner = account.subgraph.dependencies.source.createQueryRunner();
  const migration = new KnownNetworks1764400000000();
  await migration.down(runner);
  await migration.up(runner);
  await runner.release();
  expect(await account.query('SELECT user_id, network FROM known_network')).toEqual([
    { user_id: userId, network: here.address },
  ]);
  expect(await fail(8, email, elsewhere)).toEqual([
    ...Array<string>(7).fill('BAD_CREDENTIALS'),
    'TOO_MANY_ATTEMPTS',
  ]);
});

test('deletes expired failures in batches by an index', async () => {
  const { manager } = account.subgraph.dependencies.source;
  await account.query(
    `INSERT INTO login_failure (account_hash, address, at)
     SELECT '\\x00', 'a', now() - interval '61 minutes' FROM generate_series(1, 12000)`,
  );
  await fail(1, 'recent@souk.test');
  await account.query('ANALYZE login_failure');
  const plan = await account.query<Record<string, string>>(
    'EXPLAIN SELECT id FROM login_failure WHERE at <= $1 ORDER BY at LIMIT 5000 FOR UPDATE SKIP LOCKED',
    [new Date(Date.now() - hour)],
  );
  expect(JSON.stringify(plan)).toContain('login_failure_at');
  await Promise.all([purgeFailures(manager, new Date()), purgeFailures(manager, new Date())]);
  expect(await account.query('SELECT 1 FROM login_failure')).toHaveLength(1);
});
