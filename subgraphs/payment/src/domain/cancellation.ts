import type { EntityManager } from 'typeorm';
import { Like } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';
import type { CardProvider, CardRefund } from './card-provider.js';
import { lockPayment, lockPaymentOfSaga } from './locks.js';
import { isPaid } from './payment-status.js';
import type { RefundPurpose } from './refund.js';
import { settleRefund } from './refund.js';

/** A payment of an order that is cancelled, and as what its money is sent back. */
export interface CancelledPayment {
  payment: PaymentEntity;
  purpose: RefundPurpose;
}

/** The payment of a checkout whose order is cancelled. @throws Error where it is not paid: there is nothing to cancel */
export async function paymentToRefund(manager: EntityManager, checkoutId: string): Promise<CancelledPayment> {
  const payment = await lockPaymentOfSaga(manager, checkoutId);
  if (!payment || !isPaid(payment)) throw new Error(`Checkout ${checkoutId} was not paid.`);
  const failed = await manager.countBy(RefundEntity, {
    paymentId: payment.id,
    purpose: Like('cancel%'),
    status: 'FAILED',
  });
  return { payment, purpose: failed === 0 ? 'cancel' : `cancel-${failed + 1}` };
}

/** Sends back what is left of a payment; null where nothing is. Safe to repeat. @throws Unavailable */
export async function refundAtProvider(
  cards: CardProvider,
  { payment, purpose }: CancelledPayment,
): Promise<CardRefund | null> {
  const { id: paymentId, providerPaymentId: intentId } = payment;
  if (intentId === null || payment.refunded >= payment.amount) return null;
  return cards.refund(intentId, { paymentId, purpose });
}

/** Records the refund. Returns why it failed, or null: then the money has gone back, or is on its way. */
export async function settleCancellation(
  manager: EntityManager,
  { payment: { id }, purpose }: CancelledPayment,
  sent: CardRefund | null,
  now: Date,
): Promise<Rejection | null> {
  if (!sent) return null;
  const payment = await lockPayment(manager, id);
  const refund = await settleRefund(manager, payment, { purpose }, sent, { name: 'saga' }, now);
  if (refund.status !== 'FAILED') return null;
  return new Rejection('CONFLICT', `The refund failed: ${sent.failureReason ?? 'no reason is known'}.`);
}
