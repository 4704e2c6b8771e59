import { graphError } from '@souk/shared/graph/errors';
import { fromApiId } from '@souk/shared/ids';
import { readListPage } from '@souk/shared/graph/list-pages';
import { maxSeats } from '../domain/venue/venue.js';
import { VenueEntity } from '../entities/venue.js';
import type { EventResolvers, Resolvers } from '../generated/resolvers.js';
import { seatMapFields } from './seat-map.js';

const maxAdjacent = 100;
const seatsSize = { byDefault: maxSeats, max: maxSeats };

/** Time of a draft without one. */
const unknownTime = new Date(0);

/** Venue of a draft without one; the schema declares the field as non-null. */
const nowhere: VenueEntity = Object.assign(new VenueEntity(), {
  id: '00000000-0000-0000-0000-000000000000',
  name: '',
  address: '',
  city: '',
  countryCode: '',
  latitude: null,
  longitude: null,
  timeZone: null,
  capacity: 0,
  sections: [],
  partnerId: null,
});

/** Event's own fields. */
const eventFields: Required<
  Pick<EventResolvers, 'venue' | 'startsAt' | 'endsAt' | 'seats' | 'bestAvailable' | 'seatMap' | 'seatStates'>
> = {
  venue: async (listing, _arguments, context) =>
    (listing.venueId === null ? null : await context.loaders.venue.load(listing.venueId)) ?? nowhere,
  startsAt: (listing) => listing.startsAt ?? unknownTime,
  endsAt: (listing) => listing.endsAt ?? unknownTime,
  seats: (listing, { status, section, first, after }, context) => {
    const page = readListPage({ first, after }, seatsSize, 'seat');
    return context.loaders.seatsOf.load({
      listingId: listing.id,
      status: status ?? null,
      section: section ?? null,
      ...page,
    });
  },
  ...seatMapFields,
  bestAvailable: (listing, { quantity, offerId }, context) => {
    if (quantity < 1 || quantity > maxAdjacent)
      throw graphError(
        'BAD_USER_INPUT',
        `quantity must be between 1 and ${maxAdjacent}; it is ${quantity}.`,
        {
          argument: 'quantity',
        },
      );
    const offer = typeof offerId === 'string' ? fromApiId('offer', offerId) : null;
    if (typeof offerId === 'string' && offer === null) return [];
    return context.loaders.bestSeats.load({ listingId: listing.id, quantity, offerId: offer });
  },
};

/** Resolvers of events. */
export const eventResolvers: Resolvers = { Event: eventFields };
