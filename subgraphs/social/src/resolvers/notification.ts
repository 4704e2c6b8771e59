import { storedEnum } from '@souk/shared/graph/stored-enum';
import type { TypeName } from '../domain/notification/catalogue.js';
import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { markAllRead, markRead } from '../domain/notification/notification.js';
import type {
  MutationResolvers,
  NotificationResolvers,
  Resolvers,
  NotificationType,
} from '../generated/resolvers.js';

const typeOf = storedEnum<TypeName, NotificationType>({
  ORDER_PAID: 'ORDER_PAID',
  ORDER_SHIPPED: 'ORDER_SHIPPED',
  ORDER_COMPLETED: 'ORDER_COMPLETED',
  ORDER_FAILED: 'ORDER_FAILED',
  ORDER_CANCELLED: 'ORDER_CANCELLED',
  ORDER_ITEMS_CANCELLED: 'ORDER_ITEMS_CANCELLED',
  ORDER_REFUNDED: 'ORDER_REFUNDED',
  PAYMENT_DUE: 'PAYMENT_DUE',
  SEAT_HOLD_ENDING: 'SEAT_HOLD_ENDING',
  EVENT_REMINDER: 'EVENT_REMINDER',
  CART_REMINDER: 'CART_REMINDER',
  BACK_IN_STOCK: 'BACK_IN_STOCK',
  PRICE_DROPPED: 'PRICE_DROPPED',
  NEW_FOLLOWER: 'NEW_FOLLOWER',
  FOLLOWED_PURCHASED: 'FOLLOWED_PURCHASED',
  PARTNER_REGISTERED: 'PARTNER_REGISTERED',
  PARTNER_UPDATED: 'PARTNER_UPDATED',
  PARTNER_VERIFIED: 'PARTNER_VERIFIED',
  PARTNER_REJECTED: 'PARTNER_REJECTED',
  ANNOUNCEMENT: 'ANNOUNCEMENT',
  TOKEN_OFFERED: 'TOKEN_OFFERED',
  SECURITY_ALERT: 'SECURITY_ALERT',
  EMAIL_VERIFICATION: 'EMAIL_VERIFICATION',
  PASSWORD_RESET: 'PASSWORD_RESET',
});

/** Resolvers of Notification. A reference resolves to null for anyone but the recipient. */
const notificationFields: NotificationResolvers = {
  __resolveReference: ({ id }, { loaders }) => {
    const known = fromApiId('notification', id);
    return known === null ? null : loaders.notification.load(known);
  },
  id: (parent) => toApiId('notification', parent.id),
  type: (parent) => typeOf(parent.type),
  deliveries: (parent, _arguments, { loaders }) => loaders.deliveries.load(parent.id),
};

/** Mutations that mark notifications as read. */
const notificationMutations: Pick<MutationResolvers, 'markNotificationRead' | 'markAllNotificationsRead'> = {
  markNotificationRead: (_root, { id }, context) =>
    withUserErrors({ notification: null }, async () => {
      const { userId } = callerOf(context);
      const now = context.clock.now();
      return {
        notification: await context.database.transact((manager, outbox) =>
          markRead(manager, outbox, userId, fromApiId('notification', id), now),
        ),
      };
    }),

  markAllNotificationsRead: (_root, _arguments, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      const now = context.clock.now();
      await context.database.transact((manager, outbox) => markAllRead(manager, outbox, userId, now));
      return { ok: true };
    }),
};

/** Resolvers of notifications. */
export const notificationResolvers: Resolvers = {
  Mutation: notificationMutations,
  Notification: notificationFields,
};
