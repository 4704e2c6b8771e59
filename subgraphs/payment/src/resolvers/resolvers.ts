import type { Resolvers } from '../generated/resolvers.js';
import { orderResolvers } from './order.js';
import { paymentResolvers } from './payment.js';
import { refundResolvers } from './refund.js';
import { userResolvers } from './user.js';

/** What payment resolves. */
export const resolvers: Resolvers = {
  ...paymentResolvers,
  ...refundResolvers,
  ...orderResolvers,
  ...userResolvers,
};
