import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { EntityManager } from 'typeorm';
import { repeatSeconds } from './session.js';

const hourMs = 60 * 60 * 1_000;

/** Deletes the successors of tokens that can no longer be repeated. */
export async function purgeSuccessors(manager: EntityManager): Promise<void> {
  await deleteInBatches(
    manager,
    `UPDATE refresh_token SET successor = NULL WHERE token_hash IN (
       SELECT token_hash FROM refresh_token
       WHERE successor IS NOT NULL AND used_at <= now() - make_interval(secs => $1)
       ORDER BY used_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [repeatSeconds],
  );
}

/**
 * Deletes expired tokens and sessions, and sessions that ended long enough ago with their tokens.
 * @param endedHours at least an hour, which is longer than `endedSessionsWindowMs`: all processes learn of the end
 */
export async function purgeSessions(manager: EntityManager, now: Date, endedHours = 1): Promise<void> {
  const endedBefore = new Date(now.getTime() - endedHours * hourMs);
  // Tokens first, because a refresh locks its token before its session.
  await deleteInBatches(
    manager,
    `DELETE FROM refresh_token WHERE token_hash IN (
       SELECT token_hash FROM refresh_token WHERE expires_at < $1 ORDER BY expires_at LIMIT $2
       FOR UPDATE SKIP LOCKED)`,
    [now],
  );
  await deleteInBatches(
    manager,
    `DELETE FROM refresh_token WHERE token_hash IN (
       SELECT token_hash FROM session JOIN refresh_token ON refresh_token.session_id = session.id
       WHERE session.ended_at IS NOT NULL AND session.ended_at < $1
       LIMIT $2 FOR UPDATE OF refresh_token SKIP LOCKED)`,
    [endedBefore],
  );
  for (const [column, time] of [
    ['expires_at', now],
    ['ended_at', endedBefore],
  ] as const) {
    await deleteInBatches(
      manager,
      `DELETE FROM session WHERE id IN (
         SELECT id FROM session WHERE ${column} IS NOT NULL AND ${column} < $1
           AND NOT EXISTS (SELECT 1 FROM refresh_token WHERE session_id = session.id)
         ORDER BY ${column} LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [time],
    );
  }
}
