import type { Resolvers } from '../generated/resolvers.js';
import { categoryFields, categoryMutations, categoryQueries } from './category.js';
import { eventFields } from './event.js';
import { listingMutations, listingQueries, listingTypes } from './listing.js';
import { liveResolvers } from './live.js';
import { availabilityFields, offerFields, offerMutations, offerQueries } from './offer.js';
import { partnerFields } from './partner.js';
import { seatFields, seatMutations } from './seat.js';
import { venueFields, venueMutations, venueQueries } from './venue.js';

/** All resolvers of catalog. */
export const resolvers: Resolvers = {
  Query: { ...listingQueries, ...offerQueries, ...categoryQueries, ...venueQueries },
  Mutation: {
    ...listingMutations,
    ...offerMutations,
    ...seatMutations,
    ...categoryMutations,
    ...venueMutations,
  },
  Subscription: liveResolvers,
  ...listingTypes,
  Event: { ...listingTypes.Event, ...eventFields },
  Offer: offerFields,
  Availability: availabilityFields,
  EventSeat: seatFields,
  Category: categoryFields,
  Venue: venueFields,
  Partner: partnerFields,
};
