import { approachingStart } from '@souk/shared/contracts/catalog';
import { orderEvents } from '@souk/shared/contracts/order';
import { uuid } from '@souk/shared/contracts/values';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

/** Name of the message that reminds the next part of the holders of tokens, on order's own queue. */
export const remindHoldersName = 'remindHolders';

/** Body of that message: what starts, and the last holder who was reminded. */
export const holdersStep = z.object({
  start: approachingStart,
  after: uuid.nullable(),
});

type HoldersStep = z.infer<typeof holdersStep>;

/** Holders in one event. */
export const holdersPerStep = 500;
// With the queue's exponential backoff this covers an outage of about half an hour.
const attempts = 14;

/** Creates the message that reminds holders of tokens. */
export function remindHoldersMessage(step: HoldersStep): Message {
  return { queue: 'order', name: remindHoldersName, body: step, attempts };
}

/** SQL of the next holders of valid tokens for an event or a departure, exported for the query plan test. */
export const holdersSql = `
  SELECT DISTINCT holder_id FROM purchase_token
  WHERE listing_id = $1 AND ($2::uuid IS NULL OR offer_id = $2) AND status IN ('ACTIVE', 'TRANSFER_PENDING')
    AND ($3::uuid IS NULL OR holder_id > $3)
  ORDER BY holder_id LIMIT $4`;

/**
 * Publishes startReminderDue for the next part of the holders of valid tokens, and sends the message for the part after it. A
 * repeated message publishes the same holders again: who is reminded of a start twice gets one notification.
 */
export async function remindHolders(
  manager: EntityManager,
  outbox: Outbox,
  { start, after }: HoldersStep,
): Promise<void> {
  const { listingId, offerId } = start;
  const rows: { holder_id: string }[] = await manager.query(holdersSql, [
    listingId,
    offerId,
    after,
    holdersPerStep,
  ]);
  const holderIds = rows.map((row) => row.holder_id);
  const last = holderIds.at(-1);
  if (last === undefined) return;
  outbox.publish(orderEvents.startReminderDue, listingId, { ...start, holderIds });
  if (holderIds.length === holdersPerStep) outbox.add(remindHoldersMessage({ start, after: last }));
}
