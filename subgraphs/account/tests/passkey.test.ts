import jwt from 'jsonwebtoken';
import { purgeCeremonies } from '@souk/account/domain/factor/passkey-ceremony';
import type { AccountUnderTest, Payload } from './support/account.js';
import { goodPassword, relyingParty, startAccount, userErrorsOf } from './support/account.js';
import { beginEnrolment, elevate, enrol, disableMfa, verifyMfa } from './support/authenticator.js';
import {
  addPasskey,
  begin,
  beginLogin,
  beginRegistration,
  elevateByPasskey,
  elevated,
  finishLogin,
  finishRegistration,
  origin,
  removePasskey,
} from './support/passkeys.js';
import type { CeremonyOptions, Deviation } from './support/software-authenticator.js';
import { SoftwareAuthenticator } from './support/software-authenticator.js';

let account: AccountUnderTest;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => account.close());

const errors = 'userErrors { code message field }';
const minuteMs = 60_000;

const mfaAtOf = (payload: Payload): unknown =>
  jwt.decode(payload['accessToken'] as string, { json: true })?.['mfa_at'];

test('a passkey signs in alone, and counts as both factors', async () => {
  const person = await account.register();
  const { authenticator, recoveryCodes } = await addPasskey(account, person);
  expect(recoveryCodes).toHaveLength(10);
  const { ceremony, options } = await beginLogin(account);
  expect(options).toMatchObject({ rpId: relyingParty.id, userVerification: 'required' });
  expect(options['allowCredentials'] ?? []).toEqual([]);
  const payload = await finishLogin(account, ceremony, authenticator.get(options));
  expect(payload).toMatchObject({ userErrors: [], user: { id: person.id } });
  expect(mfaAtOf(payload)).toEqual(expect.any(Number));
  expect(mfaAtOf(await account.refresh(payload['refreshToken'] as string))).toBeUndefined();
  const { data } = await account.run(
    '{ me { mfaEnabled passkeys { name lastUsedAt isBackedUp } } }',
    {},
    person,
  );
  expect(data).toEqual({
    me: {
      mfaEnabled: true,
      passkeys: [{ name: 'Phone', lastUsedAt: expect.any(String) as unknown, isBackedUp: false }],
    },
  });
});

test('a password of an account with passkeys gives a challenge that a passkey or a recovery code completes', async () => {
  const person = await account.register();
  const { authenticator, recoveryCodes } = await addPasskey(account, person);
  const login = await account.logIn(person.email, goodPassword);
  expect(login).toMatchObject({ accessToken: null, user: null, mfaMethods: ['PASSKEY', 'RECOVERY_CODE'] });
  const { ceremony, options } = await beginLogin(account, login['mfaChallenge']);
  expect(options['allowCredentials']).toHaveLength(1);
  // As second factor, a key without PIN will do.
  const response = authenticator.get(options, { userVerified: false });
  const payload = await finishLogin(account, ceremony, response);
  expect(payload).toMatchObject({ userErrors: [], user: { id: person.id } });
  expect(userErrorsOf(await verifyMfa(account, login['mfaChallenge'], recoveryCodes![0]!))).toEqual([
    'TOKEN_EXPIRED challenge',
  ]);
  const again = await account.logIn(person.email, goodPassword);
  expect(userErrorsOf(await verifyMfa(account, again['mfaChallenge'], recoveryCodes![0]!))).toEqual([]);
});

