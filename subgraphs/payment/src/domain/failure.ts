import type { EntityManager } from 'typeorm';
import type { Rejection } from '@souk/shared/errors';
import { PaymentEntity } from '../entities/payment.js';
import type { CardIntent } from './card-provider.js';
import { lockPayment } from './locks.js';
import { record } from './payment-log.js';

/** Ends a payment that failed for good: its checkout fails with it. */
export async function failPayment(
  manager: EntityManager,
  paymentId: string,
  {
    intent,
    failure: { rejection, code, ref },
  }: { intent: CardIntent | null; failure: { rejection: Rejection; code: string; ref: string | null } },
  now: Date,
): Promise<void> {
  const payment = await lockPayment(manager, paymentId);
  if (intent && payment.providerPaymentId === null) {
    await manager.update(PaymentEntity, { id: payment.id }, { providerPaymentId: intent.id });
  }
  const fact = { type: 'FAILED', code, message: rejection.message, providerRef: ref } as const;
  await record(manager, payment, [fact], { name: 'saga' }, now);
}
