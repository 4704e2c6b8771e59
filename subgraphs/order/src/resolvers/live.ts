import { graphError } from '@souk/shared/graph/errors';
import type { Reading } from '@souk/shared/graph/live';
import { live } from '@souk/shared/graph/live';
import { fromApiId } from '@souk/shared/ids';
import { checkoutTopic, hasEnded, readCheckout, readOrderVersion, topicsOfOrder } from '../domain/topics.js';
import type { OrderEntity } from '../entities/order.js';
import type { SagaEntity } from '../entities/saga.js';
import type { SubscriptionResolvers } from '../generated/resolvers.js';
import { canRead } from './access.js';

const recheckMs = 60_000;

/** Checkouts and orders while they change: first as they stand. */
export const liveResolvers: Required<SubscriptionResolvers> = {
  checkoutUpdated: {
    subscribe: async (_root, { id }, { database: { reader }, identity, signals }) => {
      const checkoutId = fromApiId('checkout', id);
      const checkout = checkoutId && (await readCheckout(reader, checkoutId));
      if (!checkout || !canRead(identity, checkout.userId)) throw notYours('checkout');
      // The row as it was at the start is not kept for as long as the stream is open.
      const watched = checkout.id;
      return live({
        signals,
        topics: [checkoutTopic(watched)],
        looksFirst: true,
        recheckMs,
        versionOf: ({ version }) => String(version),
        read: async (): Promise<Reading<SagaEntity>> => {
          const now = await readCheckout(reader, watched);
          return now ? { states: [now], isLast: hasEnded(now) } : { states: [], isLast: true };
        },
      });
    },
    resolve: (checkout: SagaEntity) => checkout,
  },
  orderUpdated: {
    subscribe: async (_root, { id }, { database: { reader }, identity, signals }) => {
      const orderId = fromApiId('order', id);
      const found = orderId && (await readOrderVersion(reader, orderId));
      if (!found || !canRead(identity, found.order.customerId)) throw notYours('order');
      const watched = found.order.id;
      return live({
        signals,
        topics: topicsOfOrder(found.order),
        looksFirst: true,
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

/** One that does not exist is nobody's. */
function notYours(what: string): ReturnType<typeof graphError> {
  return graphError('FORBIDDEN', `There is no ${what} of yours with this id.`);
}
