import { fromApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { ProviderEvent } from '../domain/provider/card-provider.js';
import { UnreadableEvent } from '../domain/provider/card-provider.js';

/** Names of Stripe's objects: letters, digits, `_` and `-`, so that they are safe in paths, logs and PostgreSQL. */
const objectId = z.string().regex(/^[\w-]{1,255}$/, 'must be an id of Stripe');
/** The last second of the year 9999. */
const maxSeconds = 253_402_300_799;

/**
 * The parts of an event that Souk reads; the same in all versions of Stripe's API, so the event's `api_version` does
 * not matter. Everything else is fetched from Stripe.
 */
const stripeEvent = z.object({
  object: z.literal('event', 'must be "event"'),
  id: objectId,
  type: z.string().regex(/^[a-z0-9_.]{1,100}$/, "must be a type of Stripe's events"),
  created: z.int().min(0).max(maxSeconds),
  data: z.object({
    object: z.object({
      id: objectId.nullish(),
      metadata: z.unknown().optional(),
      payment_intent: z.union([objectId, z.object({ id: objectId })]).nullish(),
    }),
  }),
});

/** Reads the body of a webhook request whose signature is valid. @throws UnreadableEvent where it is no event */
export function parseEvent(body: Buffer): ProviderEvent {
  const { data: event, error } = stripeEvent.safeParse(parseJson(body));
  if (!event) throw new UnreadableEvent(reasonOf(error));
  const { id, metadata, payment_intent: intent } = event.data.object;
  return {
    id: event.id,
    type: event.type,
    at: new Date(event.created * 1_000),
    objectId: id ?? null,
    intentId: typeof intent === 'object' ? (intent?.id ?? null) : (intent ?? null),
    paymentId: paymentOf(metadata),
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new UnreadableEvent('The body must be JSON in UTF-8.');
  }
}

/** The payment that an object's metadata names; null where they name none of ours. */
function paymentOf(metadata: unknown): string | null {
  const named = z.object({ payment: z.string() }).safeParse(metadata);
  const id = named.success ? fromApiId('payment', named.data.payment) : null;
  return id !== null && z.uuid().safeParse(id).success ? id : null;
}

/** The first thing that is wrong, without anything of what was sent. */
function reasonOf({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? '';
  return path === '' ? 'The body must be a Stripe event.' : `${path}: ${issue?.message ?? 'invalid'}.`;
}
