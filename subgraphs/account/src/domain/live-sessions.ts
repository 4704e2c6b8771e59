import type { VerifyToken } from '@souk/shared/auth/access-token';
import { InvalidToken, sessionEnded } from '@souk/shared/auth/access-token';
import { BoundedMap } from '@souk/shared/bounded-map';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { isSessionAlive } from './session.js';

// "Within 5 s" is the promise; the answers of two requests in a row need not differ.
const knownMs = 2_000;
const cacheSize = 10_000;

/**
 * A verifier that also refuses tokens of sessions that have ended, and of users who may not act any more. What it
 * learned holds for two seconds.
 */
export function withLiveSessions(verify: VerifyToken, database: Database, clock: Clock): VerifyToken {
  const aliveUntil = new BoundedMap<string, number>(cacheSize);

  return async (token) => {
    const identity = await verify(token);
    const now = clock.now().getTime();
    if ((aliveUntil.get(identity.sessionId) ?? 0) > now) return identity;
    aliveUntil.delete(identity.sessionId);
    if (!(await isSessionAlive(database.reader, identity))) throw new InvalidToken(sessionEnded);
    aliveUntil.set(identity.sessionId, now + knownMs);
    return identity;
  };
}
