import type { Clock } from '@souk/shared/clock';
import { usersRegistered } from '@souk/shared/contracts/account';
import { orderRefunded } from '@souk/shared/contracts/social';
import type { Database } from '@souk/shared/db/database';
import type { BatchMessageHandler, MessageHandlers } from '@souk/shared/queue/message-worker';
import { settleEach } from '@souk/shared/async/batch-with-fallback';
import {
  purchaseFanOut,
  followersPerPage,
  fanOutMessageName,
  notifyFollowerPage,
} from '../domain/purchase-fan-out.js';
import { addUsers } from '../domain/user-projection.js';
import { orderRefunded as refundedText } from '../domain/notification-texts.js';
import { notify } from '../domain/notification.js';
import type { GraphStore } from '../graph-store/graph-store.js';

/** Fan-out messages handled together. Each may load a whole page of followers. */
const maxFanOutBatch = 20;

/** Handlers of events from account and order, and of social's own fan-out messages. */
export function eventHandlers(database: Database, graph: GraphStore, clock: Clock): MessageHandlers {
  return {
    usersRegistered: async (body) => {
      const { userIds } = usersRegistered.parse(body);
      await database.transact((manager) => addUsers(manager, userIds));
    },
    orderRefunded: async (body) => {
      const { userId, orderId, orderNumber: number, refunded, position } = orderRefunded.parse(body);
      const text = refundedText({ id: orderId, number, refunded });
      const dedupeKey = `${orderId}/${position}`;
      await database.transact((manager) =>
        notify(manager, [{ userId, text, actorId: null, dedupeKey }], clock.now()),
      );
    },
    [fanOutMessageName]: createFanOutHandler(database, graph, clock),
  };
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
