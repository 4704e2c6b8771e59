import type { EntityManager } from 'typeorm';
import { findType } from './catalogue.js';
import { channelsFor } from './recipient.js';
import type { Subscription } from './unsubscribe-link.js';

/** Switches off the e-mails of one type. Idempotent; mandatory and unknown types stay as they are. */
export async function unsubscribeFromEmail(
  manager: EntityManager,
  { userId, type: name }: Subscription,
): Promise<void> {
  const type = findType(name);
  if (!type?.isOptional) return;
  const remaining = channelsFor(type, null).filter((channel) => channel !== 'EMAIL');
  await manager.query(
    `INSERT INTO notification_preference AS p (user_id, type, channels) VALUES ($1, $2, $3)
     ON CONFLICT (user_id, type) DO UPDATE SET channels = array_remove(p.channels, 'EMAIL')`,
    [userId, name, remaining],
  );
}
