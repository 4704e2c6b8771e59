import type { Topic } from '@souk/shared/signal';

/** What is signalled when a user is told something. */
export function inboxTopic(userId: string): Topic {
  return `inbox:${userId}`;
}
