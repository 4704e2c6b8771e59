import type { DeliveryRecord } from '../state/records.js';
import type { StripeEvent } from '../stripe-objects.js';

/** An event as the API and the webhook show it: with the number of deliveries still owed. */
export function eventView(event: StripeEvent, delivery: DeliveryRecord | undefined) {
  const { request, type, ...rest } = event;
  return { ...rest, pending_webhooks: delivery?.state === 'pending' ? 1 : 0, request, type };
}
