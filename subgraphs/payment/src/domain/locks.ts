import type { EntityManager } from 'typeorm';
import { readInbox } from '@souk/shared/db/inbox';
import { PaymentEntity } from '../entities/payment.js';

/** Whether the step that a payment belongs to is being performed at this moment, by a handler of its own. */
export type StepState = 'at work' | 'answered';

/** Locks a payment of a known id until the transaction ends. */
export async function lockPayment(manager: EntityManager, id: string): Promise<PaymentEntity> {
  return manager.findOneOrFail(PaymentEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

/** Locks the payment of a saga; null where there is none. */
export async function lockPaymentOfSaga(
  manager: EntityManager,
  sagaId: string,
): Promise<PaymentEntity | null> {
  return manager.findOne(PaymentEntity, { where: { sagaId }, lock: { mode: 'pessimistic_write' } });
}

/**
 * Locks a payment together with the step that it answers: the inbox row first, as the saga's own handlers do, or the
 * two would wait for each other.
 */
export async function lockPaymentAndStep(
  manager: EntityManager,
  id: string,
): Promise<{ payment: PaymentEntity; step: StepState }> {
  const { sagaId, step } = await manager.findOneByOrFail(PaymentEntity, { id });
  const outcome = await readInbox<object>(manager, { sagaId, step, direction: 'do' });
  return { payment: await lockPayment(manager, id), step: outcome === null ? 'at work' : 'answered' };
}
