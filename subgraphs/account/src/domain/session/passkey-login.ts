import type { Identity } from '@souk/shared/auth/identity';
import { hashSecretToken } from '@souk/shared/auth/secret-token';
import { accountEvents } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { UserEntity } from '../../entities/user.js';
import { consumeMfaChallenge, findWaitingLogin } from '../factor/mfa-challenge.js';
import type { Ceremony, CeremonyKind, StartedCeremony } from '../factor/passkey-ceremony.js';
import { consumeCeremony, startCeremony } from '../factor/passkey-ceremony.js';
import { advanceCounter, findPasskey, listPasskeys } from '../factor/passkey.js';
import type { RelyingParty } from '../factor/webauthn.js';
import { assertionOptions, invalidPasskey, readAssertion, verifyAssertion } from '../factor/webauthn.js';
import { lockUser } from '../locks.js';
import type { Transaction } from '../transaction.js';
import type { IssueAccessToken } from './access-token.js';
import type { ElevatedToken } from './mfa-verification.js';
import type { Device, SessionTokens } from './session.js';
import { startSession } from './session.js';

/** The response of a passkey in a ceremony, and the site that it is for. */
export interface PasskeyResponse {
  site: RelyingParty;
  ceremony: string;
  /** In the JSON format of WebAuthn. */
  response: unknown;
}

/**
 * Starts a login with a passkey: alone, or as second factor of a login that waits for one.
 * @throws Rejection TOKEN_EXPIRED (the challenge), CONFLICT (this user has no passkey)
 */
export async function beginPasskeyLogin(
  { manager, now }: Transaction,
  site: RelyingParty,
  mfaChallenge: string | null,
): Promise<StartedCeremony> {
  if (mfaChallenge === null) {
    const options = await assertionOptions(site, null);
    const { challenge } = options;
    const alone = { kind: 'LOGIN', userId: null, challenge, mfaChallengeHash: null } as const;
    return { ceremony: await startCeremony(manager, alone, now), options };
  }
  const { userId } = await findWaitingLogin(manager, mfaChallenge, now, 'mfaChallenge');
  const mfaChallengeHash = hashSecretToken(mfaChallenge);
  return startFor(manager, site, { kind: 'SECOND_FACTOR', userId, mfaChallengeHash }, now);
}

/** Starts giving a fresh factor by a passkey of the caller. @throws Rejection CONFLICT (the caller has none) */
export async function beginPasskeyElevation(
  { manager, now }: Transaction,
  { userId }: Identity,
  site: RelyingParty,
): Promise<StartedCeremony> {
  return startFor(manager, site, { kind: 'ELEVATION', userId, mfaChallengeHash: null }, now);
}

/**
 * Signs in the user of a passkey. A passkey that signs in alone has verified its user, so it counts as both factors.
 * @throws Rejection TOKEN_EXPIRED, PASSKEY_INVALID, ACCOUNT_SUSPENDED
 */
export async function finishPasskeyLogin(
  database: Database,
  response: PasskeyResponse,
  device: Device,
  issueToken: IssueAccessToken,
  now: Date,
): Promise<SessionTokens> {
  const expected = { kinds: ['LOGIN', 'SECOND_FACTOR'], userId: null } as const;
  return withPasskey(database, response, expected, now, async (transaction, user, ceremony) => {
    const { mfaChallengeHash } = ceremony;
    if (mfaChallengeHash) await consumeMfaChallenge(transaction.manager, mfaChallengeHash, now);
    return startSession(transaction, user, device, issueToken, now);
  });
}

/**
 * Issues an access token of the caller's session with a fresh second factor.
 * @throws Rejection TOKEN_EXPIRED, PASSKEY_INVALID, ACCOUNT_SUSPENDED
 */
export async function elevateByPasskey(
  database: Database,
  { userId, sessionId }: Identity,
  response: PasskeyResponse,
  issueToken: IssueAccessToken,
  now: Date,
): Promise<ElevatedToken> {
  const expected = { kinds: ['ELEVATION'], userId } as const;
  return withPasskey(database, response, expected, now, ({ outbox }, user) => {
    outbox.publish(accountEvents.sessionElevated, userId, { userId, sessionId });
    return Promise.resolve({ ...issueToken(user, sessionId, now, now), user });
  });
}

/** Verifies the response to a ceremony outside of transactions, then runs `then` with the lock on the user. */
async function withPasskey<Result>(
  database: Database,
  { site, ceremony: token, response }: PasskeyResponse,
  expected: { kinds: readonly CeremonyKind[]; userId: string | null },
  now: Date,
  then: (transaction: Transaction, user: UserEntity, ceremony: Ceremony) => Promise<Result>,
): Promise<Result> {
  const ceremony = await database.transact((manager) => consumeCeremony(manager, token, expected, now));
  const assertion = readAssertion(response);
  const passkey = await findPasskey(database.reader, assertion.id);
  if (!passkey || (ceremony.userId ?? passkey.userId) !== passkey.userId) throw invalidPasskey();
  const requireUserVerification = ceremony.kind === 'LOGIN';
  const used = await verifyAssertion(site, ceremony.challenge, assertion, passkey, {
    requireUserVerification,
  });
  return database.transact(async (manager, outbox) => {
    const user = await lockUser(manager, passkey.userId);
    if (user?.status !== 'ACTIVE') throw new Rejection('ACCOUNT_SUSPENDED', 'This account is suspended.');
    if (!(await advanceCounter(manager, passkey, used, now))) throw invalidPasskey();
    outbox.actAs(user.id);
    return then({ manager, outbox, now }, user, ceremony);
  });
}

async function startFor(
  manager: Transaction['manager'],
  site: RelyingParty,
  ceremony: Omit<Ceremony, 'challenge' | 'userId'> & { userId: string },
  now: Date,
): Promise<StartedCeremony> {
  const known = await listPasskeys(manager, ceremony.userId);
  if (known.length === 0) throw new Rejection('CONFLICT', 'This account has no passkey.');
  const options = await assertionOptions(site, known);
  const { challenge } = options;
  return { ceremony: await startCeremony(manager, { ...ceremony, challenge }, now), options };
}
