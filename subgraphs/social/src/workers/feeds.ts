import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { activityFanOut, fanOutActivitiesName } from '../domain/feed/activity.js';
import { fanOut, feedFill, fillFeed, fillFeedName } from '../domain/feed/activity-fan-out.js';
import type { GraphStore } from '../graph-store/graph-store.js';

/** Actors whose followers are read together: a thousand each at most. */
const maxFanOutBatch = 10;

/** The handlers of messages that put activities into feeds. */
export function feedHandlers(database: Database, graph: GraphStore): MessageHandlers {
  return {
    [fanOutActivitiesName]: {
      parallel: () => 2,
      size: () => maxFanOutBatch,
      handle: async (deliveries) => {
        const read = deliveries.map(({ body }) => activityFanOut.safeParse(body));
        await fanOut(
          database,
          graph,
          read.flatMap(({ data }) => data?.actorId ?? []),
        );
        return read.map(({ error }) => error ?? null);
      },
    },
    [fillFeedName]: async (body) => {
      const fill = feedFill.parse(body);
      await database.transact((manager) => fillFeed(manager, fill));
    },
  };
}
