import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { Signals } from '@souk/shared/queue/signals';
import type { GraphStore } from './graph-store/graph-store.js';
import type { Loaders } from './loaders.js';

/** What social's resolvers work with. */
export interface Context extends RequestContext {
  database: Database;
  graph: GraphStore;
  /** What changes at social, in all of its processes. */
  signals: Signals;
  clock: Clock;
  loaders: Loaders;
}
