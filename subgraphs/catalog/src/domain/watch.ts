import type { Topic } from '@souk/shared/signal';

/** What is signalled when the availability of a listing's offers or seats changes. */
export function availabilityTopic(listingId: string): Topic {
  return `listing:${listingId}`;
}
