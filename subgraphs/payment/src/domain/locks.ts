import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { In } from 'typeorm';
import type { InboxKey } from '@souk/shared/db/inbox';
import { inboxKeyText, lockOutcomes } from '@souk/shared/db/inbox';
import { PaymentEntity } from '../entities/payment.js';

/** Whether the step that a payment belongs to is being performed at this moment, by a handler of its own. */
export type StepState = 'at work' | 'answered';

/** A payment with the state of its step. */
export interface LockedPayment {
  payment: PaymentEntity;
  step: StepState;
}

/** Locks payments until the transaction ends, in the order of their ids. */
function lockWhere(manager: EntityManager, where: FindOptionsWhere<PaymentEntity>): Promise<PaymentEntity[]> {
  return manager.find(PaymentEntity, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
}

/** Locks payments of known ids until the transaction ends. */
function lockPayments(manager: EntityManager, ids: readonly string[]): Promise<PaymentEntity[]> {
  return lockWhere(manager, { id: In([...ids]) });
}

/** A payment by its id. @throws where it is not among them */
export type PaymentById = (id: string) => PaymentEntity;

/** The same, to be had by their ids. */
export async function lockPaymentsById(manager: EntityManager, ids: readonly string[]): Promise<PaymentById> {
  const payments = new Map((await lockPayments(manager, ids)).map((payment) => [payment.id, payment]));
  return (id) => {
    const payment = payments.get(id);
    if (!payment) throw new Error(`There is no payment ${id}.`);
    return payment;
  };
}

/** Locks a payment of a known id until the transaction ends. @throws where there is none */
export async function lockPayment(manager: EntityManager, id: string): Promise<PaymentEntity> {
  return (await lockPaymentsById(manager, [id]))(id);
}

/** Locks the payments of sagas, as far as there are such. */
export function lockPaymentsOfSagas(
  manager: EntityManager,
  sagaIds: readonly string[],
): Promise<PaymentEntity[]> {
  return lockWhere(manager, { sagaId: In([...sagaIds]) });
}

/** Locks a payment together with the step that it answers. */
export async function lockPaymentAndStep(manager: EntityManager, id: string): Promise<LockedPayment> {
  const locked = (await lockPaymentsAndSteps(manager, [id])).get(id);
  if (!locked) throw new Error(`There is no payment ${id}.`);
  return locked;
}

/**
 * The same of many, by id: the inbox rows first, as the sagas' own handlers do, or the two would wait for each other;
 * either in the order of their keys.
 */
export async function lockPaymentsAndSteps(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, LockedPayment>> {
  const keys = (await manager.findBy(PaymentEntity, { id: In([...ids]) })).map(stepOf);
  const outcomes = await lockOutcomes<object>(manager, keys);
  const payments = await lockPayments(manager, ids);
  return new Map(
    payments.map((payment) => {
      const outcome = outcomes.get(inboxKeyText(stepOf(payment)));
      return [payment.id, { payment, step: outcome === null ? 'at work' : 'answered' }];
    }),
  );
}

/** Lets transactions that admit attempts to pay by card take turns, by the sorted keys that they count by. */
export async function lockCardAttempts(manager: EntityManager, keys: readonly string[]): Promise<void> {
  await manager.query(
    "SELECT pg_advisory_xact_lock(hashtextextended('card_attempt ' || key, 0)) FROM unnest($1::text[]) AS k (key)",
    [keys],
  );
}

function stepOf({ sagaId, step }: PaymentEntity): InboxKey {
  return { sagaId, step, direction: 'do' };
}
