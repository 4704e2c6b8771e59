import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that answer NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Query.recommendedUsers',
  'Query.recommendedListings',
  'Query.feed',
  'Mutation.registerPushSubscription',
  'Listing.boughtByFollowed',
  'Listing.alsoBought',
];
