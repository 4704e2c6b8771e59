import { newId } from '../identifiers.js';
import type { EventType, StripeEvent } from '../stripe-objects.js';
import { now } from '../state/transaction.js';
import type { Transaction } from '../state/transaction.js';

/** Records that something happened to `object`, and its delivery to the webhook where there is one. */
export function emit(tx: Transaction, type: EventType, object: StripeEvent['data']['object']): void {
  const event: StripeEvent = {
    id: newId('evt'),
    object: 'event',
    api_version: tx.origin.apiVersion,
    created: now(),
    data: { object },
    livemode: false,
    request: { id: tx.origin.requestId, idempotency_key: tx.origin.idempotencyKey },
    type,
  };
  tx.put('event', event);
  if (!tx.delivers) return;
  tx.put('delivery', {
    id: event.id,
    state: 'pending',
    attempts: 0,
    nextAttemptAt: Date.now(),
    lastOutcome: null,
  });
}
