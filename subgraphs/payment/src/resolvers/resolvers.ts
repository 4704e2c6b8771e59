import { mergeResolvers } from '@souk/shared/graph/merge-resolvers';
import type { Resolvers } from '../generated/resolvers.js';
import { disputeResolvers } from './dispute.js';
import { ledgerResolvers } from './ledger.js';
import { orderResolvers } from './order.js';
import { partnerResolvers } from './partner.js';
import { paymentResolvers } from './payment.js';
import { reconciliationResolvers } from './reconciliation.js';
import { refundResolvers } from './refund.js';
import { userResolvers } from './user.js';

/** All resolvers of payment. */
export const resolvers: Resolvers = mergeResolvers(
  disputeResolvers,
  ledgerResolvers,
  orderResolvers,
  partnerResolvers,
  paymentResolvers,
  reconciliationResolvers,
  refundResolvers,
  userResolvers,
);
