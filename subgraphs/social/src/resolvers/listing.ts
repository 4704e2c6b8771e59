import { callerOf } from '@souk/shared/graph/context';
import { pageOf, readListPage } from '@souk/shared/graph/list-pages';
import { readLimit, readPage, toConnection } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { describeAlsoBought } from '../domain/recommendation/listing-recommendation.js';
import type { ReviewCursor } from '../domain/review/review-list.js';
import { effectiveSort, isReviewCursor } from '../domain/review/review-list.js';
import type { ListingResolvers, Resolvers } from '../generated/resolvers.js';
import type { ListingKey } from '../models.js';

const buyersSize = { byDefault: 5, max: 100 };

/** Resolvers of Listing. Catalog owns listings, so a reference resolves without a query. */
const listingFields: ListingResolvers = {
  __resolveReference: ({ id }) => (fromApiId('listing', id) === null ? null : { id }),

  boughtByFollowed: async (parent, page, context) => {
    callerOf(context);
    const slice = readListPage(page, buyersSize, 'user');
    const buyers = await context.loaders.followedBuyers.load(uuidOf(parent));
    return pageOf(buyers, slice, (userId) => userId).map((userId) => ({ id: toApiId('user', userId) }));
  },

  alsoBought: async (parent, { first }, { loaders }) => {
    const limit = readLimit(first, 'first', buyersSize.byDefault);
    const listings = await loaders.alsoBought.load({ listingId: uuidOf(parent), limit });
    return listings.map(describeAlsoBought);
  },

  reviews: async (parent, { sort, ...page }, { loaders }) => {
    const listingId = uuidOf(parent);
    const order = effectiveSort(sort);
    const { limit, cursor } = readPage(page, isReviewCursor(order));
    const found = await loaders.reviews.pages.load({
      listingId,
      sort: order,
      limit: limit + 1,
      after: cursor,
    });
    return toConnection(
      { limit, cursor, backward: false },
      found,
      { cursor: ({ stars, id }): ReviewCursor => [order, stars, id], node: (review) => review },
      () => loaders.reviews.count.load(listingId),
    );
  },
  rating: (parent, _arguments, { loaders }) => loaders.reviews.rating.load(uuidOf(parent)),
  myReview: (parent, _arguments, context) => {
    callerOf(context);
    return context.loaders.reviews.own.load(uuidOf(parent));
  },
};

function uuidOf({ id }: ListingKey): string {
  const listingId = fromApiId('listing', id);
  if (listingId === null) throw new Error('The parent of a Listing field has an invalid id.');
  return listingId;
}

/** Resolvers of listings. */
export const listingResolvers: Resolvers = { Listing: listingFields };
