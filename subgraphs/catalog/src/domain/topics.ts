import type { Topic } from '@souk/shared/topic';

/** What is signalled when the availability of a listing's offers or seats changes. */
export function availabilityTopic(listingId: string): Topic {
  return `listing:${listingId}`;
}

/** What is signalled when what a listing or its offers say changes. */
export function contentTopic(listingId: string): Topic {
  return `content:${listingId}`;
}

/** What is signalled when the content of any listing changes: lists of listings may be others. */
export const anyContentTopic: Topic = 'content:any';

/** What is signalled when a category is made or changed. */
export const categoriesTopic: Topic = 'category:any';

/** What is signalled when a venue is made or changed. */
export const venuesTopic: Topic = 'venue:any';

/** What to signal when a listing, or one of its offers, is another than before. What it says decides whether it is on sale. */
export function contentTopics(listingId: string): Topic[] {
  return [contentTopic(listingId), anyContentTopic, availabilityTopic(listingId)];
}
