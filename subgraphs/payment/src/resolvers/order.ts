import { fromApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { isVisible } from '../domain/payment/payment.js';
import type { PaymentEntity } from '../entities/payment.js';
import type { Resolvers } from '../generated/resolvers.js';
import { refundsOf } from './refunds-of-payment.js';

export const orderResolvers: Resolvers = {
  Order: {
    payment: ({ id }, _arguments, context) => paymentOf(id, context),
    refunds: async ({ id }, page, context) => {
      const payment = await paymentOf(id, context);
      return payment ? refundsOf(payment, page, context) : [];
    },
  },
};

/** Returns the order's payment if the caller may see it. */
async function paymentOf(apiId: string, { loaders, identity }: Context): Promise<PaymentEntity | null> {
  const orderId = fromApiId('order', apiId);
  const payment = orderId && (await loaders.paymentOfOrder.load(orderId));
  return payment && isVisible(payment, identity) ? payment : null;
}
