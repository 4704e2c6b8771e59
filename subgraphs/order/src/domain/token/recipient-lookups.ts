import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';

/** Look-ups of e-mail addresses by one user within an hour: offers must not reveal who has an account. */
const maxLookups = 30;
const hourMs = 3_600_000;

/** Counts a look-up of a user's address by another user. Returns the rejection TOO_MANY_ATTEMPTS after 30 within an hour. */
export async function countLookup(
  manager: EntityManager,
  userId: string,
  now: Date,
): Promise<Rejection | null> {
  const [row]: { since: Date; lookups: number }[] = await manager.query(
    `INSERT INTO recipient_lookup AS r (user_id, since, lookups) VALUES ($1, $2, 1)
     ON CONFLICT (user_id) DO UPDATE
     SET since = CASE WHEN r.since <= $3 THEN excluded.since ELSE r.since END,
       lookups = CASE WHEN r.since <= $3 THEN 1 ELSE r.lookups + 1 END
     RETURNING since, lookups`,
    [userId, now, new Date(now.getTime() - hourMs)],
  );
  if (!row || row.lookups <= maxLookups) return null;
  const retryAt = new Date(row.since.getTime() + hourMs);
  return new Rejection('TOO_MANY_ATTEMPTS', `At most ${maxLookups} tokens can be offered within an hour.`, {
    field: ['toEmail'],
    typename: 'TooManyAttemptsError',
    details: { retryAt: retryAt.toISOString() },
  });
}

/** Deletes counts that no longer matter. */
export async function deleteOldLookups(manager: EntityManager, now: Date): Promise<void> {
  await manager.query('DELETE FROM recipient_lookup WHERE since <= $1', [new Date(now.getTime() - hourMs)]);
}
