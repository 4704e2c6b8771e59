import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import type { GraphStore } from './graph-store/graph-store.js';
import type { Loaders } from './loaders.js';

/** The context of social's resolvers. */
export interface Context extends RequestContext {
  database: Database;
  graph: GraphStore;
  /** Change notifications from all processes of social. */
  signals: ChangeNotifications;
  clock: Clock;
  /** Origin at which people reach Souk. */
  publicUrl: string;
  loaders: Loaders;
}
