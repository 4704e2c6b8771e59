import type { VerifyToken } from '@souk/shared/auth/access-token';
import { InvalidToken, sessionEnded } from '@souk/shared/auth/access-token';
import { BoundedMap } from '@souk/shared/bounded-map';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { isSessionActive } from './session.js';

// "Within 5 s" is the promise; the answers of two requests in a row need not differ.
const cacheTtlMs = 2_000;
const cacheSize = 10_000;

/**
 * A verifier that also refuses tokens of sessions that have ended, and of users who may not act any more. What it
 * learned holds for two seconds.
 */
export function withSessionCheck(verify: VerifyToken, database: Database, clock: Clock): VerifyToken {
  const activeUntil = new BoundedMap<string, number>(cacheSize);

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
