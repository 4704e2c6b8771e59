import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that answer NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Query.recommendedUsers',
  'Query.recommendedListings',
  'Query.feed',
  'Query.notificationTemplates',
  'Query.previewNotification',
  'Mutation.block',
  'Mutation.unblock',
  'Mutation.setNotificationPreference',
  'Mutation.registerPushSubscription',
  'Mutation.saveNotificationTemplate',
  'Mutation.announce',
  'User.notificationPreferences',
  'Listing.boughtByFollowed',
  'Listing.alsoBought',
];
