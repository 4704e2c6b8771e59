import type { TextSeal } from '@souk/shared/auth/text-seal';
import { UnopenableText } from '@souk/shared/auth/text-seal';
import type { Database } from '@souk/shared/db/database';
import type { Log } from '@souk/shared/log';
import type { EntityManager } from 'typeorm';
import { secretContext } from './second-factor.js';

const batchSize = 200;
const maxBatches = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

interface StoredSecret {
  userId: string;
  sealedSecret: string;
}

/**
 * Seals the secrets of authenticator apps anew that a replaced key has sealed, so that the key can be removed. Logs how
 * many it has sealed, and how many no key opens.
 */
export async function resealSecrets(database: Database, seal: TextSeal, log: Log): Promise<void> {
  const counts = { resealed: 0, unopenable: 0 };
  let after = firstId;
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const last = await database.transact(async (manager) => {
      const stale = await lockStaleSecrets(manager, seal, after);
      const opened = stale.flatMap((secret) => resealed(secret, seal));
      await storeSecrets(manager, opened);
      counts.resealed += opened.length;
      counts.unopenable += stale.length - opened.length;
      return stale.at(-1)?.userId;
    });
    if (last === undefined) break;
    after = last;
  }
  if (counts.resealed > 0) log.info(counts, 'secrets of authenticator apps are sealed with the current key');
  if (counts.unopenable > 0)
    log.warn(counts, 'no key of MFA_ENCRYPTION_KEYS opens some secrets of authenticator apps');
}

function lockStaleSecrets(manager: EntityManager, seal: TextSeal, after: string): Promise<StoredSecret[]> {
  return manager.query(
    `SELECT user_id AS "userId", sealed_secret AS "sealedSecret" FROM authenticator_app
     WHERE NOT starts_with(sealed_secret, $1) AND user_id > $2 ORDER BY user_id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [seal.prefix, after, batchSize],
  );
}

/** The secret, sealed with the current key; none if no key opens it. */
function resealed({ userId, sealedSecret }: StoredSecret, seal: TextSeal): StoredSecret[] {
  const context = secretContext(userId);
  try {
    return [{ userId, sealedSecret: seal.seal(seal.open(sealedSecret, context), context) }];
  } catch (error) {
    if (error instanceof UnopenableText) return [];
    throw error;
  }
}

async function storeSecrets(manager: EntityManager, secrets: readonly StoredSecret[]): Promise<void> {
  await manager.query(
    `UPDATE authenticator_app SET sealed_secret = anew.sealed_secret
     FROM unnest($1::uuid[], $2::text[]) AS anew (user_id, sealed_secret)
     WHERE authenticator_app.user_id = anew.user_id`,
    [secrets.map(({ userId }) => userId), secrets.map(({ sealedSecret }) => sealedSecret)],
  );
}
