import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { PaymentEntity } from '../entities/payment.js';
import { PaymentEntity as Payment } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';
import type { CardProvider } from './card-provider.js';
import { lockPayment } from './locks.js';
import type { Source } from './payment-log.js';
import { dropRefund, settleRefund } from './refund.js';
import { settlePayment } from './settlement.js';

/** What is needed where a question to the provider stands between two transactions. */
export interface CardDesk {
  database: Database;
  cards: CardProvider;
  clock: Clock;
}

/** Asks the provider how a payment stands, and settles it. @throws Unavailable */
export async function lookAtPayment(
  { database, cards, clock }: CardDesk,
  payment: PaymentEntity,
  source: Source,
  intentId = payment.providerPaymentId,
): Promise<PaymentEntity> {
  // The step has not been to the provider yet, or is there now.
  if (intentId === null) return payment;
  const intent = await cards.retrieve(intentId);
  return database.transact((manager, outbox) =>
    settlePayment(manager, outbox, payment.id, intent, source, clock.now()),
  );
}

/** Asks the provider for a refund that was requested, or how it stands, and settles it. @throws Unavailable */
export async function lookAtRefund(
  { database, cards, clock }: CardDesk,
  refundId: string,
  source: Source,
): Promise<void> {
  const refund = await database.reader.findOneByOrFail(RefundEntity, { id: refundId });
  const { providerPaymentId } = await database.reader.findOneByOrFail(Payment, { id: refund.paymentId });
  if (providerPaymentId === null) throw new Error(`Refund ${refundId} is of a payment without an intent.`);
  const shown =
    refund.providerRefundId === null
      ? await cards.refund(providerPaymentId, refund)
      : await cards.retrieveRefund(refund.providerRefundId);
  await database.transact(async (manager) => {
    const payment = await lockPayment(manager, refund.paymentId);
    const present = await manager.findOneByOrFail(RefundEntity, { id: refundId });
    if (shown) await settleRefund(manager, payment, present, shown, source, clock.now());
    else if (present.status === 'PENDING') {
      await dropRefund(manager, payment, present, source, clock.now());
    }
  });
}
