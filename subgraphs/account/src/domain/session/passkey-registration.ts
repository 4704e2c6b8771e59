import type { Identity } from '@souk/shared/auth/identity';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import { PasskeyEntity } from '../../entities/passkey.js';
import { requireFreshFactor } from '../factor/fresh-factor.js';
import type { StartedCeremony } from '../factor/passkey-ceremony.js';
import { consumeCeremony, startCeremony } from '../factor/passkey-ceremony.js';
import { assertRoomForPasskey, insertPasskey, listPasskeys } from '../factor/passkey.js';
import { deleteRecoveryCodes, replaceRecoveryCodes } from '../factor/recovery-code.js';
import { listMfaMethods } from '../factor/second-factor.js';
import type { RelyingParty } from '../factor/webauthn.js';
import type { PasskeyResponse } from './passkey-login.js';
import { registrationOptions, verifyRegistration } from '../factor/webauthn.js';
import { alertUser } from '../security-alert.js';
import { lockCaller } from '../identity/user.js';
import type { Transaction } from '../transaction.js';

/** A registered passkey. */
export interface RegisteredPasskey {
  passkey: PasskeyEntity;
  /** Set with the first second factor of a user. */
  recoveryCodes: string[] | null;
}

/**
 * Starts the registration of a passkey of the caller.
 * @throws Rejection MFA_REQUIRED (a factor is enrolled), INVALID (20 passkeys), NOT_FOUND (the account was deleted)
 */
export async function beginPasskeyRegistration(
  { manager, now }: Transaction,
  caller: Identity,
  site: RelyingParty,
): Promise<StartedCeremony> {
  const owner = await lockCaller(manager, caller.userId);
  await requireFreshFactor(manager, caller, now);
  const known = await listPasskeys(manager, owner.id);
  assertRoomForPasskey(known);
  const options = await registrationOptions(site, owner, known);
  const { challenge } = options;
  const ceremony = await startCeremony(
    manager,
    { kind: 'REGISTRATION', userId: owner.id, challenge, mfaChallengeHash: null },
    now,
  );
  return { ceremony, options };
}

/**
 * Stores the passkey that an authenticator has created. The first second factor of a user comes with recovery codes.
 * @throws Rejection INVALID (name, 20 passkeys), TOKEN_EXPIRED, PASSKEY_INVALID, CONFLICT (already registered)
 */
export async function finishPasskeyRegistration(
  database: Database,
  { userId }: Identity,
  { site, ceremony: token, response, name: text }: PasskeyResponse & { name: string },
  { device, now }: { device: string | null; now: Date },
): Promise<RegisteredPasskey> {
  const input = new InputCheck();
  const name = input.text('name', text);
  input.throwIfAny();
  const { challenge } = await database.transact((manager) =>
    consumeCeremony(manager, token, { kinds: ['REGISTRATION'], userId }, now),
  );
  const created = await verifyRegistration(site, challenge, response);
  return database.transact(async (manager, outbox) => {
    await lockCaller(manager, userId);
    assertRoomForPasskey(await listPasskeys(manager, userId));
    const isFirstFactor = (await listMfaMethods(manager, userId)).length === 0;
    const passkey = await insertPasskey(manager, userId, name, created, now);
    alertUser({ outbox, now }, userId, 'PASSKEY_ADDED', { device, subject: passkey.name });
    return { passkey, recoveryCodes: isFirstFactor ? await replaceRecoveryCodes(manager, userId) : null };
  });
}

/**
 * Removes a passkey of the caller, and with the last second factor their recovery codes.
 * @throws Rejection MFA_REQUIRED, NOT_FOUND
 */
export async function removePasskey(
  transaction: Transaction,
  caller: Identity,
  apiId: string,
  device: string | null,
): Promise<void> {
  const { manager, now } = transaction;
  const { userId } = caller;
  await lockCaller(manager, userId);
  await requireFreshFactor(manager, caller, now);
  const id = fromApiId('passkey', apiId);
  const passkey = id === null ? null : await manager.findOneBy(PasskeyEntity, { id, userId });
  if (!passkey) throw new Rejection('NOT_FOUND', 'Passkey not found.', { field: ['id'] });
  await manager.delete(PasskeyEntity, { id: passkey.id });
  alertUser(transaction, userId, 'PASSKEY_REMOVED', { device, subject: passkey.name });
  if ((await listMfaMethods(manager, userId)).length === 0) await deleteRecoveryCodes(manager, userId);
}
