import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Identity } from '@souk/shared/auth/identity';
import { once } from '@souk/shared/db/idempotency';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { InputCheck } from '@souk/shared/input-check';
import type { Money } from '@souk/shared/money';
import { formatMoney, parseMoney } from '@souk/shared/money';
import { completeWaitingStep } from '@souk/shared/saga/participant';
import { PaymentEntity } from '../../entities/payment.js';
import { lockPaymentsAndSteps } from '../locks.js';
import { record } from '../ledger/payment-log.js';
import { publishFacts } from '../ledger/payment-facts.js';
import { isOpen, isPaid } from '../payment-status.js';
import { refundsFor } from '../refund/refund.js';
import { settleRefunds } from '../refund/refund-settlement.js';

/** A received manual payment, entered by an administrator. */
export interface Receipt {
  reference: string;
  amount: Money;
  idempotencyKey: string;
}

const admin = { name: 'admin' } as const;

/**
 * Records received money. The checkout of a waiting payment continues. Money for a payment that has ended, has expired
 * or is being reverted is booked as the buyer's and refunded. Returns the payment's id.
 * @throws Rejection NOT_FOUND, CONFLICT (already paid, or by card), AMOUNT_MISMATCH, INVALID, IDEMPOTENCY_CONFLICT
 */
export async function recordReceipt(
  manager: EntityManager,
  outbox: Outbox,
  caller: Identity,
  { idempotencyKey: key, ...receipt }: Receipt,
  now: Date,
): Promise<{ result: string; replayed: boolean }> {
  const call = { caller: caller.userId, operation: 'recordPayment', key, arguments: receipt };
  return once(manager, call, ['idempotencyKey'], async () => {
    const money = parseMoney(receipt.amount, ['amount']);
    const id = await idOfReference(manager, receipt.reference);
    const { payment } = (await lockPaymentsAndSteps(manager, [id]))(id);
    validateReceipt(payment, money);
    // The saga of an expired payment ends through its own timeout.
    const late = !isOpen(payment) || payment.revertingAt !== null || payment.expiresAt <= now;
    const { status } = payment;
    const facts = [{ type: 'SUCCEEDED', amount: money.amount }] as const;
    const entries = [{ payment, facts, source: admin }];
    await record(manager, entries, now);
    publishFacts(outbox, entries);
    recordAction(outbox, 'RECORD_PAYMENT', payment.id, {
      before: { status },
      after: { received: money, reference: receipt.reference, late },
    });
    if (late) await refundReceipt(manager, outbox, payment, now);
    else {
      const answer = { kind: 'done', output: { paymentId: payment.id } } as const;
      await completeWaitingStep(manager, outbox, { sagaId: payment.sagaId, step: payment.step }, answer);
    }
    return payment.id;
  });
}

async function idOfReference(manager: EntityManager, reference: string): Promise<string> {
  const payment = await manager.findOneBy(PaymentEntity, { reference });
  if (payment) return payment.id;
  throw new Rejection('NOT_FOUND', 'No payment has this reference.', { field: ['reference'] });
}

/** @throws Rejections with all violations */
function validateReceipt(payment: PaymentEntity, money: Money): void {
  const field = ['reference'];
  if (payment.provider !== 'manual')
    throw new Rejection('CONFLICT', 'Card payments are recorded automatically.', { field });
  if (isPaid(payment)) throw new Rejection('CONFLICT', 'The payment has already succeeded.', { field });
  const check = new InputCheck();
  if (money.currency !== payment.currency) {
    const message = `The payment is in ${payment.currency}, not ${money.currency}.`;
    check.refuse(['amount', 'currency'], message, 'AMOUNT_MISMATCH');
  } else if (money.amount !== payment.amount) {
    const difference = money.amount - payment.amount;
    const text = (amount: number) => formatMoney({ amount, currency: payment.currency }, 'en');
    const message =
      `The payment amount is ${text(payment.amount)}; ${text(money.amount)} is ` +
      `${text(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}.`;
    check.refuse(['amount', 'amount'], message, 'AMOUNT_MISMATCH');
  }
  check.throwIfAny();
}

/** Books the refund as sent: an administrator transfers the money. */
async function refundReceipt(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  now: Date,
): Promise<void> {
  const refund = (await refundsFor({ manager, outbox }, [payment], 'late', admin, now)).get(payment.id);
  if (!refund) return;
  const outcome = { id: null, status: 'succeeded', failureReason: null } as const;
  await settleRefunds(manager, outbox, [{ payment, refund, outcome }], admin, now);
}
