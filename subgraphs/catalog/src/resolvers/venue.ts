import { readListPage } from '@souk/shared/graph/list-pages';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { createVenue, readVenues, updateVenue } from '../domain/venue/venue.js';
import { venuesTopic } from '../domain/topics.js';
import type { MutationResolvers, QueryResolvers, Resolvers, VenueResolvers } from '../generated/resolvers.js';
import { runSellerMutation } from './seller-mutation.js';

/** Maximum number of venues in a page. */
export const venuesSize = { byDefault: 500, max: 500 };

/** Queries of venues. */
const venueQueries: Required<Pick<QueryResolvers, 'venue' | 'venues'>> = {
  venue: (_parent, { id }, context) => {
    const uuid = fromApiId('venue', id);
    return uuid === null ? null : context.loaders.venue.load(uuid);
  },
  venues: (_parent, { city, first, after }, context) => {
    context.cacheDependencies?.add(venuesTopic);
    const page = readListPage({ first, after }, venuesSize, 'venue');
    return readVenues(context.database.reader, city?.trim() ?? null, page);
  },
};

/** Mutations of venues. */
const venueMutations: Required<Pick<MutationResolvers, 'createVenue' | 'updateVenue'>> = {
  createVenue: (_parent, { input }, context) =>
    runSellerMutation(
      context,
      { venue: null },
      (transaction) => createVenue(transaction, input),
      async (id) => ({ venue: await context.loaders.venue.load(id) }),
    ),
  updateVenue: (_parent, { id: venueId, input }, context) =>
    runSellerMutation(
      context,
      { venue: null },
      (transaction) => updateVenue(transaction, venueId, input),
      async (id) => ({ venue: await context.loaders.venue.load(id) }),
    ),
};

/** Venue's fields. */
const venueFields: VenueResolvers = {
  __resolveReference: ({ id }, context) => {
    const uuid = fromApiId('venue', id);
    return uuid === null ? null : context.loaders.venue.load(uuid);
  },
  id: (venue) => toApiId('venue', venue.id),
  partner: (venue) => (venue.partnerId === null ? null : { id: venue.partnerId }),
};

/** Resolvers of venues. */
export const venueResolvers: Resolvers = {
  Query: venueQueries,
  Mutation: venueMutations,
  Venue: venueFields,
};
