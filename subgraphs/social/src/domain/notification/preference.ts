import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { TypeName } from './catalogue.js';
import { catalogue, findType, notificationTypes } from './catalogue.js';
import type { Channel } from './notification-type.js';
import { channels as allChannels } from './notification-type.js';
import { channelsFor } from './recipient.js';
import type { Subscription } from './unsubscribe-link.js';

/** The channels that a user has for a type. */
export interface Preference {
  type: TypeName;
  channels: Channel[];
}

/** The preferences of a user for all types: chosen ones, or the defaults. */
export async function findPreferences(manager: EntityManager, userId: string): Promise<Preference[]> {
  const rows: { type: string; channels: string[] }[] = await manager.query(
    'SELECT type, channels FROM notification_preference WHERE user_id = $1',
    [userId],
  );
  const chosen = new Map(rows.map((row) => [row.type, row.channels]));
  return notificationTypes.map((type) => ({
    type: type.name as TypeName,
    channels: channelsFor(type, chosen.get(type.name) ?? null),
  }));
}

/**
 * Sets the channels of a type for a user.
 * @throws Rejection INVALID for an unknown type, for one that cannot be switched off, and for a further channel of one with a
 * token
 */
export async function setPreference(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  { type: name, channels }: { type: string; channels: readonly Channel[] },
): Promise<void> {
  const type = findType(name);
  if (!type) throw new Rejection('INVALID', 'This type of notification is not sent.', { field: ['type'] });
  const wanted = allChannels.filter((channel) => channels.includes(channel));
  const missing = type.channels.filter((channel) => !wanted.includes(channel));
  if (!type.isOptional && missing.length > 0) {
    const message = `Messages about the security of an account cannot be switched off: ${missing.join(', ')}.`;
    throw new Rejection('INVALID', message, { field: ['channels'] });
  }
  if (type.secret !== null && wanted.some((channel) => !type.channels.includes(channel))) {
    const message = `This type of notification has a token and goes by ${type.channels.join(', ')} alone.`;
    throw new Rejection('INVALID', message, { field: ['channels'] });
  }
  const changed: unknown[] = await manager.query(
    `INSERT INTO notification_preference AS p (user_id, type, channels) VALUES ($1, $2, $3)
     ON CONFLICT (user_id, type) DO UPDATE SET channels = excluded.channels WHERE p.channels <> excluded.channels
     RETURNING 1`,
    [userId, name, wanted],
  );
  if (changed.length > 0) publish(outbox, userId, name, wanted);
}

/** Switches off the e-mails of one type. Idempotent; mandatory and unknown types stay as they are. */
export async function unsubscribeFromEmail(
  manager: EntityManager,
  outbox: Outbox,
  { userId, type: name }: Subscription,
): Promise<void> {
  if (!(name in catalogue)) return;
  const preference = (await findPreferences(manager, userId)).find(({ type }) => type === name);
  if (!findType(name)?.isOptional || !preference?.channels.includes('EMAIL')) return;
  const channels = preference.channels.filter((channel) => channel !== 'EMAIL');
  await setPreference(manager, outbox, userId, { type: name, channels });
}

function publish(outbox: Outbox, userId: string, type: string, channels: Channel[]): void {
  outbox.publish(socialEvents.notificationPreferenceChanged, userId, { userId, type, channels });
}
