import jwt from 'jsonwebtoken';
import { resealSecrets } from '@souk/account/domain/factor/secret-rotation';
import { purgeMfaChallenges } from '@souk/account/domain/factor/mfa-challenge';
import { purgePendingEnrolments } from '@souk/account/domain/session/mfa-enrolment';
import { TextSeal } from '@souk/shared/auth/text-seal';
import { Database } from '@souk/shared/db/database';
import { createLog } from '@souk/shared/log';
import { PublishedEvents } from '../../../tests/support/published-events.js';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Caller, Payload } from './support/account.js';
import { goodPassword, mfaEncryptionKey, startAccount, userErrorsOf } from './support/account.js';
import { requestedEmails, tokenOfEmail } from './support/emails.js';
import {
  beginEnrolment,
  codesOf,
  confirmEnrolment,
  disableMfa,
  elevate,
  enrol,
  verifyMfa,
} from './support/authenticator.js';

let account: AccountUnderTest;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => account.close());

const minuteMs = 60_000;
const stepMs = 30_000;
const later = (ms: number): Date => new Date(account.now().getTime() + ms);

/** Moves the clock to the middle of a time step, so that it does not end in the middle of a test. */
function centerStep(): void {
  account.advanceClock(stepMs + stepMs / 2 - (account.now().getTime() % stepMs));
}

function mfaAtOf(payload: Payload): number | undefined {
  const claims = jwt.decode(payload['accessToken'] as string, { json: true });
  return claims?.['mfa_at'] as number | undefined;
}

async function challengeOf(email: string, caller?: Caller): Promise<string> {
  const payload = await account.logIn(email, goodPassword, caller);
  expect(payload).toMatchObject({ userErrors: [], accessToken: null, refreshToken: null, user: null });
  return payload['mfaChallenge'] as string;
}

async function hasMfa(caller: Caller): Promise<unknown> {
  const { data } = await account.run('{ me { mfaEnabled } }', {}, caller);
  return (data as { me: { mfaEnabled: unknown } }).me.mfaEnabled;
}

test('login asks for the enrolled app, and verifyMfa completes it with a fresh factor', async () => {
  const person = await account.register();
  expect(await hasMfa(person)).toBe(false);
  const { recoveryCodes, codeAt } = await enrol(account, person);
  expect(await hasMfa(person)).toBe(true);
  expect(recoveryCodes).toHaveLength(10);
  expect(new Set(recoveryCodes).size).toBe(10);
  const login = await account.logIn(person.email, goodPassword);
  expect(login).toMatchObject({
    accessToken: null,
    refreshToken: null,
    user: null,
    mfaMethods: ['AUTHENTICATOR_APP', 'RECOVERY_CODE'],
    userErrors: [],
  });
  const sessions = () =>
    account.query('SELECT 1 FROM session WHERE user_id = $1 AND ended_at IS NULL', [person.userId]);
  expect(await sessions()).toHaveLength(1);
  const verified = await verifyMfa(account, login['mfaChallenge'], codeAt(account.now()));
  expect(verified).toMatchObject({
    userErrors: [],
    user: { id: person.id },
    mfaChallenge: null,
    mfaMethods: null,
  });
  expect(await sessions()).toHaveLength(2);
  expect(Math.abs(mfaAtOf(verified)! - account.now().getTime() / 1_000)).toBeLessThan(60);
  const refreshed = await account.refresh(verified['refreshToken'] as string);
  expect(refreshed.userErrors).toEqual([]);
  expect(mfaAtOf(refreshed)).toBeUndefined();
});

test('the answer of verifyMfa has the private fields of the user whom it signs in', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  const challenge = await challengeOf(person.email);
  const answer = await account.mutate(
    `mutation ($challenge: String!, $code: String!) {
       verifyMfa(challenge: $challenge, code: $code) {
         user { email roles mfaEnabled sessions { current } } userErrors { code } } }`,
    { challenge, code: codeAt(account.now()) },
  );
  expect(answer).toMatchObject({
    userErrors: [],
    user: { email: person.email, roles: ['USER'], mfaEnabled: true },
  });
  const { sessions } = answer['user'] as { sessions: { current: boolean }[] };
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
});

