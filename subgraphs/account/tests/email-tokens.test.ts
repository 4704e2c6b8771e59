import { randomUUID } from 'node:crypto';
import { purgeEmailTokens } from '@souk/account/domain/email/email-token';
import { hashSecretToken } from '@souk/shared/auth/secret-token';
import { PublishedEvents } from '../../../tests/support/published-events.js';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { goodPassword, isRejectedWithinBound, startAccount, userErrorsOf } from './support/account.js';
import { requestedEmails, tokenOfEmail } from './support/emails.js';

let account: AccountUnderTest;
let admin: Person;
let published: PublishedEvents;

beforeAll(async () => {
  account = await startAccount();
  published = new PublishedEvents();
  admin = await account.admin();
});

afterAll(async () => {
  published.stop();
  await account.close();
});

const hour = 60 * 60 * 1_000;
const newPassword = 'seven purple umbrellas';

const verify = (token: string): Promise<Payload> =>
  account.mutate(
    'mutation ($token: String!) { verifyEmail(token: $token) { user { id } userErrors { code field message } } }',
    { token },
  );
const requestVerification = (person: Person): Promise<Payload> =>
  account.mutate(
    'mutation { requestEmailVerification { ok userErrors { code field message } } }',
    {},
    { accessToken: person.accessToken, address: '192.0.2.20' },
  );
const requestReset = (email: string): Promise<Payload> =>
  account.mutate(
    `mutation ($email: EmailAddress!) {
       requestPasswordReset(email: $email) { ok userErrors { code field message } } }`,
    { email },
    { address: '192.0.2.20' },
  );
const reset = (token: string, password = newPassword, address = '192.0.2.21'): Promise<Payload> =>
  account.mutate(
    `mutation ($token: String!, $password: String!) {
       resetPassword(token: $token, newPassword: $password) { ok userErrors { code field message } } }`,
    { token, password },
    { address },
  );
const change = (mutation: string, person: Person): Promise<Payload> =>
  account.mutate(`mutation ($id: ID!) { ${mutation} { userErrors { code } } }`, { id: person.id }, admin);

async function resetTokenOf({ email }: Pick<Person, 'email'>, count = 1): Promise<string> {
  expect(await requestReset(email)).toEqual({ ok: true, userErrors: [] });
  return resetTokenSentTo(email, count);
}

/** The token of a reset, whose worker has committed. */
async function resetTokenSentTo(email: string, count = 1): Promise<string> {
  const token = await tokenOfEmail(published, 'passwordResetRequested', email, count);
  const find = 'SELECT 1 FROM email_token WHERE token_hash = $1';
  const hash = hashSecretToken(token);
  await until('the token to be stored', async () => (await account.query(find, [hash])).length > 0);
  return token;
}

async function isVerified(person: Pick<Person, 'userId'>): Promise<boolean> {
  const [row] = await account.query<{ email_verified: boolean }>(
    'SELECT email_verified FROM user_account WHERE id = $1',
    [person.userId],
  );
  return row!.email_verified;
}

beforeEach(() => account.query('DELETE FROM email_request'));

