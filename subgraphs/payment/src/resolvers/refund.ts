import { fromApiId, toApiId } from '@souk/shared/ids';
import { isVisible } from '../domain/payment.js';
import type { Resolvers } from '../generated/resolvers.js';

export const refundResolvers: Resolvers = {
  Refund: {
    __resolveReference: async ({ id }, { loaders, identity }) => {
      const refundId = fromApiId('refund', id);
      const refund = refundId && (await loaders.refund.load(refundId));
      const payment = refund && (await loaders.payment.load(refund.paymentId));
      return payment && isVisible(payment, identity) ? { refund, payment } : null;
    },
    id: ({ refund }) => toApiId('refund', refund.id),
    payment: ({ payment }) => payment,
    amount: ({ refund, payment }) => ({ amount: refund.amount, currency: payment.currency }),
    reason: ({ refund }) => refund.reason,
    status: ({ refund }) => refund.status,
    providerRefundId: ({ refund }) => refund.providerRefundId,
    createdAt: ({ refund }) => refund.createdAt,
    completedAt: ({ refund }) => refund.completedAt,
  },
};
