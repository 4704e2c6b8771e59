import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { PasskeyEntity } from '../../entities/passkey.js';
import type { NewPasskey } from './webauthn.js';

/** Maximum of passkeys per user. */
export const maxPasskeys = 20;

/** Lists a user's passkeys, oldest first. */
export function listPasskeys(manager: EntityManager, userId: string): Promise<PasskeyEntity[]> {
  return manager.find(PasskeyEntity, { where: { userId }, order: { id: 'ASC' }, take: maxPasskeys });
}

/** Finds the passkey of a credential's id, in base64url. */
export function findPasskey(manager: EntityManager, credentialId: string): Promise<PasskeyEntity | null> {
  return manager.findOneBy(PasskeyEntity, { credentialId });
}

/** Refuses a passkey beyond the maximum. @throws Rejection INVALID */
export function assertRoomForPasskey(passkeys: readonly unknown[]): void {
  if (passkeys.length >= maxPasskeys)
    throw new Rejection('INVALID', `An account has at most ${maxPasskeys} passkeys. Remove one first.`);
}

/** Stores a passkey. @throws Rejection CONFLICT if an account has it */
export async function insertPasskey(
  manager: EntityManager,
  userId: string,
  name: string,
  passkey: NewPasskey,
  now: Date,
): Promise<PasskeyEntity> {
  const id = newId();
  const inserted: unknown[] = await manager.query(
    `INSERT INTO passkey (id, user_id, credential_id, public_key, sign_count, transports, is_backed_up, name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (credential_id) DO NOTHING RETURNING 1`,
    [
      id,
      userId,
      passkey.credentialId,
      passkey.publicKey,
      passkey.signCount,
      passkey.transports,
      passkey.isBackedUp,
      name,
      now,
    ],
  );
  if (inserted.length === 0)
    throw new Rejection('CONFLICT', 'This passkey is already registered.', { field: ['response'] });
  return manager.findOneByOrFail(PasskeyEntity, { id });
}

/**
 * Stores the counter of a verified signature. Returns false if another request has stored the same or a higher one, or
 * the passkey was removed.
 */
export async function advanceCounter(
  manager: EntityManager,
  { id }: PasskeyEntity,
  { signCount, isBackedUp }: { signCount: number; isBackedUp: boolean },
  now: Date,
): Promise<boolean> {
  const [, updated]: [unknown[], number] = await manager.query(
    `UPDATE passkey SET sign_count = $2, is_backed_up = $3, last_used_at = $4
     WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))`,
    [id, signCount, isBackedUp, now],
  );
  return updated === 1;
}
