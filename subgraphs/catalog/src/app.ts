import { join } from 'node:path';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import { Database } from '@souk/shared/db/database';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { participate } from '@souk/shared/saga/participant';
import { PacedReads } from '@souk/shared/async/paced-reads';
import { everyHour, everyMinute, everyTenMinutes } from '@souk/shared/queue/schedule';
import express from 'express';
import { contextFactory } from './context.js';
import { condenseMovements } from './domain/stock/movement-retention.js';
import { collectImages } from './domain/image/image-collector.js';
import { expireHolds } from './domain/stock/hold-expiry.js';
import { announceStarts } from './domain/offer/start-reminder.js';
import { remindOfHolds } from './domain/reservation/seat-hold-reminder.js';
import { publishRestocks } from './domain/stock/restock.js';
import { removeEndedReservations } from './domain/reservation/reservation-retention.js';
import { FacetEstimates } from './domain/search/facet-estimates.js';
import type { SeatJournal } from './domain/seat/seat-journal.js';
import { readSeatJournal, removeIdleJournals } from './domain/seat/seat-journal.js';
import { countWords, refreshStaleListings } from './domain/search/search-upkeep.js';
import type { CatalogSettings } from './domain/settings.js';
import { currentSettings, settingsOf } from './domain/settings.js';
import { mediaRouter } from './http/media-files.js';
import { uploadRouter } from './http/uploads.js';
import { openMedia } from './media.js';
import type { MediaOptions } from './media-options.js';
import { defaultMedia } from './media-options.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import { commandHandlers } from './workers/commands.js';
import { eventHandlers, retiredEvents, subscribedEvents } from './workers/events.js';
import { createReplicas } from './workers/replicas.js';

/** Settings of catalog; absent ones have defaults. */
export type CatalogOptions = Partial<CatalogSettings>;

const sweepMs = 1_000;
/** Changes of seats within this time are sent together. */
const seatChangesMs = 100;
const searchRowsMs = 5_000;

/** Assembles the catalog subgraph. */
export async function createApp(
  dependencies: SubgraphDependencies,
  own: CatalogOptions = {},
  mediaOptions: MediaOptions = defaultMedia,
): Promise<SubgraphApp> {
  const { clock, log, gatewaySecret } = dependencies;
  const completed = settingsOf(own);
  const settings = (): CatalogSettings => currentSettings(completed, dependencies.settings);
  const changes = dependencies.queues.changes('catalog');
  const database = new Database(dependencies.source, dependencies.sender.send, log, changes.publish);
  const media = openMedia(mediaOptions);
  const { store, renderer, limits } = media;
  const readJournal = (listingId: string): Promise<SeatJournal> => readSeatJournal(database, listingId);
  return assembleSubgraph(dependencies, {
    name: 'catalog',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: contextFactory({
      database,
      clock,
      settings,
      changes,
      media,
      gatewaySecret,
      facetEstimates: new FacetEstimates(),
      seatJournals: new PacedReads(readJournal, 0),
      pacedSeatJournals: new PacedReads(readJournal, seatChangesMs),
    }),
    database,
    settings: dependencies.settings,
    replicas: createReplicas(database, dependencies),
    handlers: {
      command: participate(database, catalogCommands, commandHandlers(database, clock, settings)),
      ...consumeEvents('catalog', database, subscribedEvents, eventHandlers, retiredEvents),
    },
    tasks: [
      { name: 'holds', intervalMs: sweepMs, run: () => expireHolds(database) },
      {
        name: 'stale search rows',
        intervalMs: searchRowsMs,
        run: () => refreshStaleListings(database.reader),
      },
    ],
    schedules: [
      { name: 'search words', cron: everyHour, run: () => countWords(database.reader) },
      {
        name: 'ended reservations',
        cron: everyHour,
        run: () => removeEndedReservations(database.reader, clock.now()),
      },
      {
        name: 'seat journals',
        cron: everyHour,
        run: () => removeIdleJournals(database.reader, clock.now()),
      },
      {
        name: 'old stock movements',
        cron: everyHour,
        run: () => condenseMovements(database.reader, clock.now()),
      },
      { name: 'ending holds', cron: everyMinute, run: () => remindOfHolds(database, clock.now()) },
      { name: 'starts', cron: everyTenMinutes, run: () => announceStarts(database, clock.now()) },
      { name: 'restocked offers', cron: everyMinute, run: () => publishRestocks(database) },
      { name: 'images', cron: everyTenMinutes, run: () => collectImages(database, store) },
    ],
    router: express
      .Router()
      .use(uploadRouter({ database, store, renderer }, limits.maxBytes, log))
      .use(mediaRouter(store, log)),
  });
}