test('a reset that verifies the address first removes the factors of whoever registered it', async () => {
  const published = new PublishedEvents();
  const resetPassword = async (email: string, password: string): Promise<void> => {
    await account.mutate(
      'mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ok userErrors { code } } }',
      { email },
      { address: '192.0.2.30' },
    );
    let count = 0;
    await until('the token to be stored', async () => {
      count = requestedEmails(published, 'passwordResetRequested', email).length;
      return count > 0;
    });
    const token = await tokenOfEmail(published, 'passwordResetRequested', email, count);
    await until('the reset to work', async () => {
      const payload = await account.mutate(
        `mutation ($token: String!, $password: String!) {
          resetPassword(token: $token, newPassword: $password) { ok userErrors { code } } }`,
        { token, password },
        { address: '192.0.2.30' },
      );
      return payload['ok'] === true;
    });
  };
  const [stranger, owner] = [await account.register(), await account.register()];
  await enrol(account, stranger);
  await enrol(account, owner);
  await account.query('UPDATE user_account SET email_verified = true WHERE id = $1', [owner.userId]);
  const password = 'seven purple umbrellas';
  await resetPassword(stranger.email, password);
  await resetPassword(owner.email, password);
  published.stop();
  expect(await account.logIn(stranger.email, password)).toMatchObject({
    mfaChallenge: null,
    user: { id: stranger.id },
  });
  expect(await account.logIn(owner.email, password)).toMatchObject({
    mfaMethods: ['AUTHENTICATOR_APP', 'RECOVERY_CODE'],
    user: null,
  });
});

test('stores secrets encrypted, and codes and challenges as hashes', async () => {
  const person = await account.register();
  const { uri } = (await beginEnrolment(account, person)) as Payload & { uri: string };
  const { recoveryCodes, codeAt } = await enrol(account, person);
  const challenge = await challengeOf(person.email);
  expect(codeAt(account.now())).toMatch(/^[0-9]{6}$/);
  const tables = ['authenticator_app', 'recovery_code', 'mfa_challenge', 'event_outbox', 'outbox'];
  const stored = await Promise.all(
    tables.map((table) =>
      account.query(
        `SELECT convert_from(decode(encode(t::text::bytea, 'hex'), 'hex'), 'utf8') AS row FROM ${table} t`,
      ),
    ),
  );
  const text = JSON.stringify(stored);
  const secret = new URL(uri).searchParams.get('secret')!;
  for (const clear of [
    secret,
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    challenge,
  ])
    for (const form of [clear, Buffer.from(clear).toString('hex')]) expect(text).not.toContain(form);
  expect(text).toContain('v1.');
});

test('a code works once, and no code before a used one', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  centerStep();
  const code = codeAt(account.now());
  const challenges = [await challengeOf(person.email), await challengeOf(person.email)];
  expect(userErrorsOf(await verifyMfa(account, challenges[0], code))).toEqual([]);
  expect(userErrorsOf(await verifyMfa(account, challenges[1], code))).toEqual(['MFA_INVALID code']);
  expect(userErrorsOf(await elevate(account, code, person))).toEqual(['MFA_INVALID code']);
  expect(userErrorsOf(await elevate(account, codeAt(later(-stepMs)), person))).toEqual(['MFA_INVALID code']);
  expect(userErrorsOf(await elevate(account, codeAt(later(stepMs)), person))).toEqual([]);
});

