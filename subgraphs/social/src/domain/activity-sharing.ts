import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';

/**
 * Sets whether a user's followers learn of the user's purchases. Off until the user switches it on. Switching it off takes
 * the purchases out of feeds. The fan-out of a purchase that is still running stops at its next page.
 */
export async function setActivitySharing(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  isShared: boolean,
): Promise<void> {
  const changed: unknown[] = await manager.query(
    `INSERT INTO social_profile AS p (user_id, shares_activity) SELECT $1::uuid, $2::boolean
     WHERE $2 OR EXISTS (SELECT FROM social_profile WHERE user_id = $1)
     ON CONFLICT (user_id) DO UPDATE SET shares_activity = excluded.shares_activity
       WHERE p.shares_activity <> excluded.shares_activity
     RETURNING user_id`,
    [userId, isShared],
  );
  if (!isShared)
    await manager.query(`DELETE FROM activity WHERE actor_id = $1 AND type = 'PURCHASED'`, [userId]);
  if (changed.length > 0)
    outbox.publish(socialEvents.activitySharingChanged, userId, { userId, enabled: isShared });
}
