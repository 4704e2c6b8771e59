import type { TextSeal } from '@souk/shared/auth/text-seal';
import type { EntityManager } from 'typeorm';
import { alertUser } from '../security-alert.js';
import type { Transaction } from '../transaction.js';
import { useRecoveryCode } from './recovery-code.js';
import { findTotpStep } from './totp.js';

/** The ways in which a user can give a second factor. */
export type MfaMethod = 'AUTHENTICATOR_APP' | 'PASSKEY' | 'RECOVERY_CODE';

/** A code that a user gave as second factor: of an authenticator app, or a recovery code. */
export interface FactorCode {
  code: string;
  /** Opens the secrets of authenticator apps. */
  seal: TextSeal;
  /** The User-Agent header of the request. */
  device: string | null;
}

/** The context in which the secret of a user's authenticator app is sealed. */
export function secretContext(userId: string): string {
  return `authenticator app ${userId}`;
}

/** Lists the ways in which a user can give a second factor; none without an enrolled factor. */
export async function listMfaMethods(manager: EntityManager, userId: string): Promise<MfaMethod[]> {
  const [found]: { app: boolean; passkey: boolean; recovery: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT 1 FROM authenticator_app WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS app,
       EXISTS (SELECT 1 FROM passkey WHERE user_id = $1) AS passkey,
       EXISTS (SELECT 1 FROM recovery_code WHERE user_id = $1) AS recovery`,
    [userId],
  );
  if (!found || !(found.app || found.passkey)) return [];
  return [
    ...(found.app ? (['AUTHENTICATOR_APP'] as const) : []),
    ...(found.passkey ? (['PASSKEY'] as const) : []),
    ...(found.recovery ? (['RECOVERY_CODE'] as const) : []),
  ];
}

/** The users, of those given, who have enrolled a second factor. */
export async function findEnrolledUsers(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<{ userId: string }[]> {
  return manager.query(
    `SELECT user_id AS "userId" FROM authenticator_app WHERE user_id = ANY($1) AND confirmed_at IS NOT NULL
     UNION SELECT user_id FROM passkey WHERE user_id = ANY($1)`,
    [userIds],
  );
}

/**
 * Uses a code up. Returns null for a wrong or used one. The caller holds the lock on the user, so that a second use
 * sees the first.
 */
export async function useCode(
  transaction: Transaction,
  userId: string,
  { code, seal, device }: FactorCode,
): Promise<MfaMethod | null> {
  const { manager, now } = transaction;
  // First, so that it works also where the app's secret cannot be opened.
  if (await useRecoveryCode(manager, userId, code)) {
    alertUser(transaction, userId, 'RECOVERY_CODE_USED', { device });
    return 'RECOVERY_CODE';
  }
  const [app]: { sealedSecret: string }[] = await manager.query(
    `SELECT sealed_secret AS "sealedSecret" FROM authenticator_app
     WHERE user_id = $1 AND confirmed_at IS NOT NULL`,
    [userId],
  );
  if (!app) return null;
  const step = findTotpStep(seal.open(app.sealedSecret, secretContext(userId)), code, now);
  return step !== null && (await useStep(manager, userId, step)) ? 'AUTHENTICATOR_APP' : null;
}

/** Remembers the step of a code. Returns false if this code, or a later one, was used before. */
async function useStep(manager: EntityManager, userId: string, step: number): Promise<boolean> {
  const [, updated]: [unknown[], number] = await manager.query(
    `UPDATE authenticator_app SET last_step = $2
     WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2)`,
    [userId, step],
  );
  return updated === 1;
}