test('ten concurrent uses of a code at two processes give one session', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  centerStep();
  const challenges = await Promise.all(Array.from({ length: 10 }, () => challengeOf(person.email)));
  await account.warmPool();
  const other = await account.another();
  try {
    const code = codeAt(account.now());
    const payloads = await Promise.all(
      challenges.map((challenge, index) =>
        // Networks of their own: no lock of the throttle's network orders them.
        verifyMfa(index % 2 === 0 ? account : other, challenge, code, { address: `198.51.100.${index}` }),
      ),
    );
    expect(payloads.map((payload) => userErrorsOf(payload)[0] ?? 'signed in').sort()).toEqual([
      ...Array<string>(9).fill('MFA_INVALID code'),
      'signed in',
    ]);
  } finally {
    await other.stop();
  }
});

test('ten concurrent uses of a challenge with different recovery codes give one session', async () => {
  const person = await account.register();
  const { recoveryCodes } = await enrol(account, person);
  const challenge = await challengeOf(person.email);
  await account.warmPool();
  const payloads = await Promise.all(
    recoveryCodes.map((code, index) =>
      verifyMfa(account, challenge, code, { address: `203.0.113.${index}` }),
    ),
  );
  expect(payloads.map((payload) => userErrorsOf(payload)[0] ?? 'signed in').sort()).toEqual([
    ...Array<string>(9).fill('TOKEN_EXPIRED challenge'),
    'signed in',
  ]);
  // Those of the refused ones were not used up.
  expect(await account.query('SELECT 1 FROM recovery_code WHERE user_id = $1', [person.userId])).toHaveLength(
    9,
  );
});

test('accepts one step of drift each way, and not two', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  centerStep();
  expect(userErrorsOf(await elevate(account, codeAt(later(-2 * stepMs)), person))).toEqual([
    'MFA_INVALID code',
  ]);
  expect(userErrorsOf(await elevate(account, codeAt(later(-stepMs)), person))).toEqual([]);
  expect(userErrorsOf(await elevate(account, codeAt(later(2 * stepMs)), person))).toEqual([
    'MFA_INVALID code',
  ]);
  expect(userErrorsOf(await elevate(account, codeAt(later(stepMs)), person))).toEqual([]);
});

test('a recovery code works once, in any spelling, and its user is warned', async () => {
  const person = await account.register();
  const { recoveryCodes } = await enrol(account, person);
  const [first = '', second = ''] = recoveryCodes;
  const challenge = await challengeOf(person.email);
  const spelled = first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
  expect(userErrorsOf(await verifyMfa(account, challenge, spelled))).toEqual([]);
  expect(userErrorsOf(await verifyMfa(account, await challengeOf(person.email), first))).toEqual([
    'MFA_INVALID code',
  ]);
  expect(userErrorsOf(await elevate(account, second, person))).toEqual([]);
  const stranger = await account.register();
  const others = await enrol(account, stranger);
  expect(userErrorsOf(await elevate(account, others.recoveryCodes[0]!, person))).toEqual([
    'MFA_INVALID code',
  ]);
});

test('a challenge is for one login within five minutes', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  const challenge = await challengeOf(person.email);
  expect(userErrorsOf(await verifyMfa(account, `${challenge}x`, '000000'))).toEqual([
    'TOKEN_EXPIRED challenge',
  ]);
  account.advanceClock(5 * minuteMs);
  expect(userErrorsOf(await verifyMfa(account, challenge, codeAt(account.now())))).toEqual([
    'TOKEN_EXPIRED challenge',
  ]);
  const used = await challengeOf(person.email);
  expect(userErrorsOf(await verifyMfa(account, used, codeAt(account.now())))).toEqual([]);
  account.advanceClock(2 * stepMs);
  expect(userErrorsOf(await verifyMfa(account, used, codeAt(account.now())))).toEqual([
    'TOKEN_EXPIRED challenge',
  ]);
  await Promise.all(Array.from({ length: 21 }, () => challengeOf(person.email)));
  const stored = () => account.query('SELECT 1 FROM mfa_challenge WHERE user_id = $1', [person.userId]);
  expect(await stored()).toHaveLength(20);
  account.advanceClock(5 * minuteMs);
  await purgeMfaChallenges(account.subgraph.dependencies.source.manager, account.now());
  expect(await stored()).toHaveLength(0);
});

