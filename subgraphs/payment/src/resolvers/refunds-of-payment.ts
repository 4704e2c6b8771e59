import { readListPage } from '@souk/shared/graph/list-pages';
import type { Context } from '../context.js';
import type { PaymentEntity } from '../entities/payment.js';
import type { RefundEntity } from '../entities/refund.js';
import type { PaymentRefundsArgs } from '../generated/resolvers.js';

const size = { byDefault: 100, max: 100 };

/** A page of a payment's refunds, the oldest first. @throws GraphQLError BAD_USER_INPUT */
export async function refundsOf(
  payment: PaymentEntity,
  page: PaymentRefundsArgs,
  { loaders }: Context,
): Promise<{ refund: RefundEntity; payment: PaymentEntity }[]> {
  const refunds = await loaders.refundsOf.load({
    group: payment.id,
    ...readListPage(page, size, 'refund'),
  });
  return refunds.map((refund) => ({ refund, payment }));
}