const deviations: [string, Deviation][] = [
  ['another origin', { origin: 'https://evil.example' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['another challenge', { challenge: 'AAAA' }],
];

test.each(deviations)('refuses %s, and uses the ceremony up', async (_name, deviation) => {
  const person = await account.register();
  const stranger = new SoftwareAuthenticator(origin);
  const registration = await beginRegistration(account, person);
  const wrong = stranger.create(registration.options, deviation);
  expect(userErrorsOf(await finishRegistration(account, registration.ceremony, wrong, person))).toEqual([
    'PASSKEY_INVALID response',
  ]);
  const good = stranger.create(registration.options);
  expect(userErrorsOf(await finishRegistration(account, registration.ceremony, good, person))).toEqual([
    'TOKEN_EXPIRED ceremony',
  ]);
  const { authenticator } = await addPasskey(account, person);
  const login = await beginLogin(account);
  expect(
    userErrorsOf(await finishLogin(account, login.ceremony, authenticator.get(login.options, deviation))),
  ).toEqual(['PASSKEY_INVALID response']);
  expect(userErrorsOf(await finishLogin(account, login.ceremony, authenticator.get(login.options)))).toEqual([
    'TOKEN_EXPIRED ceremony',
  ]);
});

test('refuses a login without verification of the user, for another user, or by an unknown passkey', async () => {
  const [person, other] = [await account.register(), await account.register()];
  const { authenticator } = await addPasskey(account, person);
  const { authenticator: others } = await addPasskey(account, other);
  const attempt = async (
    respond: (options: CeremonyOptions) => object,
    challenge?: unknown,
  ): Promise<string[]> => {
    const { ceremony, options } = await beginLogin(account, challenge);
    return userErrorsOf(await finishLogin(account, ceremony, respond(options)));
  };
  const invalid = ['PASSKEY_INVALID response'];
  expect(await attempt((options) => authenticator.get(options, { userVerified: false }))).toEqual(invalid);
  expect(await attempt((options) => authenticator.get(options, { userHandle: 'AAAA' }))).toEqual(invalid);
  expect(await attempt((options) => new SoftwareAuthenticator(origin).get(options))).toEqual(invalid);
  expect(await attempt(() => ({}))).toEqual(invalid);
  expect(await attempt((options) => ({ ...authenticator.get(options), id: 'AAAA' }))).toEqual(invalid);
  const login = await account.logIn(person.email, goodPassword);
  expect(await attempt((options) => others.get(options), login['mfaChallenge'])).toEqual(invalid);
  const elevation = await begin(account, 'beginPasskeyElevation', person);
  expect(
    userErrorsOf(await elevateByPasskey(account, elevation.ceremony, others.get(elevation.options), person)),
  ).toEqual(invalid);
  const own = await begin(account, 'beginPasskeyElevation', person);
  expect(userErrorsOf(await elevateByPasskey(account, own.ceremony, others.get(own.options), other))).toEqual(
    ['TOKEN_EXPIRED ceremony'],
  );
  expect(userErrorsOf(await finishLogin(account, own.ceremony, authenticator.get(own.options)))).toEqual([
    'TOKEN_EXPIRED ceremony',
  ]);
  expect(await attempt((options) => authenticator.get(options))).toEqual([]);
});

test('refuses a counter that goes back, and the same response twice', async () => {
  const person = await account.register();
  const { authenticator } = await addPasskey(account, person);
  const first = await beginLogin(account);
  const response = authenticator.get(first.options, { counter: 7 });
  expect(userErrorsOf(await finishLogin(account, first.ceremony, response))).toEqual([]);
  expect(userErrorsOf(await finishLogin(account, first.ceremony, response))).toEqual([
    'TOKEN_EXPIRED ceremony',
  ]);
  const second = await beginLogin(account);
  expect(userErrorsOf(await finishLogin(account, second.ceremony, response))).toEqual([
    'PASSKEY_INVALID response',
  ]);
  for (const [counter, expected] of [
    [6, ['PASSKEY_INVALID response']],
    [7, ['PASSKEY_INVALID response']],
    [8, []],
  ] as const) {
    const { ceremony, options } = await beginLogin(account);
    expect(
      userErrorsOf(await finishLogin(account, ceremony, authenticator.get(options, { counter }))),
    ).toEqual(expected);
  }
});

test('ten concurrent uses of one response give one session', async () => {
  const person = await account.register();
  const { authenticator } = await addPasskey(account, person);
  const { ceremony, options } = await beginLogin(account);
  const response = authenticator.get(options);
  await account.warmPool();
  const payloads = await Promise.all(
    Array.from({ length: 10 }, () => finishLogin(account, ceremony, response)),
  );
  expect(payloads.map((payload) => userErrorsOf(payload)[0] ?? 'signed in').sort()).toEqual([
    ...Array<string>(9).fill('TOKEN_EXPIRED ceremony'),
    'signed in',
  ]);
});

test('refuses an attestation with a certificate, whose addresses the library might follow', async () => {
  const person = await account.register();
  const { ceremony, options } = await beginRegistration(account, person);
  const response = new SoftwareAuthenticator(origin).create(options, { hasCertificate: true });
  expect(userErrorsOf(await finishRegistration(account, ceremony, response, person))).toEqual([
    'PASSKEY_INVALID response',
  ]);
});

test('a ceremony ends after five minutes, and a user has at most 20', async () => {
  const person = await account.register();
  const { authenticator } = await addPasskey(account, person);
  const { ceremony, options } = await beginLogin(account);
  account.advanceClock(5 * minuteMs);
  expect(userErrorsOf(await finishLogin(account, ceremony, authenticator.get(options)))).toEqual([
    'TOKEN_EXPIRED ceremony',
  ]);
  for (let count = 0; count < 21; count += 1) await begin(account, 'beginPasskeyElevation', person);
  const stored = (): Promise<unknown[]> =>
    account.query('SELECT 1 FROM passkey_ceremony WHERE user_id = $1', [person.userId]);
  expect(await stored()).toHaveLength(20);
  account.advanceClock(5 * minuteMs);
  await purgeCeremonies(account.subgraph.dependencies.source.manager, account.now());
  expect(await stored()).toEqual([]);
});

test('changes of factors need a fresh one of those who have enrolled any', async () => {
  const person = await account.register();
  const { authenticator, passkeyId } = await addPasskey(account, person);
  const refused = await account.mutate(
    `mutation { beginPasskeyRegistration { ceremony options ${errors} } }`,
    {},
    person,
  );
  expect(userErrorsOf(refused)).toEqual(['MFA_REQUIRED']);
  expect(userErrorsOf(await removePasskey(account, passkeyId, person))).toEqual(['MFA_REQUIRED']);
  expect(userErrorsOf(await beginEnrolment(account, person))).toEqual(['MFA_REQUIRED']);
  const fresh = await elevated(account, authenticator, person);
  const second = await addPasskey(account, fresh);
  expect(second.recoveryCodes).toBeNull();
  const { codeAt, recoveryCodes } = await enrol(account, fresh);
  expect(userErrorsOf(await disableMfa(account, codeAt(account.now()), person))).toEqual([]);
  // Passkeys are left, and so are the recovery codes.
  expect(userErrorsOf(await elevate(account, recoveryCodes[0]!, person))).toEqual([]);
  expect(userErrorsOf(await disableMfa(account, recoveryCodes[1]!, person))).toEqual(['MFA_INVALID code']);
  const stranger = await account.register();
  expect(userErrorsOf(await removePasskey(account, passkeyId, stranger))).toEqual(['NOT_FOUND id']);
  expect(userErrorsOf(await removePasskey(account, passkeyId, fresh))).toEqual([]);
  expect(userErrorsOf(await removePasskey(account, second.passkeyId, fresh))).toEqual([]);
  expect(userErrorsOf(await elevate(account, recoveryCodes[2]!, person))).toEqual(['MFA_INVALID code']);
  const { ceremony, options } = await beginLogin(account);
  expect(userErrorsOf(await finishLogin(account, ceremony, authenticator.get(options)))).toEqual([
    'PASSKEY_INVALID response',
  ]);
});

test('a passkey is registered once, and a user has at most 20', async () => {
  const person = await account.register();
  const authenticator = new SoftwareAuthenticator(origin);
  const first = await beginRegistration(account, person);
  const response = authenticator.create(first.options);
  expect(userErrorsOf(await finishRegistration(account, first.ceremony, response, person, ' '))).toEqual([
    'INVALID name',
  ]);
  expect(userErrorsOf(await finishRegistration(account, first.ceremony, response, person))).toEqual([]);
  const other = await account.register();
  const second = await beginRegistration(account, other);
  const copy = authenticator.create(second.options);
  expect(userErrorsOf(await finishRegistration(account, second.ceremony, copy, other))).toEqual([
    'CONFLICT response',
  ]);
  await account.query(
    `INSERT INTO passkey (id, user_id, credential_id, public_key, sign_count, transports, is_backed_up, name, created_at)
     SELECT gen_random_uuid(), $1, 'full' || n, '', 0, '{}', false, 'One', now() FROM generate_series(1, 19) AS n`,
    [person.userId],
  );
  const elevation = await begin(account, 'beginPasskeyElevation', person);
  const signed = await elevateByPasskey(
    account,
    elevation.ceremony,
    authenticator.get(elevation.options, { userHandle: first.options.user?.id ?? '' }),
    person,
  );
  const fresh = { accessToken: signed['accessToken'] as string };
  const full = await account.mutate(
    `mutation { beginPasskeyRegistration { ceremony ${errors} } }`,
    {},
    fresh,
  );
  expect(userErrorsOf(full)).toEqual(['INVALID']);
});

test('a suspended user signs in by no passkey', async () => {
  const person = await account.register();
  const { authenticator } = await addPasskey(account, person);
  const { ceremony, options } = await beginLogin(account);
  await account.query("UPDATE user_account SET status = 'SUSPENDED' WHERE id = $1", [person.userId]);
  expect(userErrorsOf(await finishLogin(account, ceremony, authenticator.get(options)))).toEqual([
    'ACCOUNT_SUSPENDED',
  ]);
});
