import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { madeAt } from '@souk/shared/ids';

/** Maximum delay of account's event about a new user. An older user who is still unknown does not exist. */
const messageDelayMs = 60_000;
const waitMs = 3_000;
const pollMs = 50;

/** Adds users from account's event. Idempotent. */
export async function addUsers(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await manager.query(
    'INSERT INTO known_user (user_id) SELECT DISTINCT unnest($1::uuid[]) AS id ORDER BY id ON CONFLICT DO NOTHING',
    [userIds],
  );
}

/**
 * Whether a user exists. Account's event arrives over the queue, so a new user may not be known yet: for an id created
 * within the last minute (the time of a UUIDv7) the function polls for three seconds. It holds no connection meanwhile.
 * @param reader outside a transaction, so that later commits are visible
 */
export async function hasUser(reader: EntityManager, userId: string, now: Date): Promise<boolean> {
  const createdAt = madeAt(userId);
  const isFresh = createdAt !== null && Math.abs(now.getTime() - createdAt.getTime()) < messageDelayMs;
  const tries = isFresh ? waitMs / pollMs : 0;
  for (let left = tries; ; left -= 1) {
    if (await isKnown(reader, userId)) return true;
    if (left <= 0) return false;
    await sleep(pollMs);
  }
}

async function isKnown(reader: EntityManager, userId: string): Promise<boolean> {
  const rows: unknown[] = await reader.query('SELECT 1 FROM known_user WHERE user_id = $1', [userId]);
  return rows.length > 0;
}
