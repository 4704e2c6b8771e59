import type { Outbox } from '@souk/shared/db/outbox';
import { publishChange } from '@souk/shared/db/pending-changes';
import { newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { notificationsTopic } from '../topics.js';
import { findType } from './catalogue.js';
import { deliveryMessage } from './delivery.js';
import { deleteOverflow } from './notification.js';
import type { Channel, NotificationContent, NotificationType } from './notification-type.js';
import type { Recipient } from './recipient.js';
import { channelsFor, findRecipients } from './recipient.js';
import type { FindText } from './rendering.js';
import { renderFor } from './rendering.js';
import { loadTexts } from './text-finder.js';

/** A notification to send. */
export interface NewNotification {
  /** UUID of the recipient. */
  userId: string;
  content: NotificationContent;
  /** UUID of the user who caused it, or null. */
  actorId: string | null;
  /** Identifies the event within the type, e.g. an order's UUID: a user gets one notification per key. */
  dedupeKey: string;
}

/** A row of `notification`, and the states of its deliveries. */
interface NewRow {
  id: string;
  user_id: string;
  type: string;
  actor_id: string | null;
  title: string;
  body: string;
  data: object;
  variables: object;
  dedupe_key: string;
  is_listed: boolean;
  deliveries: { channel: Channel; status: 'DELIVERED' | 'QUEUED' | 'SUPPRESSED' }[];
  sealed: string | null;
  sealed_for: string | null;
  expires_at: Date | null;
  address: string | null;
  locale: string | null;
}

/**
 * Creates notifications and their deliveries, on the channels that each recipient has. Skips those whose `dedupeKey` the
 * user has already, those for people whose account is deleted, and those caused by a user whom the recipient has blocked or
 * who has blocked them. Deliveries outside of the app begin after the commit.
 */
export async function notify(
  manager: EntityManager,
  outbox: Outbox,
  notifications: readonly NewNotification[],
  now: Date,
): Promise<void> {
  if (notifications.length === 0) return;
  const typed = notifications.map(({ userId, content: { type } }) => ({ userId, type }));
  const recipients = await findRecipients(manager, typed);
  const rowOf = rowBuilder(
    await loadTexts(
      manager,
      typed.map(({ type }) => type),
    ),
  );
  const rows = notifications.flatMap((notification, index) => {
    const recipient = recipients[index];
    return recipient && !recipient.isDeleted ? [rowOf(notification, recipient)] : [];
  });
  if (rows.length === 0) return;
  const queued: { notification_id: string; channel: Channel }[] = await manager.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS n (
         id uuid, user_id uuid, type text, actor_id uuid, title text, body text, data jsonb, variables jsonb,
         dedupe_key text, is_listed boolean, deliveries jsonb, sealed text, sealed_for text, expires_at timestamptz,
         address text, locale text
       )
       WHERE NOT EXISTS (
         SELECT FROM user_block b
         WHERE (b.blocker_id, b.blocked_id) IN ((n.user_id, n.actor_id), (n.actor_id, n.user_id)))
     ), inserted AS (
       INSERT INTO notification
         (id, user_id, type, actor_id, title, body, data, variables, dedupe_key, is_listed, created_at)
       SELECT id, user_id, type, actor_id, title, body, data, variables, dedupe_key, is_listed, $2 FROM given
       ON CONFLICT DO NOTHING
       RETURNING id
     ), sent AS (
       INSERT INTO delivery
         (notification_id, channel, status, attempts, sent_at, not_before, wake_at, sealed, sealed_for,
          expires_at, address, locale)
       SELECT id, d.channel, d.status, CASE d.status WHEN 'DELIVERED' THEN 1 ELSE 0 END,
         CASE d.status WHEN 'DELIVERED' THEN $2::timestamptz END,
         CASE d.status WHEN 'QUEUED' THEN clock_timestamp() END,
         CASE d.status WHEN 'QUEUED' THEN clock_timestamp() + interval '30 seconds' END,
         sealed, sealed_for, expires_at, address, locale
       FROM inserted JOIN given USING (id)
       CROSS JOIN LATERAL jsonb_to_recordset(deliveries) AS d (channel text, status text)
       RETURNING notification_id, channel, status
     )
     SELECT notification_id, channel FROM sent WHERE status = 'QUEUED'`,
    [JSON.stringify(rows), now],
  );
  // Not stored: a sweep finds deliveries whose message was lost.
  outbox.addWakeUp(
    ...queued.map(({ notification_id: notificationId, channel }) =>
      deliveryMessage({ notificationId, channel }),
    ),
  );
  const userIds = [...new Set(rows.map((row) => row.user_id))];
  await deleteOverflow(manager, userIds);
  publishChange(manager, userIds.map(notificationsTopic));
}

/** Many recipients of one content share its text in each language. */
function rowBuilder(findText: FindText): (notification: NewNotification, recipient: Recipient) => NewRow {
  const texts = new Map<NotificationContent, Map<string, { subject: string; body: string }>>();
  const textFor = (
    type: NotificationType,
    content: NotificationContent,
    recipient: Recipient,
  ): { subject: string; body: string } => {
    const { locale, timeZone, displayName } = recipient;
    const byRecipient = texts.get(content) ?? new Map<string, { subject: string; body: string }>();
    texts.set(content, byRecipient);
    const key = JSON.stringify([locale, timeZone, displayName]);
    let text = byRecipient.get(key);
    if (!text) {
      const data = { ...content.variables, recipientName: displayName ?? '', siteUrl: '' };
      text = renderFor(type, 'IN_APP', recipient, data, findText);
      byRecipient.set(key, text);
    }
    return text;
  };
  return ({ userId, content, actorId, dedupeKey }, recipient) => {
    const type = findType(content.type);
    if (!type) throw new Error(`The catalogue has no type ${content.type}.`);
    const used = channelsFor(type, recipient.chosen);
    const isListed = used.includes('IN_APP');
    const text = isListed ? textFor(type, content, recipient) : { subject: '', body: '' };
    const off = type.channels.filter((channel) => channel !== 'IN_APP' && !used.includes(channel));
    return {
      id: newId(),
      user_id: userId,
      type: content.type,
      actor_id: actorId,
      title: text.subject,
      body: text.body,
      data: content.data,
      variables: content.variables,
      dedupe_key: `${content.type}/${dedupeKey}`,
      is_listed: isListed,
      deliveries: [
        ...used.map((channel) => ({
          channel,
          status: channel === 'IN_APP' ? ('DELIVERED' as const) : ('QUEUED' as const),
        })),
        ...off.map((channel) => ({ channel, status: 'SUPPRESSED' as const })),
      ],
      sealed: content.secret?.sealed ?? null,
      sealed_for: content.secret?.context ?? null,
      expires_at: content.secret?.expiresAt ?? null,
      address: content.secret?.address ?? null,
      locale: content.secret?.locale ?? null,
    };
  };
}
