import {
  areDistinguishable,
  compareRanks,
  medianOf,
  timeInterleaved,
} from '../../../tests/support/rank-test.js';
import type { InterleavedTimes } from '../../../tests/support/rank-test.js';
import type { AccountUnderTest, Payload } from './support/account.js';
import { startAccount, userErrorsOf } from './support/account.js';

// Neither answers nor response times reveal whether an e-mail address has an account.

let account: AccountUnderTest;

const knownAccounts = 200;
const known = (turn: number): string => `known${turn}@souk.test`;
const unknown = (turn: number): string => `other${turn}@souk.test`;
let requests = 0;
/** No two requests are of one network, so that no limit is reached. */
const nextAddress = (): string => {
  requests += 1;
  return `10.0.${requests >> 8}.${requests & 255}`;
};

beforeAll(async () => {
  account = await startAccount();
  const { userId } = await account.register();
  await account.query(
    `INSERT INTO user_account (id, email, email_verified, password_hash, first_name, last_name, display_name, roles,
       status, locale, time_zone, preferences, created_at)
     SELECT gen_random_uuid(), 'known' || n || '@souk.test', false, password_hash, first_name, last_name, display_name,
       roles, status, locale, time_zone, preferences, created_at
     FROM user_account, generate_series(0, $2 - 1) AS n WHERE id = $1`,
    [userId, knownAccounts],
  );
  await account.query('ANALYZE');
});

afterAll(() => account.close());

const logIn = (email: string): Promise<Payload> =>
  account.logIn(email, 'not the password', { address: nextAddress() });
const requestReset = (email: string): Promise<Payload> =>
  account.mutate(
    `mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ok userErrors { code message } } }`,
    { email },
    { address: nextAddress() },
  );

function report({ first, second }: InterleavedTimes): string {
  const times = [first, second].map((sample) => `${medianOf(sample).toFixed(2)} ms`).join(' and ');
  return `${times}, z ${compareRanks(first, second).toFixed(1)}`;
}

/** Compares an operation on known and unknown addresses. The first turns are not measured: they fill caches. */
async function compare(turns: number, run: (email: string) => Promise<unknown>): Promise<InterleavedTimes> {
  const timed = (from: number, count: number): Promise<InterleavedTimes> =>
    timeInterleaved(
      count,
      (turn) => run(known(from + turn)),
      (turn) => run(unknown(from + turn)),
    );
  await timed(turns, 5);
  return timed(0, turns);
}

test('logins to known and unknown addresses get the same answer in the same time', async () => {
  const [one, other] = [await logIn(known(0)), await logIn(unknown(0))];
  expect(one).toEqual(other);
  expect(userErrorsOf(one)).toEqual(['BAD_CREDENTIALS']);
  const times = await compare(60, logIn);
  expect(areDistinguishable(times) ? report(times) : 'equal').toBe('equal');
});

test('requests for a reset get the same answer in the same time', async () => {
  const [one, other] = [await requestReset(known(0)), await requestReset(unknown(0))];
  expect(one).toEqual(other);
  expect(one).toEqual({ ok: true, userErrors: [] });
  await account.query('DELETE FROM email_request');
  const times = await compare(150, requestReset);
  expect(areDistinguishable(times) ? report(times) : 'equal').toBe('equal');
});

test('the measurement finds a login that verifies no hash', async () => {
  const times = await timeInterleaved(
    20,
    (turn) => logIn(known(turn)),
    (turn) => requestReset(unknown(turn)),
  );
  expect(areDistinguishable(times)).toBe(true);
});
