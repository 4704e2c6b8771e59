import { Unavailable } from '@souk/shared/errors';
import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { syncRefund } from '../domain/payment/provider-sync.js';
import { isVisible } from '../domain/payment/payment.js';
import { createRefundRequest } from '../domain/refund/refund-request.js';
import { RefundEntity } from '../entities/refund.js';
import type { Resolvers } from '../generated/resolvers.js';

export const refundResolvers: Resolvers = {
  Mutation: {
    refundPayment: (_parent, { input }, context) =>
      withUserErrors({ refund: null, replayed: false }, async () => {
        const { services, refundPolicy } = context;
        const { paymentId, amount, reason, idempotencyKey } = input;
        const request = {
          paymentId: fromApiId('payment', paymentId),
          amount: amount ?? null,
          reason,
          idempotencyKey,
        };
        const { result: refundId, replayed } = await services.database.transact((manager, outbox) =>
          createRefundRequest(
            { manager, outbox },
            callerOf(context),
            request,
            refundPolicy,
            services.clock.now(),
          ),
        );
        const refund = await sendNow(services, refundId);
        const payment = await context.loaders.payment.load(refund.paymentId);
        return { refund: payment && { refund, payment }, replayed };
      }),
  },

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

/** Sends a requested refund. If the provider is unavailable it stays PENDING, and the reconciler sends it. */
async function sendNow(services: PaymentServices, refundId: string): Promise<RefundEntity> {
  const refund = await services.database.reader.findOneByOrFail(RefundEntity, { id: refundId });
  if (refund.status !== 'PENDING') return refund;
  try {
    return await syncRefund(services, refundId, { name: 'admin' });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return refund;
  }
}
