import type { NotImplemented } from '@souk/shared/graph/schema';

/** What still answers NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Mutation.cancelCheckout',
  'Mutation.cancelOrder',
  'Mutation.updateOrderStatus',
  'Mutation.retryCheckout',
  'Mutation.resolveCheckout',
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
