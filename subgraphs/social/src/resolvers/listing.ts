import { fromApiId } from '@souk/shared/ids';
import type { ListingResolvers } from '../generated/resolvers.js';

/** Catalog owns the listings: a reference is answered without a look anywhere. */
export const listing: ListingResolvers = {
  __resolveReference: ({ id }) => (fromApiId('listing', id) === null ? null : { id }),
};
