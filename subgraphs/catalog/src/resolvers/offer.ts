import { graphError } from '@souk/shared/graph/errors';
import { unknownItem } from '@souk/shared/graph/list-pages';
import type { Connection, PageArguments } from '@souk/shared/graph/pagination';
import { isIdCursor, readLimit, readPage, toConnection } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { callerOf } from '@souk/shared/graph/context';
import type { Context } from '../context.js';
import type { HistoryLoaders } from '../loaders.js';
import { createOffer } from '../domain/offer/offer.js';
import type { HistoryRow } from '../domain/offer/offer-history.js';
import { updateOffer } from '../domain/offer/offer-update.js';
import type { LowStockPage } from '../domain/stock/stock.js';
import { adjustStock, readLowStock } from '../domain/stock/stock.js';
import type { OfferEntity } from '../entities/offer.js';
import type { ListingEntity } from '../entities/listing.js';
import type {
  MutationResolvers,
  OfferPriceResolvers,
  OfferResolvers,
  QueryResolvers,
  Resolvers,
  StockMovementResolvers,
} from '../generated/resolvers.js';
import { availabilityOf } from './availability.js';
import { referencedOf, requireOwner, visibleOf } from './visibility.js';
import { runSellerMutation } from './seller-mutation.js';

const maxUnits = 1_000_000_000;

/** Queries of offers. */
const offerQueries: Required<Pick<QueryResolvers, 'offer' | 'offers' | 'lowStock'>> = {
  offer: async (_parent, { id, upc }, context) => {
    if (((id ?? null) === null) === ((upc ?? null) === null))
      throw graphError('BAD_USER_INPUT', 'offer requires exactly one of id and upc.');
    return typeof id === 'string' ? offerById(context, id) : offerByUpc(context, upc ?? '');
  },
  offers: (_parent, { ids }, context) => Promise.all(ids.map((id) => offerById(context, id))),
  lowStock: async (_parent, { threshold, first, after, afterAvailable }, context) => {
    callerOf(context);
    const page = {
      limit: readLimit(first, 'first', 50),
      threshold: readUnits(threshold ?? context.settings.lowStockThreshold, 'threshold', 1),
      after: await readPlace(context, after ?? null, afterAvailable ?? null),
    };
    const seller = await context.seller();
    if (!seller) return [];
    const ids = await readLowStock(context.database.reader, seller, page);
    const offers = await Promise.all(ids.map((id) => context.loaders.offer.load(id)));
    return offers.filter((offer) => offer !== null);
  },
};

function readUnits(units: number, argument: string, min: number): number {
  if (units >= min && units <= maxUnits) return units;
  throw graphError('BAD_USER_INPUT', `${argument} must be between ${min} and ${maxUnits}; it is ${units}.`, {
    argument,
  });
}

/** Where a page of scarce offers begins. @throws GraphQLError BAD_USER_INPUT for an offer without free units */
async function readPlace(
  context: Context,
  after: string | null,
  afterAvailable: number | null,
): Promise<LowStockPage['after']> {
  if (after === null) {
    if (afterAvailable === null) return null;
    throw graphError('BAD_USER_INPUT', 'afterAvailable requires after.', { argument: 'afterAvailable' });
  }
  const id = fromApiId('offer', after);
  if (id === null) throw unknownItem();
  if (afterAvailable !== null) return { id, available: readUnits(afterAvailable, 'afterAvailable', 0) };
  const offer = await context.loaders.offer.load(id);
  const { available } = await context.loaders.stock.load(id);
  if (!offer || available === null) throw unknownItem();
  return { id, available };
}

/** Mutations of offers. */
const offerMutations: Required<Pick<MutationResolvers, 'createOffer' | 'updateOffer' | 'adjustStock'>> = {
  createOffer: (_parent, { listingId, input }, context) =>
    runSellerMutation(
      context,
      { offer: null, replayed: false },
      (transaction) => createOffer(transaction, listingId, input, context.clock.now()),
      async (id) => ({ offer: await context.loaders.offer.load(id), replayed: false }),
    ),
  updateOffer: (_parent, change, context) =>
    runSellerMutation(
      context,
      { offer: null, replayed: false },
      (transaction) => updateOffer(transaction, change, context.clock.now()),
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
    'id' in reference
      ? offerById(context, reference.id, referencedOf)
      : offerByUpc(context, reference.upc ?? ''),
  id: (offer) => toApiId('offer', offer.id),
  price: (offer) => ({ amount: offer.priceAmount, currency: offer.priceCurrency }),
  listing: (offer, _arguments, context) => listingOf(context, offer),
  compareAtPrice: ({ compareAtAmount: amount, priceCurrency: currency }) =>
    amount === null ? null : { amount, currency },
  priceHistory: async (offer, arguments_, context) => {
    await requireOwner(context, (await listingOf(context, offer)).partnerId, 'The history of prices');
    return readHistory(offer, arguments_, context.loaders.prices);
  },
  stockMovements: async (offer, arguments_, context) => {
    await requireOwner(context, (await listingOf(context, offer)).partnerId, 'The ledger of stock');
    return readHistory(offer, arguments_, context.loaders.movements);
  },
  availability: async (offer, _arguments, context) =>
    availabilityOf(context, await listingOf(context, offer), [offer]),
};

/** Reads a page of an offer's history for its owner. */
async function readHistory<Row extends HistoryRow>(
  { id }: OfferEntity,
  arguments_: PageArguments,
  { rows, count }: HistoryLoaders<Row>,
): Promise<Connection<Row>> {
  const page = readPage(arguments_, isIdCursor);
  return toConnection(
    page,
    await rows.load({ offerId: id, limit: page.limit, after: page.cursor }),
    { cursor: (row) => row.id, node: (row) => row },
    () => count.load(id),
  );
}

/** OfferPrice's fields. */
const priceFields: OfferPriceResolvers = {
  price: ({ amount, currency }) => ({ amount, currency }),
  compareAtPrice: ({ compareAtAmount: amount, currency }) => (amount === null ? null : { amount, currency }),
};

async function offerById(
  context: Context,
  apiId: string,
  permitted: typeof visibleOf<OfferEntity> = visibleOf,
): Promise<OfferEntity | null> {
  const id = fromApiId('offer', apiId);
  return id === null ? null : permitted(context, await context.loaders.offer.load(id));
}

async function offerByUpc(context: Context, upc: string): Promise<OfferEntity | null> {
  return visibleOf(context, await context.loaders.offerByUpc.load(upc));
}

async function listingOf(context: Context, offer: OfferEntity): Promise<ListingEntity> {
  const listing = await context.loaders.listing.load(offer.listingId);
  if (!listing) throw new Error('The listing of an offer does not exist.');
  return listing;
}

/** StockMovement's fields. */
const movementFields: StockMovementResolvers = {
  checkoutId: ({ sagaId }) => (sagaId === null ? null : toApiId('checkout', sagaId)),
};

/** Resolvers of offers. */
export const offerResolvers: Resolvers = {
  Query: offerQueries,
  Mutation: offerMutations,
  Offer: offerFields,
  OfferPrice: priceFields,
  StockMovement: movementFields,
};
