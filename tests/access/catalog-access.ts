import type { AccessObjects } from './access-objects.js';
import type { AccessRow, AccessTable, Expected } from './access-row.js';
import {
  except,
  everybody,
  field,
  holders,
  operation,
  owner,
  seller,
  sellers,
  signedIn,
  stream,
} from './access-row.js';
import type { ListingKind } from './catalog-objects.js';
import {
  category,
  changeStock,
  draft,
  freeSeat,
  hall,
  heldSeat,
  listingInput,
  offerInput,
  unsold,
  venue,
  venueInput,
} from './catalog-objects.js';

type Variables = Record<string, unknown>;

/** Its seller and catalog:manage see a listing that is not on sale. */
const readersOfDrafts = except(seller('null', ['catalog:manage']), { anonymous: 'null' });
const subscribersOfDrafts = except(seller('FORBIDDEN', ['catalog:manage']), { anonymous: 'FORBIDDEN' });

const idOfDraft = async (o: AccessObjects): Promise<Variables> => ({
  id: (await draft(o, 'Product')).listingId,
});
const idOfUnsold = async (o: AccessObjects): Promise<Variables> => ({ id: (await unsold(o)).listingId });
const idOfOffer = async (o: AccessObjects): Promise<Variables> => ({ id: (await o.offer()).offerId });

function creation(): AccessRow {
  return operation(sellers(), () => ({ input: listingInput() }));
}

function update(kind: ListingKind): AccessRow {
  return operation(sellers('NOT_FOUND'), async (o) => ({
    id: (await draft(o, kind)).listingId,
    input: { listing: { summary: 'A test.' } },
  }));
}

/** Figures that only the seller of a public offer sees. */
function figure(from: string, expected: Expected = sellers('FORBIDDEN')): AccessRow {
  return field(from, expected, idOfOffer);
}

/** The access to catalog's operations and private fields. */
export const catalogAccess: AccessTable = {
  'Query.listings': operation(everybody()),
  'Query.listing': operation(everybody(), async (o) => ({ id: (await o.offer()).listingId })),
  'Query.listing (a draft)': operation(readersOfDrafts, idOfDraft),
  'Query.suggestListings': operation(everybody(), () => ({ prefix: 'a' })),
  'Query.offer': operation(everybody(), idOfOffer),
  'Query.offer (of a draft)': operation(readersOfDrafts, async (o) => ({
    id: (await draft(o, 'Product')).offerId,
  })),
  'Query.offers': operation(everybody(), async (o) => ({ ids: [(await o.offer()).offerId] })),
  'Query.seatMap': operation(everybody(), async (o) => ({ eventId: (await hall(o)).listingId })),
  'Query.seatMap (of a draft)': operation(readersOfDrafts, async (o) => ({
    eventId: (await draft(o, 'Event')).listingId,
  })),
  'Query.category': operation(everybody(), async (o) => ({ id: await category(o) })),
  'Query.categories': operation(everybody()),
  'Query.venue': operation(everybody(), async (o) => ({ id: await venue(o) })),
  'Query.venues': operation(everybody()),
  'Query.lowStock': operation(sellers()),

  'Subscription.availabilityChanged': stream(
    everybody(),
    async (o) => changeStock(o, (await unsold(o)).offerId),
    async (o) => ({ listingId: (await unsold(o)).listingId }),
  ),
  'Subscription.availabilityChanged (of a draft)': stream(
    subscribersOfDrafts,
    async (o) => changeStock(o, (await draft(o, 'Product')).offerId),
    async (o) => ({ listingId: (await draft(o, 'Product')).listingId }),
  ),
  'Subscription.seatsChanged': operation(everybody(), async (o) => ({
    eventId: (await hall(o)).listingId,
    after: '0',
  })),
  'Subscription.seatsChanged (of a draft)': operation(subscribersOfDrafts, async (o) => ({
    eventId: (await draft(o, 'Event')).listingId,
    after: '0',
  })),

  'Listing.status': field('listing(id: $id)', readersOfDrafts, idOfDraft),
  'Availability.onHand': field('offer(id: $id) > availability', sellers('FORBIDDEN'), async (o) => ({
    id: (await unsold(o)).offerId,
  })),
  'Availability.reserved': field('offer(id: $id) > availability', sellers('FORBIDDEN'), async (o) => ({
    id: (await unsold(o)).offerId,
  })),
  'Offer.priceHistory': figure('offer(id: $id)'),
  'Offer.stockMovements': figure('offer(id: $id)'),

  'Mutation.createProduct': creation(),
  'Mutation.updateProduct': update('Product'),
  "Mutation.updateProduct (a published one's)": operation(sellers('NOT_OWNER'), async (o) => ({
    id: (await o.goods()).listingId,
    input: { listing: { summary: 'A test.' } },
  })),
  'Mutation.createTour': creation(),
  'Mutation.updateTour': update('Tour'),
  'Mutation.createApp': creation(),
  'Mutation.updateApp': update('App'),
  'Mutation.createEvent': creation(),
  'Mutation.updateEvent': update('Event'),
  'Mutation.publishListing': operation(sellers('NOT_OWNER'), idOfUnsold),
  'Mutation.archiveListing': operation(sellers('NOT_OWNER'), idOfUnsold),
  'Mutation.deleteListing': operation(sellers('NOT_FOUND'), idOfDraft),
  'Mutation.createImageUpload': operation(sellers()),
  'Mutation.createOffer': operation(sellers('NOT_FOUND'), async (o) => ({
    listingId: (await draft(o, 'Product')).listingId,
    input: offerInput(),
  })),
  'Mutation.updateOffer': operation(sellers('NOT_OWNER'), async (o) => ({
    id: (await unsold(o)).offerId,
    input: { title: 'A test' },
  })),
  'Mutation.adjustStock': operation(sellers('NOT_OWNER'), async (o) => ({
    input: {
      offerId: (await unsold(o)).offerId,
      delta: 1,
      reason: 'A test.',
      idempotencyKey: crypto.randomUUID(),
    },
  })),
  'Mutation.createVenue': operation(sellers(), () => ({ input: venueInput })),
  'Mutation.updateVenue': operation(sellers('NOT_OWNER'), async (o) => ({
    id: await venue(o),
    input: venueInput,
  })),
  'Mutation.createCategory': operation(holders(['catalog:manage']), () => ({
    name: `Things ${crypto.randomUUID().slice(0, 8)}`,
  })),
  'Mutation.updateCategory': operation(holders(['catalog:manage']), async (o) => ({
    id: await category(o),
    name: `Things ${crypto.randomUUID().slice(0, 8)}`,
  })),
  'Mutation.deleteCategory': operation(holders(['catalog:manage']), async (o) => ({
    id: await category(o),
  })),
  'Mutation.holdSeats': operation(signedIn(), async (o) => ({ seatIds: [await freeSeat(o)] })),
  'Mutation.releaseSeats': operation(owner('NOT_OWNER'), async (o) => ({ seatIds: [await heldSeat(o)] })),
  'Mutation.blockSeats': operation(sellers('NOT_OWNER'), async (o) => ({
    seatIds: [await freeSeat(o)],
    blocked: true,
  })),
};
