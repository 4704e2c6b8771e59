import type { Resolvers } from '../generated/resolvers.js';
import { followMutations } from './follow.js';
import { subscriptionResolvers } from './notification-subscription.js';
import { listing } from './listing.js';
import { notification, notificationMutations } from './notification.js';
import { user } from './user.js';

/** All resolvers of social. */
export const resolvers = {
  Mutation: { ...followMutations, ...notificationMutations },
  Subscription: subscriptionResolvers,
  User: user,
  Notification: notification,
  Listing: listing,
} satisfies Resolvers;
