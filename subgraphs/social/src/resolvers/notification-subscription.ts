import { callerOf } from '@souk/shared/graph/context';
import { live } from '@souk/shared/graph/live';
import { findNewestNotifications, UnseenNotifications } from '../domain/notification-feed.js';
import { notificationsTopic } from '../domain/topics.js';
import type { NotificationEntity } from '../entities/notification.js';
import type { SubscriptionResolvers } from '../generated/resolvers.js';

/** Notifications as they come. */
export const subscriptionResolvers: Required<SubscriptionResolvers> = {
  notificationReceived: {
    subscribe: async (_root, _arguments, context) => {
      const { userId } = callerOf(context);
      const { reader } = context.database;
      const feed = new UnseenNotifications();
      const stream = await live<NotificationEntity>({
        signals: context.signals,
        topics: [notificationsTopic(userId)],
        looksFirst: false,
        // Each stream has told something else.
        isShared: false,
        read: async () => ({ states: feed.takeUnseen(await findNewestNotifications(reader, userId)) }),
      });
      // After it listens: what comes from here on is news.
      feed.takeUnseen(await findNewestNotifications(reader, userId));
      return stream;
    },
    resolve: (notification: NotificationEntity) => notification,
  },
};
