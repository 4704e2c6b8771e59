import type { Topic } from '@souk/shared/signal';

/** What is signalled when what a user shows of himself to everybody changes. */
export function userTopic(userId: string): Topic {
  return `user:${userId}`;
}

/** What is signalled when a partner changes: also when everybody may see it from now on, or no longer. */
export function partnerTopic(partnerId: string): Topic {
  return `partner:${partnerId}`;
}
