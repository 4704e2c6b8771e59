import type { Identity } from '@souk/shared/auth/identity';
import type { TextSeal } from '@souk/shared/auth/text-seal';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { UserEntity } from '../../entities/user.js';
import { lockCaller } from '../identity/user.js';
import { alertUser } from '../security-alert.js';
import { assertNotThrottled, throttleCheck } from './login-throttle.js';
import type { RequestOrigin } from '../request-origin.js';
import type { Transaction } from '../transaction.js';
import { withCode } from './mfa-verification.js';
import { deleteRecoveryCodes, replaceRecoveryCodes } from '../factor/recovery-code.js';
import type { FactorCode } from '../factor/second-factor.js';
import { listMfaMethods, secretContext } from '../factor/second-factor.js';
import { requireFreshFactor } from '../factor/fresh-factor.js';
import { createQrCode, createTotpSecret, findTotpStep, totpUri } from '../factor/totp.js';

/** Time to confirm an enrolment. */
const pendingMs = 60 * 60_000;

/** The secret of an authenticator app, as its user sees it once. */
export interface MfaEnrolment {
  /** An otpauth URI. */
  uri: string;
  /** The URI as an image in a data URL. */
  qrCode: string;
}

/**
 * Creates the secret of the caller's authenticator app. A repeat replaces it. The app counts from `confirmEnrolment` on.
 * @throws Rejection CONFLICT (already enrolled), MFA_REQUIRED (a passkey is the second factor), NOT_FOUND (the account was deleted)
 */
export async function beginEnrolment(
  { manager, now }: Transaction,
  caller: Identity,
  seal: TextSeal,
): Promise<MfaEnrolment> {
  const { userId } = caller;
  const { email } = await lockCaller(manager, userId);
  await assertNotEnrolled(manager, userId);
  await requireFreshFactor(manager, caller, now);
  const secret = createTotpSecret();
  await manager.query(
    `INSERT INTO authenticator_app (user_id, sealed_secret, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, created_at = excluded.created_at`,
    [userId, seal.seal(secret, secretContext(userId)), now],
  );
  const uri = totpUri(secret, email);
  return { uri, qrCode: await createQrCode(uri) };
}

/**
 * Enrols the authenticator app that gives a correct code. Returns new recovery codes. Wrong codes count as failed
 * logins.
 * @throws Rejection MFA_INVALID, CONFLICT (not begun, or longer than an hour ago), TOO_MANY_ATTEMPTS
 */
export async function confirmEnrolment(
  database: Database,
  { userId }: Identity,
  { code, seal, device }: FactorCode,
  { address, now }: RequestOrigin,
): Promise<string[]> {
  const { email } = await database.reader.findOneByOrFail(UserEntity, { id: userId });
  const attempt = { email, address };
  await assertNotThrottled(database.reader, attempt, now);
  const result = await database.transact((manager, outbox) =>
    throttleCheck(manager, attempt, userId, now, async () => {
      await lockCaller(manager, userId);
      const step = findTotpStep(await findPendingSecret(manager, userId, seal, now), code, now);
      if (step === null) return null;
      await manager.query(
        'UPDATE authenticator_app SET confirmed_at = $2, last_step = $3 WHERE user_id = $1',
        [userId, now, step],
      );
      alertUser({ outbox, now }, userId, 'MFA_ENROLLED', { device });
      return replaceRecoveryCodes(manager, userId);
    }),
  );
  if (result instanceof Rejection) throw result;
  return result;
}

/**
 * Removes the caller's authenticator app, and with the last second factor their recovery codes. Wrong codes count as failed logins.
 * @throws Rejection MFA_INVALID (also without an app), TOO_MANY_ATTEMPTS
 */
export async function disableMfa(
  database: Database,
  { userId }: Identity,
  code: FactorCode,
  origin: RequestOrigin,
): Promise<void> {
  const { email } = await database.reader.findOneByOrFail(UserEntity, { id: userId });
  await withCode(database, { userId, email }, code, origin, async (transaction) => {
    if (!(await listMfaMethods(transaction.manager, userId)).includes('AUTHENTICATOR_APP')) throw noApp();
    await transaction.manager.query('DELETE FROM authenticator_app WHERE user_id = $1', [userId]);
    if ((await listMfaMethods(transaction.manager, userId)).length === 0)
      await deleteRecoveryCodes(transaction.manager, userId);
    alertUser(transaction, userId, 'MFA_DISABLED', { device: code.device });
    return {};
  });
}

/** Deletes enrolments that nobody has confirmed within an hour. */
export async function purgePendingEnrolments(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM authenticator_app WHERE user_id IN (
       SELECT user_id FROM authenticator_app WHERE confirmed_at IS NULL AND created_at <= $1
       ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - pendingMs)],
  );
}

async function assertNotEnrolled(manager: EntityManager, userId: string): Promise<void> {
  if ((await listMfaMethods(manager, userId)).includes('AUTHENTICATOR_APP'))
    throw new Rejection('CONFLICT', 'An authenticator app is already enrolled.');
}

function noApp(): Rejection {
  return new Rejection('MFA_INVALID', 'No authenticator app is enrolled.', { field: ['code'] });
}

async function findPendingSecret(
  manager: EntityManager,
  userId: string,
  seal: TextSeal,
  now: Date,
): Promise<string> {
  const [pending]: { sealedSecret: string }[] = await manager.query(
    `SELECT sealed_secret AS "sealedSecret" FROM authenticator_app
     WHERE user_id = $1 AND confirmed_at IS NULL AND created_at > $2`,
    [userId, new Date(now.getTime() - pendingMs)],
  );
  if (!pending)
    throw new Rejection('CONFLICT', 'No enrolment waits for a code. Begin with beginMfaEnrolment.');
  return seal.open(pending.sealedSecret, secretContext(userId));
}
