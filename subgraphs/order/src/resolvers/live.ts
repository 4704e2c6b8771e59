import { graphError } from '@souk/shared/graph/errors';
import type { Snapshot } from '@souk/shared/graph/live-query';
import { openLiveQuery } from '@souk/shared/graph/live-query';
import { fromApiId } from '@souk/shared/ids';
import { checkoutTopic, hasEnded, readCheckout, readOrderVersion, topicsOfOrder } from '../domain/topics.js';
import type { OrderEntity } from '../entities/order.js';
import type { SagaEntity } from '../entities/saga.js';
import type { Resolvers, SubscriptionResolvers } from '../generated/resolvers.js';
import { canRead } from './access.js';

const recheckMs = 60_000;

/** Live checkouts and orders; each stream starts with a snapshot. */
const subscriptions: Required<SubscriptionResolvers> = {
  checkoutUpdated: {
    subscribe: async (_root, { id }, { database: { reader }, identity, changes }) => {
      const checkoutId = fromApiId('checkout', id);
      const checkout = checkoutId && (await readCheckout(reader, checkoutId));
      if (!checkout || !canRead(identity, checkout.userId)) throw notYours('checkout');
      // The stream must not retain the row of its start.
      const watched = checkout.id;
      return openLiveQuery({
        changes,
        topics: [checkoutTopic(watched)],
        initialSnapshot: true,
        recheckMs,
        versionOf: ({ version }) => String(version),
        read: async (): Promise<Snapshot<SagaEntity>> => {
          const now = await readCheckout(reader, watched);
          return now ? { states: [now], isLast: hasEnded(now) } : { states: [], isLast: true };
        },
      });
    },
    resolve: (checkout: SagaEntity) => checkout,
  },
  orderUpdated: {
    subscribe: async (_root, { id }, { database: { reader }, identity, changes }) => {
      const orderId = fromApiId('order', id);
      const found = orderId && (await readOrderVersion(reader, orderId));
      if (!found || !canRead(identity, found.order.customerId)) throw notYours('order');
      const watched = found.order.id;
      return openLiveQuery({
        changes,
        topics: topicsOfOrder(found.order),
        initialSnapshot: true,
        recheckMs,
        versionOf: ({ version }) => version,
        read: async () => {
          const now = await readOrderVersion(reader, watched);
          return now ? { states: [now] } : { states: [], isLast: true };
        },
      });
    },
    resolve: ({ order }: { order: OrderEntity }) => order,
  },
};

/** Unknown ids get the same error as those of other users. */
function notYours(what: string): ReturnType<typeof graphError> {
  return graphError('FORBIDDEN', `You have no ${what} with this id.`);
}

/** Resolvers of subscriptions. */
export const liveResolvers: Resolvers = { Subscription: subscriptions };
