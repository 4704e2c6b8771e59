import { mergeResolvers } from '@souk/shared/graph/merge-resolvers';
import type { Resolvers } from '../generated/resolvers.js';
import { activitySharingResolvers } from './activity-sharing.js';
import { feedResolvers } from './feed.js';
import { followResolvers } from './follow.js';
import { listingResolvers } from './listing.js';
import { notificationResolvers } from './notification.js';
import { notificationSettingsResolvers } from './notification-settings.js';
import { pushSubscriptionResolvers } from './push-subscription.js';
import { quietHoursResolvers } from './quiet-hours.js';
import { subscriptionResolvers } from './notification-subscription.js';
import { recommendationResolvers } from './recommendation.js';
import { reviewResolvers } from './review.js';
import { reviewModerationResolvers } from './review-moderation.js';
import { userResolvers } from './user.js';
import { wishlistResolvers } from './wishlist.js';

/** All resolvers of social. */
export const resolvers: Resolvers = mergeResolvers(
  activitySharingResolvers,
  feedResolvers,
  followResolvers,
  listingResolvers,
  notificationResolvers,
  notificationSettingsResolvers,
  recommendationResolvers,
  pushSubscriptionResolvers,
  quietHoursResolvers,
  reviewModerationResolvers,
  reviewResolvers,
  subscriptionResolvers,
  userResolvers,
  wishlistResolvers,
);
