import { fromApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { ProviderEvent } from '../domain/provider/card-provider.js';
import { UnreadableEvent } from '../domain/provider/card-provider.js';

/** Id of a Stripe object: letters, digits, `_` and `-`, which are safe in paths, logs and PostgreSQL. */
const objectId = z.string().regex(/^[\w-]{1,255}$/, 'must be an id of Stripe');
/** The last second of the year 9999. */
const maxSeconds = 253_402_300_799;

/**
 * The fields of an event that payment reads. They are the same in all versions of Stripe's API, so `api_version` is
 * ignored. Payment retrieves everything else from Stripe.
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

/** Parses the body of a webhook request with a valid signature. @throws UnreadableEvent if it is not an event */
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

/** Id of our payment in an object's metadata; null if there is none. */
function paymentOf(metadata: unknown): string | null {
  const named = z.object({ payment: z.string() }).safeParse(metadata);
  const id = named.success ? fromApiId('payment', named.data.payment) : null;
  return id !== null && z.uuid().safeParse(id).success ? id : null;
}

/** Describes the first violation without repeating the input. */
function reasonOf({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? '';
  return path === '' ? 'The body must be a Stripe event.' : `${path}: ${issue?.message ?? 'invalid'}.`;
}
