import type { EntityManager } from 'typeorm';

/** Tables of factors, and of ceremonies and challenges that are under way. */
const tables = ['authenticator_app', 'recovery_code', 'passkey', 'mfa_challenge', 'passkey_ceremony'];

/** Removes the authenticator app, recovery codes and passkeys of a user (UUID). */
export async function removeFactors(manager: EntityManager, userId: string): Promise<void> {
  for (const table of tables) await manager.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
}
