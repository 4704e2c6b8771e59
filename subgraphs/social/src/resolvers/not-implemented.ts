import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that answer NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Query.recommendedUsers',
  'Query.recommendedListings',
  'Query.feed',
  'Mutation.block',
  'Mutation.unblock',
  'Mutation.registerPushSubscription',
  'Listing.boughtByFollowed',
  'Listing.alsoBought',
];
