import type { EntityManager } from 'typeorm';
import { assertFreshFactor } from '@souk/shared/auth/fresh-factor';
import type { Identity } from '@souk/shared/auth/identity';
import { once } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import type { Money } from '@souk/shared/money';
import { parseMoney } from '@souk/shared/money';
import { singleItem } from '@souk/shared/single-item';
import { DisputeEntity } from '../../entities/dispute.js';
import { PaymentEntity } from '../../entities/payment.js';
import { cardStep } from '../provider/card-currency.js';
import { lockPaymentsById } from '../locks.js';
import { isPaid } from '../payment-status.js';
import { refundables, requestRefunds } from './refund.js';

/** A refund requested by an administrator. */
export interface RefundInput {
  /** UUID; null for an unknown id. */
  paymentId: string | null;
  /** Null for the remaining amount. */
  amount: Money | null;
  reason: string;
  idempotencyKey: string;
}

/** The platform's rules for refunds. */
export interface RefundPolicy {
  /** Amounts above it, in minor units, require a fresh second factor; 0: never. */
  mfaAboveAmount: number;
}

const admin = { name: 'admin' } as const;

/**
 * Reserves money for a refund, never more than the payment's refundable amount, also under concurrency. The caller
 * sends the refund to the provider after the commit. Returns the refund's id.
 * @throws Rejection INVALID, NOT_FOUND, NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT, MFA_REQUIRED, IDEMPOTENCY_CONFLICT
 */
export async function createRefundRequest(
  { manager, outbox }: { manager: EntityManager; outbox: Outbox },
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
    const left = (await refundables(manager, [payment])).get(payment.id) ?? 0;
    const amount = requested ? readAmount(payment, requested, left) : left;
    if (amount === 0) throw notRefundable('Nothing is left to refund.');
    requireSecondFactor(caller, amount, policy, now);
    const request = { purpose: `request-${newId()}`, amount, reason };
    const refund = singleItem(await requestRefunds({ manager, outbox }, [{ payment, request }], admin, now));
    const { refunded, currency } = payment;
    recordAction(outbox, 'REFUND_PAYMENT', payment.id, {
      before: { refunded: { amount: refunded, currency }, refundable: { amount: left, currency } },
      after: { refundId: toApiId('refund', refund.id), refund: { amount, currency }, reason },
    });
    return refund.id;
  });
}

function readReason(text: string): string {
  const check = new InputCheck(['input']);
  const reason = check.textWithoutCard('reason', text);
  check.throwIfAny();
  return reason;
}

async function lockExisting(manager: EntityManager, paymentId: string | null): Promise<PaymentEntity> {
  if (paymentId !== null && (await manager.existsBy(PaymentEntity, { id: paymentId }))) {
    return (await lockPaymentsById(manager, [paymentId]))(paymentId);
  }
  throw new Rejection('NOT_FOUND', 'There is no such payment.', { field: ['input', 'paymentId'] });
}

async function assertRefundable(manager: EntityManager, payment: PaymentEntity): Promise<void> {
  if (!isPaid(payment)) throw notRefundable('The payment has not been paid.');
  if (payment.revertingAt !== null)
    throw notRefundable('The payment is being reverted and will be refunded.');
  const disputes = await manager.findBy(DisputeEntity, { paymentId: payment.id });
  if (disputes.some(({ withheld }) => withheld > 0)) {
    throw notRefundable("The payment is disputed: the buyer's bank decides about the money.");
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
    throw new Rejection('INVALID', `A refund in ${currency} must be a positive multiple of ${step}.`, {
      field: [...field, 'amount'],
    });
  }
  if (amount > left) {
    throw new Rejection(
      'REFUND_EXCEEDS_PAYMENT',
      'The amount exceeds the refundable amount of the payment.',
      {
        field: [...field, 'amount'],
        typename: 'RefundExceedsPaymentError',
        details: { refundable: { amount: left, currency } },
      },
    );
  }
  return amount;
}

function requireSecondFactor(
  caller: Identity,
  amount: number,
  { mfaAboveAmount }: RefundPolicy,
  now: Date,
): void {
  if (mfaAboveAmount === 0 || amount <= mfaAboveAmount) return;
  assertFreshFactor(caller, now, 'A refund of this amount requires a fresh second factor.', [
    'input',
    'amount',
  ]);
}

function notRefundable(message: string): Rejection {
  return new Rejection('NOT_REFUNDABLE', message, { field: ['input', 'paymentId'] });
}
