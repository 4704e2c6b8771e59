import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { uuid } from '@souk/shared/contracts/values';
import { claimInbox } from '@souk/shared/db/inbox';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Message } from '@souk/shared/message';
import type { Follow } from '../../graph-store/graph-store.js';
import { notify } from '../notification/notify.js';
import { followedPurchased } from '../notification/social-types.js';

/** Name of the fan-out message on social's own queue. */
export const fanOutMessageName = 'tellFollowers';

/** Followers notified per message. */
export const followersPerPage = 500;

/** Pages of followers notified about one purchase. Users with more followers reach only the latest ones. */
const maxPages = 20;

/** Body of a fan-out message. */
export const purchaseFanOut = z.object({
  orderId: uuid,
  /** The buyer. */
  userId: uuid,
  listings: z.array(z.object({ id: uuid, title: z.string() })).min(1),
  /** The last follow of the previous page; null for the first page. */
  after: uuid.nullable(),
  /** The page, from 0. Messages of older versions have none. */
  page: z.number().int().min(0).default(0),
});

/** Notifies one page of the buyer's followers about a purchase. */
export type PurchaseFanOut = z.infer<typeof purchaseFanOut>;

// With the queue's exponential backoff this covers an outage of about half an hour.
const attempts = 14;

/** Creates the message that notifies a page of followers. */
export function createFanOutMessage(fanOut: PurchaseFanOut): Message {
  return { queue: 'social', name: fanOutMessageName, body: fanOut, attempts };
}

/**
 * Notifies a page of followers and sends the message for the next page if this one is full. Runs in one transaction
 * with an inbox row, so that crashes and repeated deliveries are safe. Stops when the purchase has been undone or the
 * buyer has stopped sharing.
 */
export async function notifyFollowerPage(
  manager: EntityManager,
  outbox: Outbox,
  fanOut: PurchaseFanOut,
  page: readonly Follow[],
  now: Date,
): Promise<void> {
  const step = `${fanOutMessageName}/${fanOut.after ?? 'first'}`;
  if (!(await claimInbox(manager, { sagaId: fanOut.orderId, step, direction: 'event' }))) return;
  if (!(await isShared(manager, fanOut))) return;
  const content = followedPurchased(fanOut.userId, fanOut.listings);
  await notify(
    manager,
    outbox,
    page.map((follow) => ({
      userId: follow.followerId,
      content,
      actorId: fanOut.userId,
      dedupeKey: fanOut.orderId,
    })),
    now,
  );
  const last = page.at(-1);
  const isLast = page.length < followersPerPage || fanOut.page + 1 >= maxPages;
  if (last && !isLast) outbox.add(createFanOutMessage({ ...fanOut, after: last.id, page: fanOut.page + 1 }));
}

async function isShared(manager: EntityManager, { userId, orderId }: PurchaseFanOut): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM social_profile WHERE user_id = $1 AND shares_activity
       AND EXISTS (SELECT 1 FROM purchase WHERE order_id = $2)`,
    [userId, orderId],
  );
  return rows.length > 0;
}
