import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import type { Seller } from './domain/permissions.js';
import { readSeller } from './domain/permissions.js';
import type { CatalogSettings } from './domain/settings.js';
import type { Loaders } from './loaders.js';
import { createLoaders } from './loaders.js';

/** What catalog's resolvers know. */
export interface Context extends RequestContext {
  database: Database;
  clock: Clock;
  settings: CatalogSettings;
  /** What changes at catalog, in all of its processes. */
  changes: ChangeNotifications;
  loaders: Loaders;
  /** The seller who asks, or null; read once for each request. */
  seller: () => Promise<Seller | null>;
}

/** Makes contexts. */
export function contextFactory(
  parts: Pick<Context, 'database' | 'clock' | 'settings' | 'changes'>,
): (request: RequestContext) => Context {
  return (request) => {
    const database = parts.database.within(request.work.cancellation);
    let seller: Promise<Seller | null> | null = null;
    return {
      ...request,
      ...parts,
      database,
      loaders: createLoaders(database.reader, request.cacheDependencies),
      seller: () => (seller ??= readSeller(database.reader, request.identity)),
    };
  };
}

/** Forgets what was read: after a write, the rest of the request sees what was written. */
export function forgetReads(context: Context): void {
  context.loaders = createLoaders(context.database.reader, context.cacheDependencies);
}
