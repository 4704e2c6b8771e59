import { socialEvents } from '@souk/shared/contracts/social';
import { uuid } from '@souk/shared/contracts/values';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { contentOf } from './notification-type.js';
import { notify } from './notify.js';
import { announcementType } from './social-types.js';

/** Name of the message that notifies the next part of an audience. */
export const announcementMessageName = 'announce';

/** Body of that message. */
export const announcementStep = z.object({ announcementId: uuid });

/** Recipients notified in one transaction. */
export const recipientsPerStep = 500;

// With the queue's exponential backoff this covers an outage of about half an hour.
const attempts = 14;

function stepMessage(announcementId: string): Message {
  return { queue: 'social', name: announcementMessageName, body: { announcementId }, attempts };
}

/** A text for many. */
export interface NewAnnouncement {
  title: string;
  body: string;
  /** UUID of the listing whose buyers are notified; null: all users. */
  listingId: string | null;
}

/**
 * Starts an announcement. Its audience is notified in the background.
 * @throws Rejection INVALID for an empty text, NOT_FOUND for a listing that nobody has bought
 */
export async function announce(
  manager: EntityManager,
  outbox: Outbox,
  actorId: string,
  { title, body, listingId }: NewAnnouncement,
  now: Date,
): Promise<void> {
  for (const [field, text] of Object.entries({ title, body }))
    if (text.trim() === '') throw new Rejection('INVALID', 'Must not be empty.', { field: [field] });
  if (listingId !== null && (await nextAudience(manager, { listingId, after: null, limit: 1 })).length === 0)
    throw new Rejection('NOT_FOUND', 'Nobody has bought this listing.', { field: ['listingId'] });
  const id = newId();
  await manager.query(
    `INSERT INTO announcement (id, actor_id, title, body, listing_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, actorId, title, body, listingId, now],
  );
  outbox.publish(socialEvents.announcementStarted, actorId, { announcementId: id, title, listingId });
  const after = { title, body, listingId: listingId && toApiId('listing', listingId) };
  recordAction(outbox, 'ANNOUNCE', id, { before: null, after });
  outbox.add(stepMessage(id));
}

/**
 * Notifies the next part of an announcement's audience, and sends the message for the part after it. The row remembers
 * the last recipient, so that a repeated message, also after a crash, continues there and notifies nobody twice.
 */
export async function continueAnnouncement(
  manager: EntityManager,
  outbox: Outbox,
  announcementId: string,
  now: Date,
): Promise<void> {
  const [row]: { title: string; body: string; listing_id: string | null; after_user_id: string | null }[] =
    await manager.query(
      `SELECT title, body, listing_id, after_user_id FROM announcement
       WHERE id = $1 AND finished_at IS NULL FOR UPDATE`,
      [announcementId],
    );
  if (!row) return;
  const { title, body, listing_id: listingId, after_user_id: after } = row;
  const audience = await nextAudience(manager, { listingId, after, limit: recipientsPerStep });
  const content = contentOf(announcementType, { title, body });
  await notify(
    manager,
    outbox,
    audience.map((userId) => ({ userId, content, actorId: null, dedupeKey: announcementId })),
    now,
  );
  const isLast = audience.length < recipientsPerStep;
  await manager.query('UPDATE announcement SET after_user_id = $2, finished_at = $3 WHERE id = $1', [
    announcementId,
    audience.at(-1) ?? after,
    isLast ? now : null,
  ]);
  if (!isLast) outbox.add(stepMessage(announcementId));
}

async function nextAudience(
  manager: EntityManager,
  { listingId, after, limit }: { listingId: string | null; after: string | null; limit: number },
): Promise<string[]> {
  const rows: { user_id: string }[] =
    listingId === null
      ? await manager.query(
          `SELECT user_id FROM known_user WHERE status = 'ACTIVE' AND ($1::uuid IS NULL OR user_id > $1)
           ORDER BY user_id LIMIT $2`,
          [after, limit],
        )
      : await manager.query(
          `SELECT DISTINCT user_id FROM purchase WHERE listing_id = $3 AND ($1::uuid IS NULL OR user_id > $1)
           ORDER BY user_id LIMIT $2`,
          [after, limit, listingId],
        );
  return rows.map(({ user_id: userId }) => userId);
}
