import { fromApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { isVisible } from '../domain/payment.js';
import type { PaymentEntity } from '../entities/payment.js';
import type { Resolvers } from '../generated/resolvers.js';

export const orderResolvers: Resolvers = {
  Order: {
    payment: ({ id }, _arguments, context) => paymentOf(id, context),
    refunds: async ({ id }, _arguments, context) => {
      const payment = await paymentOf(id, context);
      if (!payment) return [];
      return (await context.loaders.refundsOf.load(payment.id)).map((refund) => ({ refund, payment }));
    },
  },
};

/** The order's payment, as far as the caller may see it. */
async function paymentOf(apiId: string, { loaders, identity }: Context): Promise<PaymentEntity | null> {
  const orderId = fromApiId('order', apiId);
  const payment = orderId && (await loaders.paymentOfOrder.load(orderId));
  return payment && isVisible(payment, identity) ? payment : null;
}
