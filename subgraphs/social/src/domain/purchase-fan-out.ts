import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { uuid } from '@souk/shared/contracts/values';
import { claimInbox } from '@souk/shared/db/inbox';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Message } from '@souk/shared/message';
import type { Follow } from '../graph-store/graph-store.js';
import { followedPurchased } from './notification-texts.js';
import { notify } from './notification.js';

/** The name of the message below, on social's own queue. */
export const fanOutMessageName = 'tellFollowers';

/** Followers that one message tells. */
export const followersPerPage = 500;

/** Pages of followers that are told of one purchase: of somebody with more, the followers of late. */
const maxPages = 20;

/** What `tellFollowers` messages carry. */
export const purchaseFanOut = z.object({
  orderId: uuid,
  /** The buyer. */
  userId: uuid,
  listings: z.array(z.object({ id: uuid, title: z.string() })).min(1),
  /** The follow that the page before ended with; null for the first page. */
  after: uuid.nullable(),
  /** The page, from 0; messages of before there was a bound have none. */
  page: z.number().int().min(0).default(0),
});

/** News of a purchase, on their way to one page of the buyer's followers. */
export type PurchaseFanOut = z.infer<typeof purchaseFanOut>;

// With the queue's exponential pauses this outlives an outage of about half an hour.
const attempts = 14;

/** The message that has a page of followers told. */
export function createFanOutMessage(news: PurchaseFanOut): Message {
  return { queue: 'social', name: fanOutMessageName, body: news, attempts };
}

/**
 * Tells a page of followers, and puts the next page on its way where this one is full: one transaction, so that a
 * process may die at any line, and a message may come twice. Stops where the purchase was undone meanwhile, or the
 * buyer shares no more.
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
  const text = followedPurchased(fanOut.userId, fanOut.listings);
  await notify(
    manager,
    page.map((follow) => ({
      userId: follow.followerId,
      text,
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
