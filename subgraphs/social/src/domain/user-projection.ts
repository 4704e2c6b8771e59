import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonItem } from '@souk/shared/contracts/account';
import { deleteLostKeys } from '@souk/shared/db/state-store';
import { madeAt } from '@souk/shared/ids';
import type { KeyRange } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';

/** An older user who is still unknown does not exist. Account's list is at most five seconds late. */
const freshMs = 60_000;
const waitMs = 5_000;
const pollMs = 50;

/** Stores people as account lists them. */
export async function storePeople(
  manager: EntityManager,
  people: readonly PersonItem[],
  covers: KeyRange | undefined,
): Promise<void> {
  const rows = people.map(({ userId, status, contact }) => ({ userId, status, ...contact }));
  await manager.query(
    `INSERT INTO known_user AS k
       (user_id, status, email, is_email_verified, phone, display_name, locale, time_zone)
     SELECT "userId", status, email, "isEmailVerified", phone, "displayName", locale, "timeZone"
     FROM json_to_recordset($1) AS item ("userId" uuid, status text, email text, "isEmailVerified" boolean,
       phone text, "displayName" text, locale text, "timeZone" text)
     ON CONFLICT (user_id) DO UPDATE
       SET status = excluded.status, email = excluded.email, is_email_verified = excluded.is_email_verified,
         phone = excluded.phone, display_name = excluded.display_name, locale = excluded.locale,
         time_zone = excluded.time_zone
       WHERE k IS DISTINCT FROM excluded`,
    [JSON.stringify(rows)],
  );
  const ids = people.map(({ userId }) => userId);
  await deleteLostKeys(manager, { table: 'known_user', key: 'user_id' }, ids, covers);
}

/** A person's data by which they are contacted. */
export type Contact = NonNullable<PersonItem['contact']> & Pick<PersonItem, 'userId' | 'status'>;

/**
 * The contact data of people, at most five seconds late. People whose account is deleted, and those who are not known
 * yet, are left out; suspended ones are not.
 */
export async function findContacts(manager: EntityManager, userIds: readonly string[]): Promise<Contact[]> {
  return manager.query(
    `SELECT user_id AS "userId", status, email, is_email_verified AS "isEmailVerified", phone,
       display_name AS "displayName", locale, time_zone AS "timeZone"
     FROM known_user WHERE user_id = ANY($1::uuid[]) AND email IS NOT NULL`,
    [userIds],
  );
}

/**
 * Whether a user has an account. Account's list may be late, so a new user may not be known yet: for an id created within
 * the last minute (the time of a UUIDv7) the function polls for five seconds. It holds no connection meanwhile.
 * @param reader outside a transaction, so that later commits are visible
 */
export async function hasUser(reader: EntityManager, userId: string, now: Date): Promise<boolean> {
  const createdAt = madeAt(userId);
  const isFresh = createdAt !== null && Math.abs(now.getTime() - createdAt.getTime()) < freshMs;
  const tries = isFresh ? waitMs / pollMs : 0;
  for (let left = tries; ; left -= 1) {
    const status = await findStatus(reader, userId);
    if (status !== null) return status !== 'DELETED';
    if (left <= 0) return false;
    await sleep(pollMs);
  }
}

async function findStatus(reader: EntityManager, userId: string): Promise<string | null> {
  const [row]: { status: string }[] = await reader.query('SELECT status FROM known_user WHERE user_id = $1', [
    userId,
  ]);
  return row?.status ?? null;
}
