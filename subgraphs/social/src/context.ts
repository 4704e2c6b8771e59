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
  push: {
    /** Whether messages can be pushed, or land in the development mailbox. */
    isAvailable: boolean;
    /** The key that browsers subscribe with; null without VAPID_PRIVATE_KEY. */
    publicKey: string | null;
    isAllowedAddress: (address: string) => boolean;
  };
  loaders: Loaders;
}
