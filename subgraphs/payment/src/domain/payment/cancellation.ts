import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { PaymentMoney } from '@souk/shared/contracts/payment';
import { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../../entities/payment.js';
import type { RefundEntity } from '../../entities/refund.js';
import type { CardDispute, RefundOutcome } from '../provider/card-provider.js';
import { lockPaymentsById, lockPaymentsOfSagas } from '../locks.js';
import { isPaid } from '../payment-status.js';
import { recordDispute } from '../refund/dispute.js';
import { readPaymentMoney } from '../refund/payment-money.js';
import type { Transaction } from '../refund/refund.js';
import { refundables, refundsFor } from '../refund/refund.js';
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
  { manager, outbox }: Transaction,
  checkoutIds: readonly string[],
  now: Date,
): Promise<CancelledPayment[]> {
  const locked = await lockPaymentsOfSagas(manager, checkoutIds);
  const paid = new Map(locked.filter(isPaid).map((payment) => [payment.sagaId, payment]));
  const refunds = await refundsFor({ manager, outbox }, [...paid.values()], 'cancel', saga, now);
  return checkoutIds.map((id) => {
    const payment = paid.get(id);
    if (!payment) throw new Error(`Checkout ${id} was not paid.`);
    return { payment, refund: refunds.get(payment.id) ?? null };
  });
}

/** Result of a cancellation's refund. */
export interface CancellationOutcome {
  /** Rejection of a failed refund; null for a completed, pending or absent one. */
  failure: Rejection | null;
  money: PaymentMoney | null;
}

/** Records the outcomes of the refunds; results are in order. */
export async function settleCancellations(
  manager: EntityManager,
  outbox: Outbox,
  cancelled: readonly (CancelledPayment & { sent: RefundOutcome | null })[],
  now: Date,
): Promise<CancellationOutcome[]> {
  const sent = cancelled.flatMap(({ refund, sent: outcome }) =>
    refund && outcome ? [{ refund, sent: outcome }] : [],
  );
  const ids = cancelled.map(({ payment }) => payment.id);
  const paymentOf = await lockPaymentsById(manager, ids);
  const failures = await settleSent(manager, outbox, paymentOf, sent, now);
  const moneyOf = await readPaymentMoney(manager, ids.map(paymentOf));
  return cancelled.map(({ payment, refund }) => ({
    failure: (refund && failures.get(refund.id)) ?? null,
    money: payment.amount === 0 ? null : (moneyOf.get(payment.id) ?? null),
  }));
}

/** A checkout's payment with its disputes at the provider. */
export interface CheckedPayment {
  paymentId: string;
  disputes: readonly CardDispute[];
  /** Whether a part of the order is to be cancelled: any money that a bank has taken prevents it. */
  isPartial: boolean;
}

/**
 * Records the current disputes of payments whose orders are to be cancelled. Returns, in order, the rejection
 * NOT_CANCELLABLE of a payment of which a bank withholds or has taken money that a refund would have to return; else
 * null.
 */
export async function validateCancellations(
  manager: EntityManager,
  outbox: Outbox,
  checked: readonly CheckedPayment[],
  now: Date,
): Promise<(Rejection | null)[]> {
  const ids = checked.map(({ paymentId }) => paymentId);
  const paymentOf = await lockPaymentsById(manager, ids);
  for (const { paymentId, disputes } of checked) {
    for (const snapshot of disputes) {
      await recordDispute(manager, outbox, { payment: paymentOf(paymentId), snapshot }, saga, now);
    }
  }
  const payments = ids.map(paymentOf);
  const [moneyOf, left] = [await readPaymentMoney(manager, payments), await refundables(manager, payments)];
  return checked.map(({ paymentId: id, isPartial }) => {
    const { disputed = 0, chargedBack = 0 } = moneyOf.get(id) ?? {};
    if (disputed > 0) {
      return new Rejection(
        'NOT_CANCELLABLE',
        "The payment is disputed: the buyer's bank decides about the money.",
      );
    }
    // The provider refunds no part of a payment that was charged back.
    if (chargedBack > 0 && (isPartial || (left.get(id) ?? 0) > 0)) {
      return new Rejection(
        'NOT_CANCELLABLE',
        'The bank has charged back a part of the payment; the rest cannot be refunded.',
      );
    }
    return null;
  });
}
