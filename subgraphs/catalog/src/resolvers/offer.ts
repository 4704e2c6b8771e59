import { graphError } from '@souk/shared/graph/errors';
import { readLimit } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { callerOf } from '@souk/shared/graph/context';
import type { Context } from '../context.js';
import { availabilityStatus, isOnSale } from '../domain/availability.js';
import { createOffer } from '../domain/offer/offer.js';
import { adjustStock, readLowStock } from '../domain/stock/stock.js';
import { availabilityTopic, sellerTopic } from '../domain/topics.js';
import type { OfferEntity } from '../entities/offer.js';
import type { ListingEntity } from '../entities/listing.js';
import type {
  AvailabilityResolvers,
  MutationResolvers,
  OfferResolvers,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers.js';
import { requireOwner, visibleOf } from './visibility.js';
import { runSellerMutation } from './seller-mutation.js';

const maxThreshold = 1_000_000_000;

/** Queries of offers. */
const offerQueries: Required<Pick<QueryResolvers, 'offer' | 'offers' | 'lowStock'>> = {
  offer: async (_parent, { id, upc }, context) => {
    if (((id ?? null) === null) === ((upc ?? null) === null))
      throw graphError('BAD_USER_INPUT', 'offer requires exactly one of id and upc.');
    return typeof id === 'string' ? offerById(context, id) : offerByUpc(context, upc ?? '');
  },
  offers: (_parent, { ids }, context) => Promise.all(ids.map((id) => offerById(context, id))),
  lowStock: async (_parent, { threshold, first }, context) => {
    callerOf(context);
    const limit = readLimit(first, 'first', 50);
    const below = threshold ?? context.settings.lowStockThreshold;
    if (below < 1 || below > maxThreshold)
      throw graphError('BAD_USER_INPUT', `threshold must be between 1 and ${maxThreshold}; it is ${below}.`, {
        argument: 'threshold',
      });
    const seller = await context.seller();
    if (!seller) return [];
    const ids = await readLowStock(context.database.reader, seller, below, limit);
    const offers = await Promise.all(ids.map((id) => context.loaders.offer.load(id)));
    return offers.filter((offer) => offer !== null);
  },
};

/** Mutations of offers. */
const offerMutations: Required<Pick<MutationResolvers, 'createOffer' | 'adjustStock'>> = {
  createOffer: (_parent, { listingId, input }, context) =>
    runSellerMutation(
      context,
      { offer: null, replayed: false },
      (transaction) => createOffer(transaction, listingId, input, context.clock.now()),
      async (id) => ({ offer: await context.loaders.offer.load(id), replayed: false }),
    ),
  adjustStock: (_parent, { input }, context) =>
    runSellerMutation(
      context,
      { offer: null, replayed: false },
      (transaction) => adjustStock(transaction, input),
      async ({ offerId, replayed }) => ({ offer: await context.loaders.offer.load(offerId), replayed }),
    ),
};

/** Offer's fields. */
const offerFields: OfferResolvers = {
  __resolveReference: (reference, context) =>
    'id' in reference ? offerById(context, reference.id) : offerByUpc(context, reference.upc ?? ''),
  id: (offer) => toApiId('offer', offer.id),
  price: (offer) => ({ amount: offer.priceAmount, currency: offer.priceCurrency }),
  listing: (offer, _arguments, context) => listingOf(context, offer),
  availability: async (offer, _arguments, context) => {
    const [listing, stock] = await Promise.all([
      listingOf(context, offer),
      context.loaders.stock.load(offer.id),
    ]);
    context.cacheDependencies?.add(availabilityTopic(listing.id));
    if (listing.partnerId !== null) context.cacheDependencies?.add(sellerTopic(listing.partnerId));
    const status = availabilityStatus(
      isOnSale(offer, listing, context.clock.now()),
      stock.available,
      context.settings.lowStockThreshold,
    );
    return { ...stock, status, partnerId: listing.partnerId };
  },
};

/** Availability's fields; quantities are visible to the seller only. */
const availabilityFields: AvailabilityResolvers = {
  onHand: async ({ onHand, partnerId }, _arguments, context) => {
    await requireOwner(context, partnerId, 'Stock');
    return onHand;
  },
  reserved: async ({ reserved, partnerId }, _arguments, context) => {
    await requireOwner(context, partnerId, 'Stock');
    return reserved;
  },
};

async function offerById(context: Context, apiId: string): Promise<OfferEntity | null> {
  const id = fromApiId('offer', apiId);
  return id === null ? null : visibleOf(context, await context.loaders.offer.load(id));
}

async function offerByUpc(context: Context, upc: string): Promise<OfferEntity | null> {
  return visibleOf(context, await context.loaders.offerByUpc.load(upc));
}

async function listingOf(context: Context, offer: OfferEntity): Promise<ListingEntity> {
  const listing = await context.loaders.listing.load(offer.listingId);
  if (!listing) throw new Error('The listing of an offer does not exist.');
  return listing;
}

/** Resolvers of offers. */
export const offerResolvers: Resolvers = {
  Query: offerQueries,
  Mutation: offerMutations,
  Offer: offerFields,
  Availability: availabilityFields,
};
