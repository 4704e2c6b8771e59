import type { PacedReads } from '@souk/shared/async/paced-reads';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import { causeOf } from '@souk/shared/graph/context';
import { networkDigest } from '@souk/shared/network-digest';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import type { Seller } from './domain/permissions.js';
import { readSeller } from './domain/permissions.js';
import type { FacetEstimates } from './domain/search/facet-estimates.js';
import type { SeatJournal } from './domain/seat/seat-journal.js';
import type { CatalogSettings } from './domain/settings.js';
import type { Loaders } from './loaders.js';
import { createLoaders } from './loaders.js';
import type { Media } from './media.js';

/** Context of catalog's resolvers. */
export interface Context extends RequestContext {
  database: Database;
  clock: Clock;
  settings: CatalogSettings;
  media: Media;
  /** Digest of the caller's network; null if the address is not known. */
  clientNetwork: string | null;
  /** Change notifications of all catalog processes. */
  changes: ChangeNotifications;
  /** Facet counts of long lists, for a few seconds. */
  facetEstimates: FacetEstimates;
  /** Reads of seat states by listing, for queries. */
  seatJournals: PacedReads<SeatJournal>;
  /** Reads of seat states by listing, for streams: changes within a short time are read together. */
  pacedSeatJournals: PacedReads<SeatJournal>;
  loaders: Loaders;
  /** The calling seller, or null. Loaded at most once per request. */
  seller: () => Promise<Seller | null>;
}

/** Creates the factory of request contexts. */
export function contextFactory(
  parts: Pick<
    Context,
    'database' | 'clock' | 'changes' | 'media' | 'facetEstimates' | 'seatJournals' | 'pacedSeatJournals'
  > & {
    settings: () => CatalogSettings;
    gatewaySecret: string | null;
  },
): (request: RequestContext) => Context {
  const { gatewaySecret, ...shared } = parts;
  return (request) => {
    const database = parts.database.within(request.work.cancellation, causeOf(request));
    let seller: Promise<Seller | null> | null = null;
    return {
      ...request,
      ...shared,
      settings: parts.settings(),
      database,
      clientNetwork: networkDigest(request.clientAddress, gatewaySecret),
      loaders: createLoaders(database.reader, request.cacheDependencies),
      seller: () => (seller ??= readSeller(database.reader, request.identity)),
    };
  };
}

/** Replaces the loaders after a write, so that the rest of the request reads the new state. */
export function forgetReads(context: Context): void {
  context.loaders = createLoaders(context.database.reader, context.cacheDependencies);
}
