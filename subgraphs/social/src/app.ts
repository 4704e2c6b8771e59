import { join } from 'node:path';
import { socialCommands } from '@souk/shared/contracts/social';
import { Database } from '@souk/shared/db/database';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { causeOf } from '@souk/shared/graph/context';
import { participate } from '@souk/shared/saga/participant';
import type { Context } from './context.js';
import { purgeNotifications } from './domain/notification.js';
import type { GraphStore } from './graph-store/graph-store.js';
import { PostgresGraphStore } from './graph-store/postgres.js';
import { createLoaders } from './loaders.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import { commandHandlers } from './workers/commands.js';
import { eventHandlers, fanOutHandlers, retiredEvents, subscribedEvents } from './workers/events.js';
import { createReplicas } from './workers/replicas.js';

/** Options of social beyond those of every subgraph. */
export interface SocialOptions {
  /** The store of follows; null: social's own database. The caller closes it after the app. */
  graphStore: GraphStore | null;
}

const purgeMs = 60_000;

/** Creates the social subgraph. */
export function createApp(
  dependencies: SubgraphDependencies,
  { graphStore }: SocialOptions,
): Promise<SubgraphApp> {
  const { clock } = dependencies;
  const signals = dependencies.queues.changes('social');
  const database = new Database(
    dependencies.source,
    dependencies.sender.send,
    dependencies.log,
    signals.publish,
  );
  const graphOf = ({ reader }: Database): GraphStore => graphStore ?? new PostgresGraphStore(reader);
  return assembleSubgraph<Context>(dependencies, {
    name: 'social',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: (request) => {
      const own = database.within(request.work.cancellation, causeOf(request));
      const graph = graphOf(own);
      return {
        ...request,
        database: own,
        graph,
        signals,
        clock,
        loaders: createLoaders(
          own.reader,
          graph,
          request.identity?.userId ?? null,
          request.cacheDependencies,
        ),
      };
    },
    database,
    replicas: createReplicas(database, dependencies),
    tasks: [
      {
        name: 'notifications',
        intervalMs: purgeMs,
        run: () => purgeNotifications(database.reader, clock.now()),
      },
    ],
    handlers: {
      command: participate(database, socialCommands, commandHandlers(clock)),
      ...consumeEvents('social', database, subscribedEvents, eventHandlers(clock), retiredEvents),
      ...fanOutHandlers(database, graphOf(database), clock),
    },
  });
}
