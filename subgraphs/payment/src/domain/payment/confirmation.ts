import type { EntityManager } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { PaymentEntity } from '../../entities/payment.js';
import type { CardAttempt } from '../provider/card-attempts.js';
import { admitCardAttempts, endCardAttempts, waitForAdmission } from '../provider/card-attempts.js';
import { orRejection } from './card-payment.js';
import type { PaymentServices } from './payment-services.js';
import type { Decline } from '../provider/card-provider.js';
import { lockPaymentsById } from '../locks.js';
import { confirmationKey, findVisible, isPaymentMethodToken } from './payment.js';
import { isOpen, isPaid, isPaidLate } from '../payment-status.js';
import { settlePayments } from './settlement.js';

/** Card testers try many cards on one payment. */
const maxAttempts = 25;

/** Input of a confirmation. */
export interface Confirmation {
  caller: Identity;
  /** Digest of the caller's network; null if unknown. */
  network: string | null;
  /** UUID; null for an unknown id. */
  paymentId: string | null;
  /** A payment method at the provider (pm_...). */
  paymentMethod: string;
}

/** A confirmation whose attempt number is stored. */
interface StartedConfirmation {
  payment: PaymentEntity;
  intentId: string;
}

/**
 * Confirms the caller's waiting payment with a payment method. After a decline, the payment keeps waiting.
 * @throws Rejection NOT_FOUND, NOT_OWNER, INVALID, CONFLICT, TOO_MANY_ATTEMPTS, PAYMENT_EXPIRED, PAYMENT_DECLINED;
 * Unavailable
 */
export async function confirmPayment(
  services: PaymentServices,
  confirmation: Confirmation,
): Promise<PaymentEntity> {
  const { database, cards, clock } = services;
  const attempt = { id: newId(), buyerId: confirmation.caller.userId, network: confirmation.network };
  // The attempt number is committed before the call, so that no other attempt uses its idempotency key.
  const { payment, intentId } = await startConfirmation(services, confirmation, attempt);
  const key = confirmationKey(payment, payment.confirmAttempts);
  const { paymentMethod } = confirmation;
  const confirmed = await orRejection(
    cards.confirm(intentId, { paymentMethod, returnUrl: payment.returnUrl, key }),
  );
  if (confirmed instanceof Rejection) {
    // A card that the provider rejects counts as declined.
    await database.transact((manager) => endCardAttempts(manager, [{ id: attempt.id, declined: true }]));
    throw new Rejection(confirmed.code, confirmed.message, { field: ['paymentMethodToken'] });
  }
  const { intent, decline } = confirmed;
  const settled = await database.transact(async (manager, outbox) => {
    const snapshot = { paymentId: payment.id, intent, source: { name: 'buyer' } } as const;
    const paymentOf = await settlePayments(manager, outbox, [snapshot], clock.now());
    await endCardAttempts(manager, [{ id: attempt.id, declined: decline !== null }]);
    return paymentOf(payment.id);
  });
  if (decline) throw declined(decline);
  if (isPaidLate(settled)) {
    const message = 'The payment expired before it was completed. It is refunded.';
    throw new Rejection('PAYMENT_EXPIRED', message, { field: ['id'] });
  }
  if (!isPaid(settled) && !isOpen(settled)) throw new Rejection('CONFLICT', 'The payment has ended.');
  return settled;
}

/** Stores the attempt number once the limits of the buyer and the network allow it. @throws as `confirmPayment` */
async function startConfirmation(
  { database, clock, limits }: PaymentServices,
  confirmation: Confirmation,
  attempt: CardAttempt,
): Promise<StartedConfirmation> {
  const begun = await waitForAdmission(() =>
    database.transact(async (manager): Promise<StartedConfirmation | Rejection | 'busy'> => {
      const waiting = await findWaiting(manager, confirmation, clock.now());
      const [admission = 'busy'] = await admitCardAttempts(manager, limits, [attempt], clock.now());
      if (admission !== 'admitted') return admission;
      const { payment } = waiting;
      payment.confirmAttempts += 1;
      await manager.update(PaymentEntity, { id: payment.id }, { confirmAttempts: payment.confirmAttempts });
      return waiting;
    }),
  );
  if (begun instanceof Rejection) throw begun;
  return begun;
}

/** Locks the payment if the caller may confirm it now. */
async function findWaiting(
  manager: EntityManager,
  { caller, paymentId, paymentMethod }: Confirmation,
  now: Date,
): Promise<StartedConfirmation> {
  const found = await findVisible(manager, caller, paymentId);
  if (found.customerId !== caller.userId) {
    throw new Rejection('NOT_OWNER', 'Only the customer can confirm the payment.', { field: ['id'] });
  }
  if (!isPaymentMethodToken(paymentMethod)) {
    throw new Rejection('INVALID', 'The payment method must be an id that begins with pm_.', {
      field: ['paymentMethodToken'],
    });
  }
  const payment = (await lockPaymentsById(manager, [found.id]))(found.id);
  const intentId = payment.providerPaymentId;
  if (payment.provider === 'manual') {
    throw new Rejection('CONFLICT', 'The payment is not a card payment.', { field: ['id'] });
  }
  assertAwaitingConfirmation(payment, now);
  if (intentId === null) throw new Rejection('CONFLICT', 'The payment is not ready yet.', { field: ['id'] });
  return { payment, intentId };
}

/** @throws Rejection */
function assertAwaitingConfirmation(payment: PaymentEntity, now: Date): void {
  const field = ['id'];
  if (isPaid(payment)) throw new Rejection('CONFLICT', 'The payment has already succeeded.', { field });
  if (payment.status === 'EXPIRED' || (isOpen(payment) && payment.expiresAt <= now)) {
    throw new Rejection('PAYMENT_EXPIRED', 'The payment has expired.', { field });
  }
  if (!isOpen(payment) || payment.revertingAt !== null) {
    throw new Rejection('CONFLICT', 'The payment has ended.', { field });
  }
  if (payment.status === 'PROCESSING') {
    throw new Rejection('CONFLICT', 'The payment is being processed.', { field });
  }
  if (payment.confirmAttempts >= maxAttempts) {
    throw new Rejection('CONFLICT', 'The payment has too many confirmation attempts.', { field });
  }
}

function declined({ code, message }: Decline): Rejection {
  return new Rejection('PAYMENT_DECLINED', message, {
    field: ['paymentMethodToken'],
    typename: 'PaymentDeclinedError',
    details: { declineCode: code },
  });
}
