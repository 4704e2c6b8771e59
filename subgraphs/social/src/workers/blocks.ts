import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { blockPair, cutBlockedFollows, cutMessageName } from '../domain/follow/block.js';
import type { GraphStore } from '../graph-store/graph-store.js';

/** The handler of messages that end the follows of a block, which was made while the graph store was unavailable. */
export function blockHandlers(database: Database, graph: GraphStore): MessageHandlers {
  return {
    [cutMessageName]: async (body) => {
      const pair = blockPair.parse(body);
      await database.transact((manager, outbox) => cutBlockedFollows(manager, outbox, graph, pair));
    },
  };
}
