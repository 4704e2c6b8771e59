import type { NotImplemented } from '@souk/shared/graph/schema';

/** What answers NOT_IMPLEMENTED still: manual methods, refunds on demand, disputes, the ledger. */
export const notImplemented: NotImplemented = [
  'Query.reconciliation',
  'Mutation.recordPayment',
  'Mutation.refundPayment',
  'Mutation.recordPayout',
  'Payment.disputes',
  'Partner.balances',
  'Partner.statement',
];
