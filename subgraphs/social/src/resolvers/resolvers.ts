import type { Resolvers } from '../generated/resolvers.js';
import { activitySharingMutations } from './activity-sharing.js';
import { followMutations } from './follow.js';
import { subscriptionResolvers } from './notification-subscription.js';
import { listing } from './listing.js';
import { notification, notificationMutations } from './notification.js';
import { user } from './user.js';

/** All resolvers of social. */
export const resolvers = {
  Mutation: { ...followMutations, ...activitySharingMutations, ...notificationMutations },
  Subscription: subscriptionResolvers,
  User: user,
  Notification: notification,
  Listing: listing,
} satisfies Resolvers;
