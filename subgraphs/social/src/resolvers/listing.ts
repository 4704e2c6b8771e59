import { fromApiId } from '@souk/shared/ids';
import type { ListingResolvers, Resolvers } from '../generated/resolvers.js';

/** Resolvers of Listing. Catalog owns listings, so a reference resolves without a query. */
const listingFields: ListingResolvers = {
  __resolveReference: ({ id }) => (fromApiId('listing', id) === null ? null : { id }),
};

/** Resolvers of listings. */
export const listingResolvers: Resolvers = { Listing: listingFields };
