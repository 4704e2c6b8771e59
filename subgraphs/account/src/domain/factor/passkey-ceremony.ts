import { createSecretToken, hashSecretToken } from '@souk/shared/auth/secret-token';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';

/**
 * Purposes of a ceremony. LOGIN: the passkey alone signs in. SECOND_FACTOR: it completes a login with a password.
 * ELEVATION: it gives a fresh factor to a session.
 */
export type CeremonyKind = 'REGISTRATION' | 'LOGIN' | 'SECOND_FACTOR' | 'ELEVATION';

/** A started ceremony. */
export interface Ceremony {
  kind: CeremonyKind;
  /** Null for LOGIN: the passkey names the user. */
  userId: string | null;
  /** The bytes that the passkey signs, in base64url. */
  challenge: string;
  /** The waiting login of SECOND_FACTOR, as the hash of its token. */
  mfaChallengeHash: Buffer | null;
}

/** A ceremony as the client gets it. */
export interface StartedCeremony {
  /** Opaque; finishes the ceremony once. */
  ceremony: string;
  /** The options for navigator.credentials in the JSON format of WebAuthn. */
  options: object;
}

/** How long a user has to use the authenticator. */
export const ceremonyMs = 5 * 60_000;
/** Ceremonies stored per user. A further one replaces the oldest. */
const maxCeremonies = 20;

/** Stores a ceremony. Returns its token. */
export async function startCeremony(manager: EntityManager, ceremony: Ceremony, now: Date): Promise<string> {
  const { kind, userId, challenge, mfaChallengeHash } = ceremony;
  const token = createSecretToken();
  await manager.query(
    `INSERT INTO passkey_ceremony (token_hash, kind, user_id, challenge, mfa_challenge_hash, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [hashSecretToken(token), kind, userId, challenge, mfaChallengeHash, new Date(now.getTime() + ceremonyMs)],
  );
  await manager.query(
    `DELETE FROM passkey_ceremony WHERE token_hash IN (
       SELECT token_hash FROM passkey_ceremony WHERE user_id = $1 ORDER BY expires_at DESC OFFSET $2)`,
    [userId, maxCeremonies],
  );
  return token;
}

/**
 * Uses a ceremony up, whether or not the passkey's response is correct. The caller commits before it verifies.
 * @param userId the caller; null where the passkey names the user
 * @throws Rejection TOKEN_EXPIRED, also for a ceremony that is unknown, was used, or has another purpose or user
 */
export async function consumeCeremony(
  manager: EntityManager,
  token: string,
  { kinds, userId }: { kinds: readonly CeremonyKind[]; userId: string | null },
  now: Date,
): Promise<Ceremony> {
  const [found]: [Ceremony[], number] = await manager.query(
    `DELETE FROM passkey_ceremony WHERE token_hash = $1 AND expires_at > $2 AND kind = ANY($3)
       AND ($4::uuid IS NULL OR user_id = $4)
     RETURNING kind, user_id AS "userId", challenge, mfa_challenge_hash AS "mfaChallengeHash"`,
    [hashSecretToken(token), now, kinds, userId],
  );
  const [ceremony] = found;
  if (ceremony) return ceremony;
  throw new Rejection('TOKEN_EXPIRED', 'The ceremony is unknown, was used or has expired. Begin again.', {
    field: ['ceremony'],
  });
}

/** Deletes ceremonies that have expired. */
export async function purgeCeremonies(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM passkey_ceremony WHERE token_hash IN (
       SELECT token_hash FROM passkey_ceremony WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
       FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}
