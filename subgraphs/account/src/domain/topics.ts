import type { Topic } from '@souk/shared/topic';

/** Topic of changes to a user's public profile. */
export function userTopic(userId: string): Topic {
  return `user:${userId}`;
}

/** Topic of the saga that deletes an account. */
export function deletionTopic(sagaId: string): Topic {
  return `deletion:${sagaId}`;
}

/** Topic of changes to a partner, including changes of its visibility. */
export function partnerTopic(partnerId: string): Topic {
  return `partner:${partnerId}`;
}
