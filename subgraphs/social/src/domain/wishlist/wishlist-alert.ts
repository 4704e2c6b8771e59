import { uuid } from '@souk/shared/contracts/values';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Json } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { NotificationContent } from '../notification/notification-type.js';
import { notify } from '../notification/notify.js';
import { isListingVisible } from '../visibility.js';

/** Name of the message that notifies the next part of the people with a listing on their wishlist. */
export const alertMessageName = 'alertWishers';

/** Body of that message. */
export const alertStep = z.object({ alertId: uuid, listingId: uuid, type: z.string() });

/** The key of an alert. */
export type AlertStep = z.infer<typeof alertStep>;

/** People notified in one transaction. */
export const wishersPerStep = 500;

const dayMs = 24 * 60 * 60 * 1_000;
// With the queue's exponential backoff this covers an outage of about half an hour.
const attempts = 14;

function stepMessage(step: AlertStep): Message {
  return { queue: 'social', name: alertMessageName, body: step, attempts };
}

/**
 * Starts to notify all who have a listing on their wishlist, in the background. At most once a day for each listing and type:
 * what happens in the 24 hours after an alert causes no other one, however often units come and go.
 */
export async function startAlert(
  manager: EntityManager,
  outbox: Outbox,
  { listingId, content }: { listingId: string; content: NotificationContent },
  now: Date,
): Promise<void> {
  const { type, variables, data } = content;
  const started: { id: string }[] = await manager.query(
    `INSERT INTO wishlist_alert AS a (listing_id, type, id, variables, data, started_at)
     SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (SELECT FROM wishlist_item WHERE listing_id = $1)
     ON CONFLICT (listing_id, type) DO UPDATE
       SET id = excluded.id, variables = excluded.variables, data = excluded.data, started_at = excluded.started_at,
         after_user_id = NULL, finished_at = NULL
       WHERE a.started_at <= $7
     RETURNING id`,
    [listingId, type, newId(), variables, data, now, new Date(now.getTime() - dayMs)],
  );
  for (const { id: alertId } of started) outbox.add(stepMessage({ alertId, listingId, type }));
}

/**
 * Notifies the next part of the people with the listing on their wishlist, and sends the message for the part after it. The
 * row remembers the last one, so that a repeated message, also after a crash, continues there and notifies nobody twice. Ends
 * when the listing is not on sale any more.
 */
export async function continueAlert(
  manager: EntityManager,
  outbox: Outbox,
  step: AlertStep,
  now: Date,
): Promise<void> {
  const { alertId, listingId, type } = step;
  const [row]: {
    variables: Record<string, Json>;
    data: Record<string, Json>;
    after_user_id: string | null;
  }[] = await manager.query(
    `SELECT variables, data, after_user_id FROM wishlist_alert
     WHERE listing_id = $1 AND type = $2 AND id = $3 AND finished_at IS NULL FOR UPDATE`,
    [listingId, type, alertId],
  );
  if (!row) return;
  const wishers: { user_id: string }[] = await manager.query(wishersSql, [
    listingId,
    row.after_user_id,
    wishersPerStep,
  ]);
  const content = { type, variables: row.variables, data: row.data, secret: null };
  await notify(
    manager,
    outbox,
    wishers.map((wisher) => ({ userId: wisher.user_id, content, actorId: null, dedupeKey: alertId })),
    now,
  );
  const isLast = wishers.length < wishersPerStep;
  await manager.query(
    'UPDATE wishlist_alert SET after_user_id = $3, finished_at = $4 WHERE listing_id = $1 AND type = $2',
    [listingId, type, wishers.at(-1)?.user_id ?? row.after_user_id, isLast ? now : null],
  );
  if (!isLast) outbox.add(stepMessage(step));
}

/** SQL of the next people with a listing on their wishlist, exported for the query plan test. */
export const wishersSql = `
  SELECT user_id FROM wishlist_item
  WHERE listing_id = $1 AND ($2::uuid IS NULL OR user_id > $2) AND ${isListingVisible('$1::uuid')}
  ORDER BY user_id LIMIT $3`;