test('wrong codes count as failed logins of the account and the network', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  const from = (address: string): Caller => ({ ...person, address });
  const challenge = await challengeOf(person.email, { address: '192.0.2.7' });
  for (let failure = 0; failure < 4; failure += 1)
    expect(userErrorsOf(await verifyMfa(account, challenge, '000000', { address: '192.0.2.7' }))).toEqual([
      'MFA_INVALID code',
    ]);
  for (let failure = 0; failure < 3; failure += 1)
    expect(userErrorsOf(await elevate(account, '000000', from('192.0.2.7')))).toEqual(['MFA_INVALID code']);
  for (let failure = 0; failure < 3; failure += 1)
    expect(userErrorsOf(await disableMfa(account, '000000', from('192.0.2.7')))).toEqual([
      'MFA_INVALID code',
    ]);
  const good = codeAt(account.now());
  for (const refused of [
    await verifyMfa(account, challenge, good, { address: '192.0.2.7' }),
    await elevate(account, good, from('192.0.2.7')),
    await disableMfa(account, good, from('192.0.2.7')),
    await account.logIn(person.email, goodPassword, { address: '192.0.2.7' }),
  ]) {
    expect(userErrorsOf(refused)).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(refused.userErrors[0]?.retryAt).toBeDefined();
  }
  expect(userErrorsOf(await verifyMfa(account, challenge, good, { address: '192.0.2.8' }))).toEqual([]);
});

test('parallel guesses get no more attempts than sequential ones', async () => {
  const person = await account.register();
  await enrol(account, person);
  const challenge = await challengeOf(person.email, { address: '192.0.2.9' });
  await account.warmPool();
  const payloads = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      verifyMfa(account, challenge, String(index).padStart(6, '0'), { address: '192.0.2.9' }),
    ),
  );
  const codes = payloads.map((payload) => userErrorsOf(payload)[0]);
  expect(codes.filter((code) => code === 'MFA_INVALID code').length).toBeLessThanOrEqual(10);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS').length).toBeGreaterThanOrEqual(10);
});

test('a suspended user gets no session from a challenge', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  const challenge = await challengeOf(person.email);
  await account.query("UPDATE user_account SET status = 'SUSPENDED' WHERE id = $1", [person.userId]);
  expect(userErrorsOf(await verifyMfa(account, challenge, codeAt(account.now())))).toEqual([
    'ACCOUNT_SUSPENDED',
  ]);
});

test('an enrolment counts after its first code, within an hour, and only once', async () => {
  const person = await account.register();
  expect(userErrorsOf(await confirmEnrolment(account, '000000', person))).toEqual(['CONFLICT']);
  const first = (await beginEnrolment(account, person)) as Payload & { uri: string };
  const second = (await beginEnrolment(account, person)) as Payload & { uri: string; qrCode: string };
  expect(second.uri).toContain(encodeURIComponent(person.email));
  expect(second.qrCode).toMatch(/^data:image\/svg\+xml;base64,/);
  centerStep();
  const now = account.now();
  expect(userErrorsOf(await confirmEnrolment(account, codesOf(first.uri)(now), person))).toEqual([
    'MFA_INVALID code',
  ]);
  expect(await hasMfa(person)).toBe(false);
  expect((await account.logIn(person.email, goodPassword))['mfaChallenge']).toBeNull();
  expect(userErrorsOf(await elevate(account, codesOf(second.uri)(now), person))).toEqual([
    'MFA_INVALID code',
  ]);
  account.advanceClock(60 * minuteMs);
  expect(userErrorsOf(await confirmEnrolment(account, codesOf(second.uri)(account.now()), person))).toEqual([
    'CONFLICT',
  ]);
  await purgePendingEnrolments(account.subgraph.dependencies.source.manager, account.now());
  expect(await account.query('SELECT 1 FROM authenticator_app WHERE user_id = $1', [person.userId])).toEqual(
    [],
  );
  await enrol(account, person);
  expect(userErrorsOf(await beginEnrolment(account, person))).toEqual(['CONFLICT']);
});

