import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { GraphStore } from './graph-store/port.js';
import type { Loaders } from './loaders.js';

/** What social's resolvers work with. */
export interface Context extends RequestContext {
  database: Database;
  graph: GraphStore;
  clock: Clock;
  loaders: Loaders;
}
