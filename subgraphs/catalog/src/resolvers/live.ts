import { graphError } from '@souk/shared/graph/errors';
import { openLiveQuery } from '@souk/shared/graph/live-query';
import { fromApiId } from '@souk/shared/ids';
import { availabilityTopic } from '../domain/topics.js';
import { ListingEntity } from '../entities/listing.js';
import type { SubscriptionResolvers } from '../generated/resolvers.js';
import { visible } from './visibility.js';

/** Listings while their offers and seats are bought. */
export const liveResolvers: Required<SubscriptionResolvers> = {
  availabilityChanged: {
    subscribe: async (_root, { listingId }, context) => {
      const id = fromApiId('listing', listingId);
      const listing = id && (await visible(context, await context.loaders.listing.load(id)));
      if (!listing) throw graphError('FORBIDDEN', 'There is no listing with this id for you to see.');
      const { changes } = context;
      // Neither the loaders of the start nor what they loaded are kept for as long as the stream is open.
      const { reader } = context.database;
      const watched = listing.id;
      return openLiveQuery({
        changes,
        topics: [availabilityTopic(watched)],
        initialSnapshot: false,
        read: async () => {
          const now = await reader.findOneBy(ListingEntity, { id: watched });
          return now ? { states: [now] } : { states: [], isLast: true };
        },
      });
    },
    resolve: (listing: ListingEntity) => listing,
  },
};