test('disableMfa removes app and recovery codes', async () => {
  const person = await account.register();
  const { codeAt, recoveryCodes } = await enrol(account, person);
  expect(userErrorsOf(await disableMfa(account, '000000', person))).toEqual(['MFA_INVALID code']);
  expect(userErrorsOf(await disableMfa(account, codeAt(account.now()), person))).toEqual([]);
  expect(await hasMfa(person)).toBe(false);
  expect((await account.logIn(person.email, goodPassword))['accessToken']).not.toBeNull();
  expect(userErrorsOf(await elevate(account, recoveryCodes[0]!, person))).toEqual(['MFA_INVALID code']);
  expect(userErrorsOf(await disableMfa(account, codeAt(account.now()), person))).toEqual([
    'MFA_INVALID code',
  ]);
});

test('setUserRoles asks administrators who have enrolled a factor for a fresh one', async () => {
  const admin = await account.admin();
  const person = await account.register();
  const setRoles = (caller: Caller): Promise<Payload> =>
    account.mutate(
      'mutation ($userId: ID!) { setUserRoles(userId: $userId, roles: [USER]) { userErrors { code field } } }',
      { userId: person.id },
      caller,
    );
  expect(userErrorsOf(await setRoles(admin))).toEqual([]);
  const { codeAt } = await enrol(account, admin);
  expect(userErrorsOf(await setRoles(admin))).toEqual(['MFA_REQUIRED']);
  const elevated = await elevate(account, codeAt(account.now()), admin);
  expect(elevated).toMatchObject({ userErrors: [], refreshToken: null, user: { id: admin.id } });
  const fresh = { accessToken: elevated['accessToken'] as string };
  expect(userErrorsOf(await setRoles(fresh))).toEqual([]);
  // The first token stays as it is.
  expect(userErrorsOf(await setRoles(admin))).toEqual(['MFA_REQUIRED']);
  account.advanceClock(10 * minuteMs - 5_000);
  expect(userErrorsOf(await setRoles(fresh))).toEqual([]);
  account.advanceClock(10_000);
  expect(userErrorsOf(await setRoles(fresh))).toEqual(['MFA_REQUIRED']);
  await disableMfa(account, codeAt(account.now()), admin);
});

test('secrets of a replaced key are sealed anew, and go on working', async () => {
  const person = await account.register();
  const { codeAt } = await enrol(account, person);
  const { source, sender } = account.subgraph.dependencies;
  const log = createLog('test', 'silent');
  const next = 'the key that replaces it in these tests';
  const rotated = new TextSeal(next, mfaEncryptionKey);
  const database = new Database(source, sender.send, log);
  await account.query(
    `INSERT INTO authenticator_app (user_id, sealed_secret, created_at) VALUES ($1, 'v1.00000000.lost', now())`,
    [(await account.register()).userId],
  );
  try {
    await resealSecrets(database, rotated, log);
    const other = await account.another({ mfaEncryptionKeys: [next] });
    try {
      expect(userErrorsOf(await elevate(other, codeAt(account.now()), person))).toEqual([]);
    } finally {
      await other.stop();
    }
  } finally {
    await resealSecrets(database, new TextSeal(mfaEncryptionKey, next), log);
  }
});

test('an unreadable secret does not keep a recovery code from working', async () => {
  const person = await account.register();
  const { recoveryCodes } = await enrol(account, person);
  await account.query("UPDATE authenticator_app SET sealed_secret = 'v1.00000000.lost' WHERE user_id = $1", [
    person.userId,
  ]);
  expect(userErrorsOf(await elevate(account, recoveryCodes[0]!, person))).toEqual([]);
});
