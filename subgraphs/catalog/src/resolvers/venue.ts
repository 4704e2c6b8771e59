import { fromApiId, toApiId } from '@souk/shared/ids';
import { isAskable } from '../domain/input-check.js';
import { ownerOf } from '../domain/rights.js';
import { createVenue } from '../domain/venue.js';
import { venuesTopic } from '../domain/watch.js';
import { VenueEntity } from '../entities/venue.js';
import type { MutationResolvers, QueryResolvers, VenueResolvers } from '../generated/resolvers.js';
import { sellerWrites } from './write.js';

const maxVenues = 500;

/** Reading venues. */
export const venueQueries: Required<Pick<QueryResolvers, 'venue' | 'venues'>> = {
  venue: (_parent, { id }, context) => {
    const uuid = fromApiId('venue', id);
    return uuid === null ? null : context.loaders.venue.load(uuid);
  },
  venues: (_parent, { city }, context) => {
    context.reads?.note(venuesTopic);
    const query = context.database.reader
      .createQueryBuilder(VenueEntity, 'v')
      .orderBy('v.name')
      .addOrderBy('v.id')
      .limit(maxVenues);
    if (typeof city === 'string') {
      if (!isAskable(city)) return [];
      query.where('lower(v.city) = lower(:city)', { city: city.trim() });
    }
    return query.getMany();
  },
};

/** Writing venues. */
export const venueMutations: Required<Pick<MutationResolvers, 'createVenue'>> = {
  createVenue: (_parent, { input }, context) =>
    sellerWrites(
      context,
      { venue: null },
      (manager, seller) => createVenue(manager, ownerOf(seller), input),
      async (id) => ({ venue: await context.loaders.venue.load(id) }),
    ),
};

/** Venue's fields. */
export const venueFields: VenueResolvers = {
  __resolveReference: ({ id }, context) => {
    const uuid = fromApiId('venue', id);
    return uuid === null ? null : context.loaders.venue.load(uuid);
  },
  id: (venue) => toApiId('venue', venue.id),
  partner: (venue) => (venue.partnerId === null ? null : { id: venue.partnerId }),
};
