import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { madeAt } from '@souk/shared/ids';

/** Account's word on somebody who has just registered is on its way for moments; later it has come, or never will. */
const messageDelayMs = 60_000;
const waitMs = 3_000;
const pollMs = 50;

/** Notes users of whom account tells; again and again is once. */
export async function addUsers(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await manager.query(
    'INSERT INTO known_user (user_id) SELECT DISTINCT unnest($1::uuid[]) AS id ORDER BY id ON CONFLICT DO NOTHING',
    [userIds],
  );
}

/**
 * Whether there is such a user. Account's word comes over the queue, so somebody who has registered a moment ago may
 * not be known yet: for an id that was made within the last minute, as a UUIDv7 tells, that word is awaited for three
 * seconds. No connection is held meanwhile.
 * @param reader no transaction: what commits meanwhile has to be seen
 */
export async function hasUser(reader: EntityManager, userId: string, now: Date): Promise<boolean> {
  const made = madeAt(userId);
  const isFresh = made !== null && Math.abs(now.getTime() - made.getTime()) < messageDelayMs;
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