describe('e-mail verification', () => {
  test('a registration sends a token, which verifies the address once', async () => {
    const person = await account.register();
    const token = await tokenOfEmail(published, 'emailVerificationRequested', person.email);
    expect(await isVerified(person)).toBe(false);
    expect(await verify(token)).toEqual({ user: { id: person.id }, userErrors: [] });
    expect(await isVerified(person)).toBe(true);
    expect(userErrorsOf(await verify(token))).toEqual(['TOKEN_EXPIRED token']);
    expect(userErrorsOf(await requestVerification(person))).toEqual(['CONFLICT']);
  });

  test('another e-mail replaces the one before', async () => {
    const person = await account.register();
    const first = await tokenOfEmail(published, 'emailVerificationRequested', person.email);
    expect(await requestVerification(person)).toEqual({ ok: true, userErrors: [] });
    const second = await tokenOfEmail(published, 'emailVerificationRequested', person.email, 2);
    expect(userErrorsOf(await verify(first))).toEqual(['TOKEN_EXPIRED token']);
    expect(userErrorsOf(await verify(second))).toEqual([]);
  });

  test('tokens work for 24 hours', async () => {
    const [early, late] = [await account.register(), await account.register()];
    account.advanceClock(24 * hour - 60_000);
    const token = await tokenOfEmail(published, 'emailVerificationRequested', early.email);
    expect(userErrorsOf(await verify(token))).toEqual([]);
    account.advanceClock(60_000);
    const [email] = requestedEmails(published, 'emailVerificationRequested', late.email);
    expect(Date.parse(email?.expiresAt ?? '')).toBeLessThanOrEqual(account.now().getTime());
    const expired = await tokenOfEmail(published, 'emailVerificationRequested', late.email);
    expect(userErrorsOf(await verify(expired))).toEqual(['TOKEN_EXPIRED token']);
    await purgeEmailTokens(account.subgraph.dependencies.source.manager, account.now());
    expect(await account.query('SELECT 1 FROM email_token WHERE user_id = $1', [late.userId])).toEqual([]);
  });

  test('unknown tokens and those for other purposes verify nothing', async () => {
    const person = await account.register();
    const token = await resetTokenOf(person);
    for (const other of [token, 'unknown', ''])
      expect(userErrorsOf(await verify(other))).toEqual(['TOKEN_EXPIRED token']);
    expect(await isVerified(person)).toBe(false);
  });
});

