import { callerOf } from '@souk/shared/graph/context';
import { pageOf, readListPage } from '@souk/shared/graph/list-pages';
import { readLimit } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { describeAlsoBought } from '../domain/recommendation/listing-recommendation.js';
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
};

function uuidOf({ id }: ListingKey): string {
  const listingId = fromApiId('listing', id);
  if (listingId === null) throw new Error('The parent of a Listing field has an invalid id.');
  return listingId;
}

/** Resolvers of listings. */
export const listingResolvers: Resolvers = { Listing: listingFields };
