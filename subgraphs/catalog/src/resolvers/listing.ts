import { exactCount } from '@souk/shared/db/row-count';
import { graphError } from '@souk/shared/graph/errors';
import { readLimit, readPage, toConnection } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { archiveListing, createListing, publishListing } from '../domain/listing/listing.js';
import { deleteListing } from '../domain/listing/listing-deletion.js';
import type { ListingInput } from '../domain/listing/listing-input.js';
import { statusOf } from '../domain/listing/listing-status.js';
import type { ListingUpdate } from '../domain/listing/listing-update.js';
import { updateListing } from '../domain/listing/listing-update.js';
import type { ListingCursor } from '../domain/search/listing-order.js';
import { effectiveSort, isListingCursor } from '../domain/search/listing-order.js';
import { countListings, findListings } from '../domain/search/listing-search.js';
import { suggest } from '../domain/search/suggestions.js';
import type { SellerTransaction } from '../domain/seller-transaction.js';
import { anyContentTopic, ratingsTopic } from '../domain/topics.js';
import type { Kind, ListingEntity } from '../entities/listing.js';
import type {
  MutationResolvers,
  QueryListingsArgs,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers.js';
import type { ListingConnection, ListingEdge } from '../models.js';
import { availabilityOf } from './availability.js';
import { readFacets } from './facets.js';
import { hasText, readFilter } from './listing-filter.js';
import { referenced, visible } from './visibility.js';
import { runSellerMutation } from './seller-mutation.js';

type ListingQueries = Required<Pick<QueryResolvers, 'listings' | 'listing' | 'suggestListings'>>;
type ListingMutations = Required<
  Pick<
    MutationResolvers,
    | 'createProduct'
    | 'createTour'
    | 'createApp'
    | 'createEvent'
    | 'updateProduct'
    | 'updateTour'
    | 'updateApp'
    | 'updateEvent'
    | 'publishListing'
    | 'archiveListing'
    | 'deleteListing'
  >
>;

/** Queries of listings. */
const listingQueries: ListingQueries = {
  listings: (_parent, arguments_, context) => readListings(context, arguments_),
  listing: async (_parent, { id, slug }, context) => {
    if (((id ?? null) === null) === ((slug ?? null) === null))
      throw graphError('BAD_USER_INPUT', 'listing requires exactly one of id and slug.');
    if (typeof id === 'string') {
      const uuid = fromApiId('listing', id);
      return uuid === null ? null : visible(context, await context.loaders.listing.load(uuid));
    }
    if (typeof slug !== 'string') return null;
    return visible(context, await context.loaders.listingBySlug.load(slug));
  },
  suggestListings: (_parent, { prefix, limit }, context) => {
    context.cacheDependencies?.add(anyContentTopic);
    return suggest(context.database.reader, prefix, readLimit(limit, 'limit', 8));
  },
};

async function readListings(
  context: Context,
  { filter, sort, ...page }: Partial<QueryListingsArgs>,
): Promise<ListingConnection> {
  context.cacheDependencies?.add(anyContentTopic);
  const order = effectiveSort(sort, hasText(filter?.search));
  if (order === 'RATING') context.cacheDependencies?.add(ratingsTopic);
  const pageRequest = readPage(page, isListingCursor(order));
  const query = await readFilter(context, filter, pageRequest.cursor?.[3] ?? null);
  const found = query ? await findListings(context.database.reader, query, order, pageRequest) : [];
  const nodes = await context.loaders.listing.loadMany(found.map(({ id }) => id));
  const rows = found.flatMap((one, index) => {
    const listing = nodes[index];
    if (listing instanceof Error) throw listing;
    return listing ? [{ ...one, listing }] : [];
  });
  const corrections = query?.text?.corrections ?? [];
  const connection = toConnection<
    (typeof rows)[number],
    ListingCursor,
    ListingEntity,
    Pick<ListingEdge, 'score'>
  >(
    pageRequest,
    rows,
    {
      cursor: ({ key, id }) =>
        [order, key, id, ...(corrections.length > 0 ? [corrections] : [])] as ListingCursor,
      node: ({ listing }) => listing,
      edge: ({ score }) => ({ score }),
    },
    () => (query ? countListings(context.database.reader, query) : Promise.resolve(exactCount(0))),
  );
  return { ...connection, facets: () => readFacets(context, query) };
}

/** Mutations of listings. */
const listingMutations: ListingMutations = {
  createProduct: (_parent, { input }, context) => create(context, 'PRODUCT', input),
  createTour: (_parent, { input }, context) => create(context, 'TOUR', input),
  createApp: (_parent, { input }, context) => create(context, 'APP', input),
  createEvent: (_parent, { input }, context) => create(context, 'EVENT', input),
  updateProduct: (_parent, change, context) => update(context, 'PRODUCT', change),
  updateTour: (_parent, change, context) => update(context, 'TOUR', change),
  updateApp: (_parent, change, context) => update(context, 'APP', change),
  updateEvent: (_parent, change, context) => update(context, 'EVENT', change),
  publishListing: (_parent, { id }, context) =>
    write(context, (transaction) => publishListing(transaction, id, context.clock.now())),
  archiveListing: (_parent, { id }, context) =>
    write(context, (transaction) => archiveListing(transaction, id)),
  deleteListing: (_parent, { id }, context) =>
    runSellerMutation(
      context,
      { ok: false },
      (transaction) => deleteListing(transaction, id),
      () => Promise.resolve({ ok: true }),
    ),
};

function create(context: Context, kind: Kind, input: ListingInput): ReturnType<typeof write> {
  return write(context, (transaction) => createListing(transaction, kind, input));
}

function update(context: Context, kind: Kind, change: ListingUpdate): ReturnType<typeof write> {
  return write(context, (transaction) => updateListing(transaction, kind, change, context.clock.now()));
}

function write(context: Context, work: (transaction: SellerTransaction) => Promise<string>) {
  return runSellerMutation(context, { listing: null }, work, async (id) => ({
    listing: await context.loaders.listing.load(id),
  }));
}

/** Fields that all kinds share. */
const common = {
  id: (listing: ListingEntity) => toApiId('listing', listing.id),
  status: statusOf,
  category: (listing: ListingEntity, _arguments: unknown, context: Context) =>
    listing.categoryId === null ? null : context.loaders.category.load(listing.categoryId),
  partner: (listing: ListingEntity) => (listing.partnerId === null ? null : { id: listing.partnerId }),
  offers: (listing: ListingEntity, _arguments: unknown, context: Context) =>
    context.loaders.offersOf.load(listing.id),
  availability: async (listing: ListingEntity, _arguments: unknown, context: Context) =>
    availabilityOf(context, listing, await context.loaders.offersOf.load(listing.id)),
  priceRange: ({ priceMin, priceMax, priceCurrency: currency }: ListingEntity) =>
    priceMin === null || priceMax === null || currency === null
      ? null
      : { min: { amount: priceMin, currency }, max: { amount: priceMax, currency } },
  __resolveReference: async ({ id }: { id: string }, context: Context) => {
    const uuid = fromApiId('listing', id);
    return uuid === null ? null : referenced(context, await context.loaders.listing.load(uuid));
  },
};

/** Kinds by GraphQL type name. */
const typeNames = { PRODUCT: 'Product', TOUR: 'Tour', APP: 'App', EVENT: 'Event' } as const;

/**
 * Listing and its kinds; event.ts has Event's own fields. Missing non-null fields of a draft are returned as
 * an empty text, 0 or MODERATE: only its owner sees them, and publishListing requires the values.
 */
const listingTypes = {
  Listing: {
    __resolveType: (listing: ListingEntity) => typeNames[listing.kind],
    __resolveReference: common.__resolveReference,
  },
  Product: ofKind('PRODUCT', common),
  Tour: ofKind('TOUR', {
    ...common,
    location: (listing: ListingEntity) => listing.location ?? '',
    itinerary: (listing: ListingEntity) => listing.itinerary ?? [],
    durationMinutes: (listing: ListingEntity) => listing.durationMinutes ?? 0,
    difficulty: (listing: ListingEntity) => listing.difficulty ?? ('MODERATE' as const),
  }),
  App: ofKind('APP', {
    ...common,
    version: (listing: ListingEntity) => listing.version ?? '',
    platforms: (listing: ListingEntity) => listing.platforms ?? [],
  }),
  Event: ofKind('EVENT', common),
};

/** Resolves references to this kind only, because the gateway relies on the type that it requested. */
function ofKind<Fields extends typeof common>(kind: Kind, fields: Fields): Fields {
  return {
    ...fields,
    __resolveReference: async (reference: { id: string }, context: Context) => {
      const listing = await common.__resolveReference(reference, context);
      return listing?.kind === kind ? listing : null;
    },
  };
}

/** Resolvers of listings. */
export const listingResolvers: Resolvers = {
  Query: listingQueries,
  Mutation: listingMutations,
  ...listingTypes,
};
