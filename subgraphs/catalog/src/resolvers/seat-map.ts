import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { revisionOf } from '../domain/seat/seat-changes.js';
import { contentTopic } from '../domain/topics.js';
import type { ListingEntity } from '../entities/listing.js';
import type { EventResolvers, QueryResolvers, Resolvers, ResolversTypes } from '../generated/resolvers.js';
import { readSeatMap } from '../domain/seat/seat-map.js';
import { visible } from './visibility.js';

/** Event's map of seats and their states. */
export const seatMapFields: Required<Pick<EventResolvers, 'seatMap' | 'seatStates'>> = {
  seatMap: (listing, { revision }, context) => seatMapOf(context, listing, revision ?? null),
  seatStates: async (listing, _arguments, context) => {
    const journal = await context.seatJournals.next(listing.id);
    return {
      revision: revisionOf(journal),
      mapRevision: journal.mapRevision,
      states: journal.states.toString('base64'),
    };
  },
};

const seatMapQuery: Required<Pick<QueryResolvers, 'seatMap'>> = {
  seatMap: async (_root, { eventId, revision }, context) => {
    const id = fromApiId('listing', eventId);
    const listing = id && (await visible(context, await context.loaders.listing.load(id)));
    return listing && listing.kind === 'EVENT' ? seatMapOf(context, listing, revision ?? null) : null;
  },
};

async function seatMapOf(
  context: Context,
  listing: ListingEntity,
  expected: number | null,
): Promise<ResolversTypes['SeatMap']> {
  const { revision, sections, rows, seats } = await readSeatMap(context.database.reader, listing.id);
  context.cacheDependencies?.add(contentTopic(listing.id));
  // Otherwise a caller could fill caches with copies of the map under any number.
  if (expected !== null && expected !== revision) context.cacheDependencies?.markPrivate();
  return {
    revision,
    sections: { ...sections, offerIds: sections.offerIds.map((id) => toApiId('offer', id)) },
    rows,
    seats: { ...seats, ids: seats.ids.map((id) => toApiId('seat', id)) },
  };
}

/** Resolvers of seat maps. */
export const seatMapResolvers: Resolvers = { Query: seatMapQuery };
