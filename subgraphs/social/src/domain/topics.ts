import type { Topic } from '@souk/shared/topic';

/** Topic of changes to a user's followers, or to the users that they follow. */
export function followsTopic(userId: string): Topic {
  return `follows:${userId}`;
}

/** Topic of new notifications for a user. */
export function notificationsTopic(userId: string): Topic {
  return `inbox:${userId}`;
}

/** Topic of the reviews and the rating of a listing. */
export function reviewsTopic(listingId: string): Topic {
  return `reviews:${listingId}`;
}
