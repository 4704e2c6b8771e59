import { callerOf } from '@souk/shared/graph/context';
import { live } from '@souk/shared/graph/live';
import { newestNotifications, UnseenNotifications } from '../domain/notification-feed.js';
import { inboxTopic } from '../domain/watch.js';
import type { NotificationEntity } from '../entities/notification.js';
import type { SubscriptionResolvers } from '../generated/resolvers.js';

/** Notifications as they come. */
export const liveResolvers: Required<SubscriptionResolvers> = {
  notificationReceived: {
    subscribe: async (_root, _arguments, context) => {
      const { userId } = callerOf(context);
      const { reader } = context.database;
      const feed = new UnseenNotifications();
      const stream = await live<NotificationEntity>({
        signals: context.signals,
        topics: [inboxTopic(userId)],
        looksFirst: false,
        // Each stream has told something else.
        isShared: false,
        read: async () => ({ states: feed.unseen(await newestNotifications(reader, userId)) }),
      });
      // After it listens: what comes from here on is news.
      feed.unseen(await newestNotifications(reader, userId));
      return stream;
    },
    resolve: (notification: NotificationEntity) => notification,
  },
};