describe('password reset', () => {
  test('sets the password, ends all sessions and verifies the address', async () => {
    const person = await account.register();
    const elsewhere = (await account.logIn(person.email, goodPassword)) as unknown as Person;
    const token = await resetTokenOf({ email: person.email });
    expect(await reset(token)).toEqual({ ok: true, userErrors: [] });
    expect((await account.refresh(elsewhere.refreshToken)).userErrors).toMatchObject([
      { code: 'TOKEN_EXPIRED', message: expect.stringContaining('password was reset') as string },
    ]);
    expect(await isRejectedWithinBound(account, person)).toBe(true);
    expect(await isVerified(person)).toBe(true);
    expect(userErrorsOf(await account.logIn(person.email, goodPassword))).toEqual(['BAD_CREDENTIALS']);
    expect(userErrorsOf(await account.logIn(person.email, newPassword))).toEqual([]);
    const verification = await tokenOfEmail(published, 'emailVerificationRequested', person.email);
    expect(userErrorsOf(await verify(verification))).toEqual(['TOKEN_EXPIRED token']);
  });

  test('finds the account in upper or lower case, and writes to its own spelling', async () => {
    const person = await account.register(`Grace.${randomUUID()}@souk.test`);
    await requestReset(person.email.toUpperCase());
    expect(userErrorsOf(await reset(await resetTokenSentTo(person.email)))).toEqual([]);
  });

  test('a token works once, also under parallel uses', async () => {
    await account.warmPool();
    const person = await account.register();
    const token = await resetTokenOf(person);
    const results = await Promise.all(Array.from({ length: 8 }, () => reset(token)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(results.flatMap(userErrorsOf))).toEqual(new Set(['TOKEN_EXPIRED token']));
  });

  test('another request replaces the token of the one before', async () => {
    const person = await account.register();
    const first = await resetTokenOf(person);
    const second = await resetTokenOf(person, 2);
    expect(userErrorsOf(await reset(first))).toEqual(['TOKEN_EXPIRED token']);
    expect(userErrorsOf(await reset(second))).toEqual([]);
  });

  test('tokens work for an hour, and survive a weak password', async () => {
    const person = await account.register();
    const token = await resetTokenOf(person);
    expect(userErrorsOf(await reset(token, 'lovelace'))).toEqual(['WEAK_PASSWORD newPassword']);
    expect(userErrorsOf(await reset('unknown', 'short'))).toEqual([
      'TOKEN_EXPIRED token',
      'WEAK_PASSWORD newPassword',
    ]);
    account.advanceClock(hour);
    expect(userErrorsOf(await reset(token))).toEqual(['TOKEN_EXPIRED token']);
    account.advanceClock(-60_000);
    expect(userErrorsOf(await reset(token))).toEqual([]);
  });

  test('a change of the password makes tokens useless', async () => {
    const person = await account.register();
    const token = await resetTokenOf(person);
    await account.mutate(
      `mutation ($current: String!) {
         changePassword(currentPassword: $current, newPassword: "eight orange bicycles") { ok userErrors { code } } }`,
      { current: goodPassword },
      person,
    );
    expect(userErrorsOf(await reset(token))).toEqual(['TOKEN_EXPIRED token']);
  });

  test('the network of a reset is known to the account', async () => {
    const person = await account.register();
    await reset(await resetTokenOf(person), newPassword, '2001:db8:1:2::9');
    expect(
      await account.query('SELECT network FROM known_network WHERE user_id = $1', [person.userId]),
    ).toContainEqual({ network: '2001:db8:1:2::/64' });
  });
});

describe('addresses without an active account', () => {
  /** Waits until account has handled the requests so far. */
  const handled = (): Promise<unknown> =>
    until('the requests to be handled', async () => {
      const rows = await account.query(
        "SELECT 1 FROM event_outbox WHERE envelope->>'name' = 'passwordForgotten'",
      );
      return rows.length === 0;
    });

  test('unknown, suspended and deleted ones get the same answer, and no e-mail', async () => {
    const [suspended, deleted] = [await account.register(), await account.register()];
    await change('suspendUser(userId: $id, reason: "Fraud")', suspended);
    await account.query("UPDATE user_account SET status = 'DELETED' WHERE id = $1", [deleted.userId]);
    const emails = ['nobody@souk.test', suspended.email, deleted.email];
    for (const email of emails) expect(await requestReset(email)).toEqual({ ok: true, userErrors: [] });
    await handled();
    expect(emails.flatMap((email) => requestedEmails(published, 'passwordResetRequested', email))).toEqual(
      [],
    );
  });

  test('a suspension makes tokens useless, also after it', async () => {
    const person = await account.register();
    const tokens = [
      await tokenOfEmail(published, 'emailVerificationRequested', person.email),
      await resetTokenOf(person),
    ] as const;
    await change('suspendUser(userId: $id, reason: "Fraud")', person);
    await change('reactivateUser(userId: $id)', person);
    expect(userErrorsOf(await verify(tokens[0]))).toEqual(['TOKEN_EXPIRED token']);
    expect(userErrorsOf(await reset(tokens[1]))).toEqual(['TOKEN_EXPIRED token']);
  });

  test.each(['SUSPENDED', 'DELETED'])(
    'a token of before does nothing for a user who is %s',
    async (status) => {
      const person = await account.register();
      const verification = await tokenOfEmail(published, 'emailVerificationRequested', person.email);
      const token = await resetTokenOf(person);
      await account.query('UPDATE user_account SET status = $2 WHERE id = $1', [person.userId, status]);
      expect(userErrorsOf(await verify(verification))).toEqual(['TOKEN_EXPIRED token']);
      expect(userErrorsOf(await reset(token))).toEqual(['TOKEN_EXPIRED token']);
    },
  );
});

test('no table and no event contains a token in clear', async () => {
  const person = await account.register();
  const tokens = [
    await tokenOfEmail(published, 'emailVerificationRequested', person.email),
    await resetTokenOf(person),
  ];
  const [row] = await account.query<{ dump: string }>(
    `SELECT concat((SELECT json_agg(t) FROM email_token t), (SELECT json_agg(e) FROM event_outbox e),
       (SELECT json_agg(o) FROM outbox o), (SELECT json_agg(r) FROM email_request r)) AS dump`,
  );
  const text = row!.dump + JSON.stringify(published.all.map(({ payload }) => payload));
  expect(text).toContain(person.email);
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(text).not.toContain(token);
    expect(text).not.toContain(Buffer.from(token).toString('hex'));
  }
});
