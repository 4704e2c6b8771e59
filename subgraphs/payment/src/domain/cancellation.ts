import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../entities/payment.js';
import type { RefundEntity } from '../entities/refund.js';
import type { RefundOutcome } from './card-provider.js';
import { lockPayment, lockPaymentOfSaga } from './locks.js';
import { isPaid } from './payment-status.js';
import { presentRefund, refundFor } from './refund.js';
import { failureOf, settleRefund } from './refund-settlement.js';

/** A payment of an order that is cancelled, and the refund of what is left of it; null where nothing is. */
export interface CancelledPayment {
  payment: PaymentEntity;
  refund: RefundEntity | null;
}

const saga = { name: 'saga' } as const;

/** Asks the money of a cancelled order's checkout back. @throws Error where it is not paid: there is nothing to cancel */
export async function cancelPayment(
  manager: EntityManager,
  checkoutId: string,
  now: Date,
): Promise<CancelledPayment> {
  const payment = await lockPaymentOfSaga(manager, checkoutId);
  if (!payment || !isPaid(payment)) throw new Error(`Checkout ${checkoutId} was not paid.`);
  return { payment, refund: await refundFor(manager, payment, 'cancel', saga, now) };
}

/** Records the refund. Returns why it failed, or null: then the money has gone back, or is on its way. */
export async function settleCancellation(
  manager: EntityManager,
  outbox: Outbox,
  { payment: { id }, refund }: CancelledPayment,
  sent: RefundOutcome | null,
  now: Date,
): Promise<Rejection | null> {
  if (!sent || !refund) return null;
  const payment = await lockPayment(manager, id);
  const present = await presentRefund(manager, refund.id);
  await settleRefund(manager, outbox, payment, present, sent, saga, now);
  return failureOf(manager, payment, present);
}
