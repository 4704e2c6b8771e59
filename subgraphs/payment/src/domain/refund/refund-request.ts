import type { EntityManager } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import { looksLikeCard } from '@souk/shared/card-number';
import { once } from '@souk/shared/db/idempotency';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { parseMoney } from '@souk/shared/money';
import { DisputeEntity } from '../../entities/dispute.js';
import { PaymentEntity } from '../../entities/payment.js';
import { cardStep } from '../provider/card-currency.js';
import { lockPayment } from '../locks.js';
import { isPaid } from '../payment-status.js';
import { refundable, requestRefund } from './refund.js';

/** A refund that a person asks for. */
export interface RefundInput {
  /** UUID; null for an id that names nothing. */
  paymentId: string | null;
  /** All that is left when null. */
  amount: Money | null;
  reason: string;
  idempotencyKey: string;
}

/** What the platform asks of who refunds. */
export interface RefundPolicy {
  /** Above it, in minor units, a second factor given of late is needed; 0: never. */
  mfaAboveAmount: number;
}

/** How long a second factor counts as fresh. */
const freshMs = 10 * 60_000;
const admin = { name: 'admin' } as const;

/**
 * Reserves money to be sent back, never above what is left of the payment however many ask at once; the provider is
 * asked after the commit. Returns the refund's id.
 * @throws Rejection INVALID, NOT_FOUND, NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT, MFA_REQUIRED, IDEMPOTENCY_CONFLICT
 */
export async function createRefundRequest(
  manager: EntityManager,
  caller: Identity,
  { idempotencyKey: key, ...input }: RefundInput,
  policy: RefundPolicy,
  now: Date,
): Promise<{ result: string; replayed: boolean }> {
  const call = { caller: caller.userId, operation: 'refundPayment', key, arguments: input };
  return once(manager, call, ['input', 'idempotencyKey'], async () => {
    const reason = readReason(input.reason);
    const requested = input.amount && parseMoney(input.amount, ['input', 'amount']);
    const payment = await lockExisting(manager, input.paymentId);
    await assertRefundable(manager, payment);
    const left = await refundable(manager, payment);
    const amount = requested ? readAmount(payment, requested, left) : left;
    if (amount === 0) throw notRefundable('Nothing is left to send back.');
    requireSecondFactor(caller, amount, policy, now);
    const request = { purpose: `request-${newId()}`, amount, reason };
    return (await requestRefund(manager, payment, request, admin, now)).id;
  });
}

function readReason(text: string): string {
  const reason = text.trim();
  const field = ['input', 'reason'];
  if (reason === '') throw new Rejection('INVALID', 'A reason must not be empty.', { field });
  if (looksLikeCard(reason)) {
    throw new Rejection('INVALID', 'A reason holds no card number.', { field });
  }
  return reason;
}

async function lockExisting(manager: EntityManager, paymentId: string | null): Promise<PaymentEntity> {
  if (paymentId !== null && (await manager.existsBy(PaymentEntity, { id: paymentId }))) {
    return lockPayment(manager, paymentId);
  }
  throw new Rejection('NOT_FOUND', 'There is no such payment.', { field: ['input', 'paymentId'] });
}

async function assertRefundable(manager: EntityManager, payment: PaymentEntity): Promise<void> {
  if (!isPaid(payment)) throw notRefundable('The payment has not been paid.');
  if (payment.revertingAt !== null) throw notRefundable('The payment is being undone: its money goes back.');
  const disputes = await manager.findBy(DisputeEntity, { paymentId: payment.id });
  if (disputes.some(({ withheld }) => withheld > 0)) {
    throw notRefundable('The payment is disputed: the bank decides about its money.');
  }
}

function readAmount(payment: PaymentEntity, { amount, currency }: Money, left: number): number {
  const field = ['input', 'amount'];
  if (currency !== payment.currency) {
    throw new Rejection('INVALID', `The payment is in ${payment.currency}.`, {
      field: [...field, 'currency'],
    });
  }
  const step = payment.provider === 'stripe' ? cardStep(currency) : 1;
  if (amount === 0 || amount % step !== 0) {
    throw new Rejection('INVALID', `A refund in ${currency} is a multiple of ${step}, and not 0.`, {
      field: [...field, 'amount'],
    });
  }
  if (amount > left) {
    throw new Rejection('REFUND_EXCEEDS_PAYMENT', 'That is more than is left of the payment.', {
      field: [...field, 'amount'],
      typename: 'RefundExceedsPaymentError',
      details: { refundable: { amount: left, currency } },
    });
  }
  return amount;
}

function requireSecondFactor(
  { mfaAt }: Identity,
  amount: number,
  { mfaAboveAmount }: RefundPolicy,
  now: Date,
): void {
  if (mfaAboveAmount === 0 || amount <= mfaAboveAmount) return;
  if (mfaAt !== null && now.getTime() - mfaAt.getTime() <= freshMs) return;
  throw new Rejection('MFA_REQUIRED', 'A refund of this amount needs a second factor, given just now.', {
    field: ['input', 'amount'],
  });
}

function notRefundable(message: string): Rejection {
  return new Rejection('NOT_REFUNDABLE', message, { field: ['input', 'paymentId'] });
}
