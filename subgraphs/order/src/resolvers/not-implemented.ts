import type { NotImplemented } from '@souk/shared/graph/schema';

/** What still answers NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Mutation.redeemToken',
  'Mutation.revokeToken',
  'Mutation.offerTokenTransfer',
  'Mutation.acceptTokenTransfer',
  'Mutation.withdrawTokenTransfer',
  'Query.platformAnalytics',
  'Subscription.checkoutUpdated',
  'Subscription.orderUpdated',
  'User.offeredTokens',
  'User.purchaseStatistics',
  'Listing.sales',
  'Partner.sales',
];
