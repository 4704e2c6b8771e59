import type { VerifyToken } from '@souk/shared/auth/access-token';
import { InvalidToken, sessionEnded } from '@souk/shared/auth/access-token';
import { LRUCache } from 'lru-cache';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { isSessionActive } from './session.js';

// Access tokens must stop working within 5 s, so a positive result may be cached for a shorter time.
const cacheTtlMs = 2_000;
const cacheSize = 10_000;

/**
 * Wraps a token verifier: rejects tokens of ended sessions and of suspended or deleted users. Caches positive results
 * for two seconds.
 */
export function withSessionCheck(verify: VerifyToken, database: Database, clock: Clock): VerifyToken {
  const activeUntil = new LRUCache<string, number>({ max: cacheSize });

  return async (token) => {
    const identity = await verify(token);
    const now = clock.now().getTime();
    if ((activeUntil.get(identity.sessionId) ?? 0) > now) return identity;
    activeUntil.delete(identity.sessionId);
    if (!(await isSessionActive(database.reader, identity))) throw new InvalidToken(sessionEnded);
    activeUntil.set(identity.sessionId, now + cacheTtlMs);
    return identity;
  };
}
