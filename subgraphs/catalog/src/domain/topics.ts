import type { Topic } from '@souk/shared/topic';

/** Topic of the availability of a listing's offers and seats. */
export function availabilityTopic(listingId: string): Topic {
  return `listing:${listingId}`;
}

/** Topic of the content of a listing and its offers. */
export function contentTopic(listingId: string): Topic {
  return `content:${listingId}`;
}

/** Topic of the content of all listings, for lists of listings. */
export const anyContentTopic: Topic = 'content:any';

/** Topic of a seller's status: whether their offers are on sale depends on it. */
export function sellerTopic(partnerId: string): Topic {
  return `seller:${partnerId}`;
}

/** Topic of the ratings of all listings, for lists in their order. */
export const ratingsTopic: Topic = 'rating:any';

/** Topic of created and changed categories. */
export const categoriesTopic: Topic = 'category:any';

/** Topic of created and changed venues. */
export const venuesTopic: Topic = 'venue:any';

/**
 * Topics to publish when a listing or one of its offers changes. Content includes the sale period, so
 * availability changes too.
 */
export function contentTopics(listingId: string): Topic[] {
  return [contentTopic(listingId), anyContentTopic, availabilityTopic(listingId)];
}
