import { fromApiId } from '@souk/shared/ids';
import type { ListingResolvers } from '../generated/resolvers.js';

/** Resolvers of Listing. Catalog owns listings, so a reference resolves without a query. */
export const listing: ListingResolvers = {
  __resolveReference: ({ id }) => (fromApiId('listing', id) === null ? null : { id }),
};
