import { hashSecretToken } from '@souk/shared/auth/secret-token';
import { randomCode } from '@souk/shared/random-code';
import type { EntityManager } from 'typeorm';

/** Number of recovery codes of a user. */
const codes = 10;
/** Characters of a code: 80 random bits, so that SHA-256 suffices to store it. */
const codeLength = 16;
const groupLength = 4;

/** Replaces a user's recovery codes. Returns the new ones: ABCD-EFGH-JKMN-PQRS. The caller holds the lock on the user. */
export async function replaceRecoveryCodes(manager: EntityManager, userId: string): Promise<string[]> {
  await deleteRecoveryCodes(manager, userId);
  const created = Array.from({ length: codes }, () => randomCode(codeLength));
  await manager.query('INSERT INTO recovery_code (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    userId,
    created.map((code) => hashCode(userId, code)),
  ]);
  return created.map((code) => (code.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-'));
}

/** Uses a recovery code up. Returns whether it was one of the user's. */
export async function useRecoveryCode(
  manager: EntityManager,
  userId: string,
  text: string,
): Promise<boolean> {
  const code = normalize(text);
  if (code.length !== codeLength) return false;
  const [, deleted]: [unknown[], number] = await manager.query(
    'DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2',
    [userId, hashCode(userId, code)],
  );
  return deleted === 1;
}

/** Deletes a user's recovery codes. */
export async function deleteRecoveryCodes(manager: EntityManager, userId: string): Promise<void> {
  await manager.query('DELETE FROM recovery_code WHERE user_id = $1', [userId]);
}

/** As people type codes: in any case, with or without hyphens, with the letters that Crockford's base 32 lacks. */
function normalize(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

function hashCode(userId: string, code: string): Buffer {
  return hashSecretToken(`${userId} ${code}`);
}
