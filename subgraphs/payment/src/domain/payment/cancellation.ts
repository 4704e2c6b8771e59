import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../../entities/payment.js';
import type { RefundEntity } from '../../entities/refund.js';
import type { RefundOutcome } from '../provider/card-provider.js';
import { lockPaymentsById, lockPaymentsOfSagas } from '../locks.js';
import { isPaid } from '../payment-status.js';
import { refundsFor } from '../refund/refund.js';
import { saga, settleSent } from '../refund/saga-refund.js';

/** The payment of a cancelled order and the refund of the remaining amount; null if nothing is left. */
export interface CancelledPayment {
  payment: PaymentEntity;
  refund: RefundEntity | null;
}

/**
 * Requests refunds for the checkouts of cancelled orders, in their order. @throws Error if a checkout is not paid
 */
export async function cancelPayments(
  manager: EntityManager,
  checkoutIds: readonly string[],
  now: Date,
): Promise<CancelledPayment[]> {
  const locked = await lockPaymentsOfSagas(manager, checkoutIds);
  const paid = new Map(locked.filter(isPaid).map((payment) => [payment.sagaId, payment]));
  const refunds = await refundsFor(manager, [...paid.values()], 'cancel', saga, now);
  return checkoutIds.map((id) => {
    const payment = paid.get(id);
    if (!payment) throw new Error(`Checkout ${id} was not paid.`);
    return { payment, refund: refunds.get(payment.id) ?? null };
  });
}

/**
 * Records the outcomes of the refunds. Returns, in order, the rejection of a failed refund or null for a completed,
 * pending or absent one.
 */
export async function settleCancellations(
  manager: EntityManager,
  outbox: Outbox,
  cancelled: readonly (CancelledPayment & { sent: RefundOutcome | null })[],
  now: Date,
): Promise<(Rejection | null)[]> {
  const sent = cancelled.flatMap(({ refund, sent: outcome }) =>
    refund && outcome ? [{ refund, sent: outcome }] : [],
  );
  const paymentOf = await lockPaymentsById(
    manager,
    sent.map(({ refund }) => refund.paymentId),
  );
  const failures = await settleSent(manager, outbox, paymentOf, sent, now);
  return cancelled.map(({ refund }) => (refund && failures.get(refund.id)) ?? null);
}
