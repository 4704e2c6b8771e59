import type { Resolvers } from '../generated/resolvers.js';
import { disputeResolvers } from './dispute.js';
import { ledgerResolvers } from './ledger.js';
import { orderResolvers } from './order.js';
import { partnerResolvers } from './partner.js';
import { paymentResolvers } from './payment.js';
import { reconciliationResolvers } from './reconciliation.js';
import { refundResolvers } from './refund.js';
import { userResolvers } from './user.js';

/** Resolvers of payment. */
export const resolvers: Resolvers = {
  ...paymentResolvers,
  ...refundResolvers,
  ...disputeResolvers,
  ...orderResolvers,
  ...userResolvers,
  ...ledgerResolvers,
  ...partnerResolvers,
  ...reconciliationResolvers,
  Query: { ...paymentResolvers.Query, ...reconciliationResolvers.Query },
  Mutation: { ...paymentResolvers.Mutation, ...refundResolvers.Mutation, ...partnerResolvers.Mutation },
};
