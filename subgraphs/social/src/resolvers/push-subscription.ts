import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { Rejection } from '@souk/shared/errors';
import {
  readSubscription,
  registerSubscription,
  removeSubscription,
} from '../domain/notification/push-subscription.js';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers.js';

const queries: Pick<QueryResolvers, 'vapidPublicKey'> = {
  vapidPublicKey: (_root, _arguments, { push }) => push.publicKey,
};

const mutations: Pick<MutationResolvers, 'registerPushSubscription' | 'removePushSubscription'> = {
  registerPushSubscription: (_root, { subscription }, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      const { push, clock, database } = context;
      if (!push.isAvailable) {
        throw new Rejection('INVALID', 'This Souk sends no push messages.', { field: ['subscription'] });
      }
      const given = readSubscription(subscription, push.isAllowedAddress);
      await database.transact((manager, outbox) =>
        registerSubscription(manager, outbox, userId, given, clock.now()),
      );
      return { ok: true };
    }),

  removePushSubscription: (_root, { endpoint }, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      await context.database.transact((manager, outbox) =>
        removeSubscription(manager, outbox, userId, endpoint),
      );
      return { ok: true };
    }),
};

/** Resolvers of Web Push. */
export const pushSubscriptionResolvers: Resolvers = { Query: queries, Mutation: mutations };
