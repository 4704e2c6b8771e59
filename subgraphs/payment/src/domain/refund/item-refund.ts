import { Rejection } from '@souk/shared/errors';
import { allocate } from '@souk/shared/money';
import { singleItem } from '@souk/shared/single-item';
import type { EntityManager } from 'typeorm';
import type { PaymentEntity } from '../../entities/payment.js';
import type { RefundEntity } from '../../entities/refund.js';
import type { RefundPart } from '../ledger/seller-deduction.js';
import { lockPaymentsOfSagas } from '../locks.js';
import { isPaid } from '../payment-status.js';
import { cardStep } from '../provider/card-currency.js';
import { readPaymentMoney } from './payment-money.js';
import type { Transaction } from './refund.js';
import { reasonOf, refundables, requestRefunds, triesFor } from './refund.js';
import { saga } from './saga-refund.js';

/** The cancellation of a part of an order. */
export interface ItemRefundRequest {
  /** The cancellation's saga; UUIDs. */
  sagaId: string;
  checkoutId: string;
  /** The price of the canceled units by line, with its seller. */
  lines: readonly RefundPart[];
}

/** The refund of canceled units. */
export interface ItemRefund {
  payment: PaymentEntity;
  /** Null if there is nothing to refund. */
  refund: RefundEntity | null;
  /** Why the units cannot be refunded now, or null. */
  refusal: Rejection | null;
}

/**
 * Requests the refunds of canceled units, or finds those that an earlier try of the same saga has requested; results are
 * in order. Refunds never exceed what is left of the payment. Where the card provider refunds larger units only, an
 * amount is rounded down: the rest is refunded with the rest of the order.
 * @throws Error if a checkout was not paid
 */
export async function requestItemRefunds(
  transaction: Transaction,
  requests: readonly ItemRefundRequest[],
  now: Date,
): Promise<ItemRefund[]> {
  const locked = await lockPaymentsOfSagas(
    transaction.manager,
    requests.map(({ checkoutId }) => checkoutId),
  );
  const paid = new Map(locked.filter(isPaid).map((payment) => [payment.sagaId, payment]));
  const refunds: ItemRefund[] = [];
  // One by one: the refunds of one payment depend on each other.
  for (const request of requests) {
    const payment = paid.get(request.checkoutId);
    if (!payment) throw new Error(`Checkout ${request.checkoutId} was not paid.`);
    refunds.push(await requestOne(transaction, payment, request, now));
  }
  return refunds;
}

async function requestOne(
  transaction: Transaction,
  payment: PaymentEntity,
  { sagaId, lines }: ItemRefundRequest,
  now: Date,
): Promise<ItemRefund> {
  const { manager } = transaction;
  const tries = await triesFor(manager, [payment.id], `items-${sagaId}`);
  const earlier = tries.find(({ status }) => status !== 'FAILED');
  if (earlier) return { payment, refund: earlier, refusal: null };
  const refusal = await refusalOf(manager, payment);
  if (refusal) return { payment, refund: null, refusal };
  const left = (await refundables(manager, [payment])).get(payment.id) ?? 0;
  const wanted = lines.map(({ amount }) => amount);
  const most = Math.min(
    left,
    wanted.reduce((sum, amount) => sum + amount, 0),
  );
  const amount = most - (most % (payment.provider === 'stripe' ? cardStep(payment.currency) : 1));
  if (amount === 0) return { payment, refund: null, refusal: null };
  const purpose = tries.length === 0 ? `items-${sagaId}` : `items-${sagaId}-${tries.length + 1}`;
  const amounts = allocate(amount, wanted);
  const parts = lines.map(({ partnerId }, index) => ({ partnerId, amount: amounts[index] ?? 0 }));
  const request = { purpose, amount, reason: reasonOf(purpose), parts };
  const refund = singleItem(await requestRefunds(transaction, [{ payment, request }], saga, now));
  return { payment, refund, refusal: null };
}

/** A dispute that was opened since VALIDATE_REFUND: the provider refunds no part of the payment. */
async function refusalOf(manager: EntityManager, payment: PaymentEntity): Promise<Rejection | null> {
  const { disputed = 0, chargedBack = 0 } =
    (await readPaymentMoney(manager, [payment])).get(payment.id) ?? {};
  if (disputed + chargedBack === 0) return null;
  const message = "The payment is disputed: nothing can be refunded before the buyer's bank has decided.";
  return new Rejection('CONFLICT', message);
}
