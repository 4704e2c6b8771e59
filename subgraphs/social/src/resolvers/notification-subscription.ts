import { callerOf } from '@souk/shared/graph/context';
import { openLiveQuery } from '@souk/shared/graph/live-query';
import { findNewestNotifications, UnseenNotifications } from '../domain/notification/notification-feed.js';
import { notificationsTopic } from '../domain/topics.js';
import type { NotificationEntity } from '../entities/notification.js';
import type { Resolvers, SubscriptionResolvers } from '../generated/resolvers.js';

/** Subscription to new notifications of the caller. */
const subscriptions: Required<SubscriptionResolvers> = {
  notificationReceived: {
    subscribe: async (_root, _arguments, context) => {
      const { userId } = callerOf(context);
      const { reader } = context.database;
      const feed = new UnseenNotifications();
      const stream = await openLiveQuery<NotificationEntity>({
        changes: context.signals,
        topics: [notificationsTopic(userId)],
        initialSnapshot: false,
        // Each stream has its own set of sent notifications.
        isShared: false,
        read: async () => ({ states: feed.takeUnseen(await findNewestNotifications(reader, userId)) }),
      });
      // Runs after the subscription, so that the stream sends every notification from now on.
      feed.takeUnseen(await findNewestNotifications(reader, userId));
      return stream;
    },
    resolve: (notification: NotificationEntity) => notification,
  },
};

/** Resolvers of subscriptions. */
export const subscriptionResolvers: Resolvers = { Subscription: subscriptions };
