import { mergeResolvers } from '@souk/shared/graph/merge-resolvers';
import type { Resolvers } from '../generated/resolvers.js';
import { availabilityResolvers } from './availability.js';
import { categoryResolvers } from './category.js';
import { eventResolvers } from './event.js';
import { imageResolvers } from './image.js';
import { listingResolvers } from './listing.js';
import { liveResolvers } from './live.js';
import { offerResolvers } from './offer.js';
import { partnerResolvers } from './partner.js';
import { seatMapResolvers } from './seat-map.js';
import { seatResolvers } from './seat.js';
import { venueResolvers } from './venue.js';

/** All resolvers of catalog. */
export const resolvers: Resolvers = mergeResolvers(
  availabilityResolvers,
  categoryResolvers,
  eventResolvers,
  imageResolvers,
  listingResolvers,
  liveResolvers,
  offerResolvers,
  partnerResolvers,
  seatMapResolvers,
  seatResolvers,
  venueResolvers,
);
