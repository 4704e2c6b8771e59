import type { Topic } from '@souk/shared/signal';

/** What is signalled when others follow a user than before, or he follows others. */
export function followsTopic(userId: string): Topic {
  return `follows:${userId}`;
}

/** What is signalled when a user is told something. */
export function notificationsTopic(userId: string): Topic {
  return `inbox:${userId}`;
}
