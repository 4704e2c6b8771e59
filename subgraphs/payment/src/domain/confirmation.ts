import type { EntityManager } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import { Rejection } from '@souk/shared/errors';
import { PaymentEntity } from '../entities/payment.js';
import type { CardDesk } from './card-desk.js';
import type { Decline } from './card-provider.js';
import { lockPayment } from './locks.js';
import { confirmationKey, findVisible, isPaymentMethodToken } from './payment.js';
import { isOpen, isPaid } from './payment-status.js';
import { settlePayment } from './settlement.js';

/** Card testers try many cards on one payment. */
const maxAttempts = 25;

/**
 * The caller's waiting payment is tried with a payment method; declined, it goes on waiting. `paymentId` is null for
 * an id that names nothing.
 * @throws Rejection NOT_FOUND, NOT_OWNER, INVALID, CONFLICT, PAYMENT_EXPIRED, PAYMENT_DECLINED; Unavailable
 */
export async function confirmPayment(
  { database, cards, clock }: CardDesk,
  caller: Identity,
  paymentId: string | null,
  paymentMethod: string,
): Promise<PaymentEntity> {
  // The attempt's number is committed before the call: no other attempt ever uses its key.
  const { payment, intentId } = await database.transact((manager) =>
    beginConfirmation(manager, caller, paymentId, paymentMethod, clock.now()),
  );
  const key = confirmationKey(payment, payment.confirmAttempts);
  const { intent, decline } = await atField(
    cards.confirm(intentId, { paymentMethod, returnUrl: payment.returnUrl, key }),
  );
  const settled = await database.transact((manager, outbox) =>
    settlePayment(manager, outbox, payment.id, intent, { name: 'buyer' }, clock.now()),
  );
  if (decline) throw declined(decline);
  if (!isPaid(settled) && !isOpen(settled)) throw new Rejection('CONFLICT', 'The payment has ended.');
  return settled;
}

async function beginConfirmation(
  manager: EntityManager,
  caller: Identity,
  paymentId: string | null,
  paymentMethod: string,
  now: Date,
): Promise<{ payment: PaymentEntity; intentId: string }> {
  const found = await findVisible(manager, caller, paymentId);
  if (found.customerId !== caller.userId) {
    throw new Rejection('NOT_OWNER', 'Only its customer confirms a payment.', { field: ['id'] });
  }
  if (!isPaymentMethodToken(paymentMethod)) {
    throw new Rejection('INVALID', 'A payment method begins with pm_.', { field: ['paymentMethodToken'] });
  }
  const payment = await lockPayment(manager, found.id);
  const intentId = payment.providerPaymentId;
  if (payment.provider === 'manual') {
    throw new Rejection('CONFLICT', 'This payment is not made by card.', { field: ['id'] });
  }
  refuseUnlessWaiting(payment, now);
  if (intentId === null) throw new Rejection('CONFLICT', 'The payment is not ready yet.', { field: ['id'] });
  payment.confirmAttempts += 1;
  await manager.update(PaymentEntity, { id: payment.id }, { confirmAttempts: payment.confirmAttempts });
  return { payment, intentId };
}

/** @throws Rejection */
function refuseUnlessWaiting(payment: PaymentEntity, now: Date): void {
  const field = ['id'];
  if (isPaid(payment)) throw new Rejection('CONFLICT', 'The payment has succeeded already.', { field });
  if (payment.status === 'EXPIRED' || (isOpen(payment) && payment.expiresAt <= now)) {
    throw new Rejection('PAYMENT_EXPIRED', 'The time to pay is over.', { field });
  }
  if (!isOpen(payment) || payment.revertingAt !== null) {
    throw new Rejection('CONFLICT', 'The payment has ended.', { field });
  }
  if (payment.status === 'PROCESSING') {
    throw new Rejection('CONFLICT', 'The payment is being processed.', { field });
  }
  if (payment.confirmAttempts >= maxAttempts) {
    throw new Rejection('CONFLICT', 'This payment was tried too often.', { field });
  }
}

/** What the provider says of the payment method concerns the argument that named it. */
async function atField<T>(confirmed: Promise<T>): Promise<T> {
  try {
    return await confirmed;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new Rejection(error.code, error.message, { field: ['paymentMethodToken'] });
  }
}

function declined({ code, message }: Decline): Rejection {
  return new Rejection('PAYMENT_DECLINED', message, {
    field: ['paymentMethodToken'],
    typename: 'PaymentDeclinedError',
    details: { declineCode: code },
  });
}
