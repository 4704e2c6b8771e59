import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { z } from 'zod';
import type { ProviderEvent } from './card-provider.js';

/** The message by which payment tells itself of an event, to look at its object in peace. */
export const providerEventMessage = z.object({
  eventId: z.string(),
  objectId: z.string(),
  about: z.enum(['payment', 'refund', 'refunds of payment', 'dispute']),
  paymentId: z.uuid().nullable(),
});

type ProviderEventMessage = z.infer<typeof providerEventMessage>;

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
 * Stores an event once, and with it the message that has it looked at. False: it was stored before. Events of other
 * types are stored and left alone.
 */
export async function storeEvent(
  manager: EntityManager,
  outbox: Outbox,
  event: ProviderEvent,
  now: Date,
): Promise<boolean> {
  const stored: unknown[] = await manager.query(
    `INSERT INTO provider_event (id, type, object_id, at, received_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING RETURNING 1`,
    [event.id, event.type, event.objectId, event.at, now],
  );
  if (stored.length === 0) return false;
  const subject = subjectOf(event);
  if (subject) {
    const { id: eventId, paymentId } = event;
    outbox.add({
      queue: 'payment',
      name: 'providerEvent',
      body: { eventId, paymentId, ...subject } satisfies ProviderEventMessage,
      attempts,
    });
  }
  return true;
}

/** Where an event says to look. */
function subjectOf({
  type,
  objectId,
  intentId,
}: ProviderEvent): Pick<ProviderEventMessage, 'about' | 'objectId'> | null {
  // The charge itself is of no interest, its payment's refunds are.
  if (type === 'charge.refunded')
    return intentId === null ? null : { about: 'refunds of payment', objectId: intentId };
  if (objectId === null) return null;
  if (aboutPayments.has(type)) return { about: 'payment', objectId };
  if (aboutRefunds.has(type)) return { about: 'refund', objectId };
  return aboutDisputes.has(type) ? { about: 'dispute', objectId } : null;
}
