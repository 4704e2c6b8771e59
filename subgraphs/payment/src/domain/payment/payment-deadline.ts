import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { PaymentMethod } from '../../entities/payment.js';
import { lockPaymentsOfSagas } from '../locks.js';
import type { PaymentRequest } from './payment.js';

/**
 * Minimum time that a payment by each method takes, in minutes; the method is rejected if less is left. Cards are
 * charged immediately.
 */
const leastMinutes: Readonly<Record<PaymentMethod, number>> = {
  CREDIT_CARD: 0,
  BANK_TRANSFER: 60,
  VIRTUAL_ACCOUNT: 15,
  E_WALLET: 5,
};

type TimedPayment = Pick<PaymentRequest, 'sagaId' | 'method' | 'amount' | 'payBy'>;

/**
 * Rejects payments whose method needs more time than is left; null for the others and for free payments. Results are in
 * the order of the payments. A payment that an earlier try has opened is not rejected.
 */
export async function validateDeadlines(
  manager: EntityManager,
  payments: readonly TimedPayment[],
  now: Date,
): Promise<(Rejection | null)[]> {
  const rejections = payments.map((payment) => validateDeadline(payment, now));
  const late = payments.filter((_payment, index) => rejections[index] !== null);
  if (late.length === 0) return rejections;
  const opened = await lockPaymentsOfSagas(
    manager,
    late.map(({ sagaId }) => sagaId),
  );
  const known = new Set(opened.map(({ sagaId }) => sagaId));
  return rejections.map((refusal, index) => (known.has(payments[index]?.sagaId ?? '') ? null : refusal));
}

function validateDeadline({ method, amount, payBy }: TimedPayment, now: Date): Rejection | null {
  if (payBy === null || amount.amount === 0) return null;
  if (payBy.getTime() - now.getTime() > leastMinutes[method] * 60_000) return null;
  const end = `${payBy.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const message =
    payBy <= now
      ? `The payment deadline was ${end}.`
      : `The payment deadline is ${end}, and ${method} takes longer. Choose another payment method.`;
  return new Rejection('PAYMENT_EXPIRED', message);
}
