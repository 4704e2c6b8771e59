import type { Clock } from '@souk/shared/clock';
import { usersRegistered } from '@souk/shared/contracts/account';
import { orderRefunded } from '@souk/shared/contracts/social';
import type { Database } from '@souk/shared/db/database';
import type { BatchMessageHandler, MessageHandlers } from '@souk/shared/queue/worker';
import { eachAlone } from '@souk/shared/second-pass';
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

/** Messages that look for followers together: each may bring a whole page of them. */
const maxFanOutBatch = 20;

/** What social hears of account and order, and what it tells itself to do in small pieces. */
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

/** Messages share the look for followers; those of buyers whom nobody follows end with it. */
function createFanOutHandler(database: Database, graph: GraphStore, clock: Clock): BatchMessageHandler {
  return {
    parallel: () => Number.POSITIVE_INFINITY,
    size: () => maxFanOutBatch,
    handle: async (deliveries) => {
      const read = deliveries.map(({ body }) => purchaseFanOut.safeParse(body));
      const news = read.flatMap(({ data }) => data ?? []);
      const pages = await graph.followers(
        news.map(({ userId, after }) => ({ userId, after, limit: followersPerPage })),
      );
      const pageOf = new Map(news.map((one, index) => [one, pages[index] ?? []]));
      return eachAlone(read, async ({ data: one, error }) => {
        if (error) throw error;
        const page = pageOf.get(one) ?? [];
        if (page.length === 0) return;
        await database.transact((manager, outbox) =>
          notifyFollowerPage(manager, outbox, one, page, clock.now()),
        );
      });
    },
  };
}
