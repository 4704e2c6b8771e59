import { Unavailable } from '@souk/shared/errors';
import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { CardDesk } from '../domain/card-desk.js';
import { lookAtRefund } from '../domain/card-desk.js';
import { isVisible } from '../domain/payment.js';
import { askForRefund } from '../domain/refund-request.js';
import { RefundEntity } from '../entities/refund.js';
import type { Resolvers } from '../generated/resolvers.js';

export const refundResolvers: Resolvers = {
  Mutation: {
    refundPayment: (_parent, { input }, context) =>
      withUserErrors({ refund: null, replayed: false }, async () => {
        const { desk, refundPolicy } = context;
        const { paymentId, amount, reason, idempotencyKey } = input;
        const asked = {
          paymentId: fromApiId('payment', paymentId),
          amount: amount ?? null,
          reason,
          idempotencyKey,
        };
        const { result: refundId, replayed } = await desk.database.transact((manager) =>
          askForRefund(manager, callerOf(context), asked, refundPolicy, desk.clock.now()),
        );
        const refund = await sendNow(desk, refundId);
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

/** Sends a refund that was asked for; where the provider is away it stays PENDING, and the reconciler sends it. */
async function sendNow(desk: CardDesk, refundId: string): Promise<RefundEntity> {
  const refund = await desk.database.reader.findOneByOrFail(RefundEntity, { id: refundId });
  if (refund.status !== 'PENDING') return refund;
  try {
    return await lookAtRefund(desk, refundId, { name: 'admin' });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return refund;
  }
}
