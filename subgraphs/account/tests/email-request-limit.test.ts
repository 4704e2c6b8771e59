import { purgeEmailRequests } from '@souk/account/domain/email/email-request-limit';
import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { startAccount, userErrorsOf } from './support/account.js';

let account: AccountUnderTest;
let person: Person;

beforeAll(async () => {
  account = await startAccount();
  person = await account.register('ada@souk.test');
});

afterAll(() => account.close());

beforeEach(() => account.query('DELETE FROM email_request'));

const hour = 60 * 60 * 1_000;

const request = (email: string, address: string): Promise<Payload> =>
  account.mutate(
    `mutation ($email: EmailAddress!) {
       requestPasswordReset(email: $email) { ok userErrors {
         __typename code message ... on TooManyAttemptsError { retryAt } } } }`,
    { email },
    { address },
  );
const codesOf = async (count: number, send: (turn: number) => Promise<Payload>): Promise<string[]> => {
  const codes: string[] = [];
  for (let turn = 0; turn < count; turn += 1) codes.push(...userErrorsOf(await send(turn)));
  return codes;
};

test.each(['ada@souk.test', 'nobody@souk.test'])('limits e-mails to %s from one network', async (email) => {
  expect(await codesOf(5, (turn) => request(email, `2001:db8::${turn}`))).toEqual([]);
  const rejected = await request(email.toUpperCase(), '2001:db8::9');
  expect(rejected['ok']).toBe(false);
  expect(rejected.userErrors).toMatchObject([
    {
      __typename: 'TooManyAttemptsError',
      code: 'TOO_MANY_ATTEMPTS',
      message: expect.stringMatching(
        /^At most 5 e-mails to one address can be requested per hour\. Try again in \d+ minutes\.$/,
      ) as string,
    },
  ]);
  const retryAt = Date.parse(rejected.userErrors[0]?.retryAt ?? '');
  expect(retryAt).toBeGreaterThan(account.now().getTime() + hour - 60_000);
  expect(retryAt).toBeLessThanOrEqual(account.now().getTime() + hour);
  expect(userErrorsOf(await request(email, '2001:db8:0:1::1'))).toEqual([]);
  account.advanceClock(hour);
  expect(userErrorsOf(await request(email, '2001:db8::9'))).toEqual([]);
});

test('limits e-mails to one address from all networks', async () => {
  const send = (turn: number): Promise<Payload> => request('ada@souk.test', `192.0.2.${turn}`);
  expect(await codesOf(20, send)).toEqual([]);
  expect((await send(21)).userErrors[0]?.message).toMatch(/^At most 20 e-mails to one address from all/);
});

test('limits e-mails to all addresses from one network', async () => {
  const send = (turn: number): Promise<Payload> => request(`person${turn}@souk.test`, `2001:db8::${turn}`);
  expect(await codesOf(100, send)).toEqual([]);
  expect((await send(101)).userErrors[0]?.message).toMatch(/^At most 100 e-mails from one network/);
});

test('counts requests for verification as well', async () => {
  const verification = (): Promise<Payload> =>
    account.mutate(
      'mutation { requestEmailVerification { ok userErrors { code } } }',
      {},
      { accessToken: person.accessToken, address: '192.0.2.1' },
    );
  person = await account.register();
  expect(await codesOf(3, () => request(person.email, '192.0.2.1'))).toEqual([]);
  expect(await codesOf(3, verification)).toEqual(['TOO_MANY_ATTEMPTS']);
});

test('five of twenty concurrent requests are accepted', async () => {
  await account.warmPool();
  const payloads = await Promise.all(Array.from({ length: 20 }, () => request('ada@souk.test', '192.0.2.1')));
  expect(payloads.filter(({ ok }) => ok)).toHaveLength(5);
});

test('deletes requests after an hour', async () => {
  await request('ada@souk.test', '192.0.2.1');
  account.advanceClock(hour / 2);
  await request('ada@souk.test', '192.0.2.1');
  account.advanceClock(hour / 2);
  await purgeEmailRequests(account.subgraph.dependencies.source.manager, account.now());
  expect(await account.query('SELECT 1 FROM email_request')).toHaveLength(1);
});
