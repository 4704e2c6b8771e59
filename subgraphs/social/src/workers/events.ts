import type { Clock } from '@souk/shared/clock';
import { accountEvents } from '@souk/shared/contracts/account';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Database } from '@souk/shared/db/database';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import type { BatchMessageHandler, MessageHandlers } from '@souk/shared/queue/message-worker';
import { settleEach } from '@souk/shared/async/batch-with-fallback';
import {
  purchaseFanOut,
  followersPerPage,
  fanOutMessageName,
  notifyFollowerPage,
} from '../domain/purchase-fan-out.js';
import {
  orderCompleted as completedText,
  orderRefunded as refundedText,
} from '../domain/notification-texts.js';
import { notify } from '../domain/notification.js';
import type { GraphStore } from '../graph-store/graph-store.js';

/** Fan-out messages handled together. Each may load a whole page of followers. */
const maxFanOutBatch = 20;

/** The events that social subscribes to. */
export const subscribedEvents = {
  orderRefunded: orderEvents.orderRefunded,
  orderCompleted: orderEvents.orderCompleted,
};

/** Events of earlier versions. Their content is the state `people` now. */
export const retiredEvents = [accountEvents.usersRegistered];

/** Handlers of events from other subgraphs. */
export function eventHandlers(clock: Clock): EventHandlers<typeof subscribedEvents> {
  return {
    orderRefunded: (manager, _outbox, { userId, orderId, orderNumber: number, refunded, position }) => {
      const text = refundedText({ id: orderId, number, refunded });
      return notify(
        manager,
        [{ userId, text, actorId: null, dedupeKey: `${orderId}/${position}` }],
        clock.now(),
      );
    },
    orderCompleted: (manager, _outbox, { userId, orderId, orderNumber: number, total, listings }) => {
      const text = completedText({ id: orderId, number, total, listings });
      return notify(manager, [{ userId, text, actorId: null, dedupeKey: orderId }], clock.now());
    },
  };
}

/** The handler of social's own fan-out messages. */
export function fanOutHandlers(database: Database, graph: GraphStore, clock: Clock): MessageHandlers {
  return { [fanOutMessageName]: createFanOutHandler(database, graph, clock) };
}

/** Handles a batch of fan-out messages. One query loads the followers for all of them. */
function createFanOutHandler(database: Database, graph: GraphStore, clock: Clock): BatchMessageHandler {
  return {
    parallel: () => Number.POSITIVE_INFINITY,
    size: () => maxFanOutBatch,
    handle: async (deliveries) => {
      const parsed = deliveries.map(({ body }) => purchaseFanOut.safeParse(body));
      const fanOuts = parsed.flatMap(({ data }) => data ?? []);
      const pages = await graph.followers(
        fanOuts.map(({ userId, after }) => ({ userId, after, limit: followersPerPage })),
      );
      const pageByFanOut = new Map(fanOuts.map((fanOut, index) => [fanOut, pages[index] ?? []]));
      return settleEach(parsed, async ({ data: fanOut, error }) => {
        if (error) throw error;
        const page = pageByFanOut.get(fanOut) ?? [];
        if (page.length === 0) return;
        await database.transact((manager, outbox) =>
          notifyFollowerPage(manager, outbox, fanOut, page, clock.now()),
        );
      });
    },
  };
}
