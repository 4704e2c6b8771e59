import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that return NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Query.suggestListings',
  'ListingConnection.facets',
  'Mutation.updateProduct',
  'Mutation.updateTour',
  'Mutation.updateApp',
  'Mutation.updateEvent',
  'Mutation.deleteListing',
  'Mutation.updateOffer',
  'Mutation.updateVenue',
  'Mutation.updateCategory',
  'Mutation.deleteCategory',
];
