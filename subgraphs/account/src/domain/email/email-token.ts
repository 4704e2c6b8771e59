import { createSecretToken, hashSecretToken } from '@souk/shared/auth/secret-token';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { UserEntity } from '../../entities/user.js';

/** The mutation that a token of an e-mail allows, once. */
export type EmailTokenPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD';

/** A token to be sent in an e-mail. The database has its hash only. */
export interface IssuedEmailToken {
  token: string;
  expiresAt: Date;
}

/** A valid token: its user (UUID), and the address that the e-mail with it went to. */
export interface EmailTokenOwner {
  userId: string;
  email: string;
}

const hourMs = 60 * 60 * 1_000;

const lifetimeMs: Readonly<Record<EmailTokenPurpose, number>> = {
  VERIFY_EMAIL: 24 * hourMs,
  RESET_PASSWORD: hourMs,
};

/** Issues a token for a user whom the caller has locked. Tokens of the same purpose stop working. */
export async function issueEmailToken(
  manager: EntityManager,
  { id, email }: Pick<UserEntity, 'id' | 'email'>,
  purpose: EmailTokenPurpose,
  now: Date,
): Promise<IssuedEmailToken> {
  const token = createSecretToken();
  const expiresAt = new Date(now.getTime() + lifetimeMs[purpose]);
  await manager.query(
    `INSERT INTO email_token (token_hash, user_id, purpose, email, expires_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (user_id, purpose) DO UPDATE
       SET token_hash = excluded.token_hash, email = excluded.email, expires_at = excluded.expires_at`,
    [hashSecretToken(token), id, purpose, email, expiresAt],
  );
  return { token, expiresAt };
}

/** Finds the owner of a token that is valid now. Takes no lock: `takeEmailToken` decides. */
export async function findEmailToken(
  manager: EntityManager,
  token: string,
  purpose: EmailTokenPurpose,
  now: Date,
): Promise<EmailTokenOwner | null> {
  const rows: EmailTokenOwner[] = await manager.query(
    `SELECT user_id AS "userId", email FROM email_token
     WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3`,
    [hashSecretToken(token), purpose, now],
  );
  return rows[0] ?? null;
}

/** Uses a token up. The caller has locked its user. Returns whether the token was still valid. */
export async function takeEmailToken(
  manager: EntityManager,
  token: string,
  purpose: EmailTokenPurpose,
  now: Date,
): Promise<boolean> {
  const [, taken]: [unknown[], number] = await manager.query(
    'DELETE FROM email_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3',
    [hashSecretToken(token), purpose, now],
  );
  return taken === 1;
}

/** Revokes a user's tokens, or those of one purpose. The caller has locked the user. */
export async function revokeEmailTokens(
  manager: EntityManager,
  userId: string,
  purpose: EmailTokenPurpose | null = null,
): Promise<void> {
  await manager.query('DELETE FROM email_token WHERE user_id = $1 AND ($2::text IS NULL OR purpose = $2)', [
    userId,
    purpose,
  ]);
}

/** Deletes expired tokens. */
export async function purgeEmailTokens(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM email_token WHERE token_hash IN (
       SELECT token_hash FROM email_token WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
       FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}

/** The rejection of a token that is not valid. */
export function emailTokenExpired(): Rejection {
  return new Rejection(
    'TOKEN_EXPIRED',
    'This token is unknown, has been used, or has expired. Request a new e-mail.',
    { field: ['token'] },
  );
}
