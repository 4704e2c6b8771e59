import { graphError } from '@souk/shared/graph/errors';
import { openLiveQuery } from '@souk/shared/graph/live-query';
import { fromApiId } from '@souk/shared/ids';
import { availabilityTopic, sellerTopic } from '../domain/topics.js';
import { ListingEntity } from '../entities/listing.js';
import type { Resolvers, SubscriptionResolvers } from '../generated/resolvers.js';
import { openSeatStream } from './seat-stream.js';
import { visible } from './visibility.js';

/** Live availability of listings and seats. */
const subscriptions: Required<SubscriptionResolvers> = {
  availabilityChanged: {
    subscribe: async (_root, { listingId }, context) => {
      const id = fromApiId('listing', listingId);
      const listing = id && (await visible(context, await context.loaders.listing.load(id)));
      if (!listing) throw graphError('FORBIDDEN', 'There is no listing with this id that you can see.');
      const { changes } = context;
      // The stream must not retain the loaders of the first request or their rows.
      const { reader } = context.database;
      const watched = listing.id;
      return openLiveQuery({
        changes,
        topics: [
          availabilityTopic(watched),
          ...(listing.partnerId === null ? [] : [sellerTopic(listing.partnerId)]),
        ],
        initialSnapshot: false,
        read: async () => {
          const now = await reader.findOneBy(ListingEntity, { id: watched });
          return now ? { states: [now] } : { states: [], isLast: true };
        },
      });
    },
    resolve: (listing: ListingEntity) => listing,
  },
  seatsChanged: {
    subscribe: async (_root, { eventId, after }, context) => {
      const id = fromApiId('listing', eventId);
      const listing = id && (await visible(context, await context.loaders.listing.load(id)));
      if (!listing || listing.kind !== 'EVENT')
        throw graphError('FORBIDDEN', 'There is no event with this id that you can see.');
      const { changes, pacedSeatJournals, database, clock } = context;
      return openSeatStream(
        { changes, pacedSeatJournals, reader: database.reader, clock },
        listing.id,
        after ?? null,
      );
    },
  },
};

/** Resolvers of subscriptions. */
export const liveResolvers: Resolvers = { Subscription: subscriptions };
