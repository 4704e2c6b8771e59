import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that return NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Mutation.redeemToken',
  'Mutation.revokeToken',
  'Mutation.offerTokenTransfer',
  'Mutation.acceptTokenTransfer',
  'Mutation.withdrawTokenTransfer',
  'Query.platformAnalytics',
  'User.offeredTokens',
  'User.purchaseStatistics',
  'Listing.sales',
  'Partner.sales',
];
