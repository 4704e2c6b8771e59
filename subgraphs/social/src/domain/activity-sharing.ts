import type { EntityManager } from 'typeorm';

/**
 * Sets whether a user's followers are notified about the user's purchases. Off until the user switches it on. The
 * fan-out of a purchase that is still running stops at its next page.
 */
export async function setActivitySharing(
  manager: EntityManager,
  userId: string,
  isShared: boolean,
): Promise<void> {
  await manager.query(
    `INSERT INTO social_profile (user_id, shares_activity) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET shares_activity = excluded.shares_activity`,
    [userId, isShared],
  );
}
