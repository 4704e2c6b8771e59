import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Message } from '@souk/shared/message';
import { z } from 'zod';
import type { ProviderEvent } from './card-provider.js';

/** Message that schedules the sync of the object an event is about. */
export const providerEventMessage = z.object({
  eventId: z.string(),
  objectId: z.string(),
  about: z.enum(['payment', 'refund', 'refunds of payment', 'dispute']),
  paymentId: z.uuid().nullable(),
});

/** Parsed body of `providerEventMessage`. */
export type ProviderEventMessage = z.infer<typeof providerEventMessage>;

const aboutPayments = new Set([
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.requires_action',
  'payment_intent.processing',
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
]);
const aboutRefunds = new Set(['refund.created', 'refund.updated', 'refund.failed']);
const aboutDisputes = new Set([
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]);
const attempts = 10;

/**
 * Stores new events, each with a message that schedules the sync of its object. Duplicates are ignored. Events of other
 * types are stored without a message. Returns the ids of the new events.
 */
export async function storeEvents(
  manager: EntityManager,
  outbox: Outbox,
  events: readonly ProviderEvent[],
  now: Date,
): Promise<Set<string>> {
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO provider_event (id, type, object_id, at, received_at)
     SELECT id, type, object_id, at, $5
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS e (id, type, object_id, at) ORDER BY id
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ objectId }) => objectId),
      events.map(({ at }) => at),
      now,
    ],
  );
  const stored = new Set(rows.map(({ id }) => id));
  const fresh = new Map(events.filter(({ id }) => stored.has(id)).map((event) => [event.id, event]));
  outbox.add(...[...fresh.values()].flatMap(messageOf));
  return stored;
}

function messageOf(event: ProviderEvent): Message[] {
  const subject = subjectOf(event);
  if (!subject) return [];
  const { id: eventId, paymentId } = event;
  const body = { eventId, paymentId, ...subject } satisfies ProviderEventMessage;
  return [{ queue: 'payment', name: 'providerEvent', body, attempts }];
}

/** The object to sync; null for events of other types. */
function subjectOf({
  type,
  objectId,
  intentId,
}: ProviderEvent): Pick<ProviderEventMessage, 'about' | 'objectId'> | null {
  // The event is about a charge; sync the refunds of its payment.
  if (type === 'charge.refunded')
    return intentId === null ? null : { about: 'refunds of payment', objectId: intentId };
  if (objectId === null) return null;
  if (aboutPayments.has(type)) return { about: 'payment', objectId };
  if (aboutRefunds.has(type)) return { about: 'refund', objectId };
  return aboutDisputes.has(type) ? { about: 'dispute', objectId } : null;
}

/** Retention of event ids. The provider redelivers for days only; a later duplicate only repeats a sync. */
const retentionDays = 90;
const dayMs = 86_400_000;
const deleteBatch = 1_000;

/** Deletes events older than the retention. Returns their number. */
export async function deleteExpiredProviderEvents(manager: EntityManager, now: Date): Promise<number> {
  for (let forgotten = 0; ;) {
    const [, count]: [unknown, number] = await manager.query(
      `DELETE FROM provider_event WHERE id IN (
         SELECT id FROM provider_event WHERE received_at < $1
         ORDER BY received_at LIMIT ${deleteBatch} FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - retentionDays * dayMs)],
    );
    forgotten += count;
    if (count < deleteBatch) return forgotten;
  }
}
