import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { In } from 'typeorm';
import { lockNames } from '@souk/shared/db/advisory-locks';
import type { InboxKey } from '@souk/shared/db/inbox';
import { inboxKeyText, lockOutcomes } from '@souk/shared/db/inbox';
import { PaymentEntity } from '../entities/payment.js';

/** Whether a command handler is performing the payment's step now. */
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

/** Looks up a locked payment by its id. @throws Error if it is not locked */
export type PaymentById = (id: string) => PaymentEntity;

/** Locks payments until the transaction ends and returns a lookup by id. */
export async function lockPaymentsById(manager: EntityManager, ids: readonly string[]): Promise<PaymentById> {
  const payments = new Map((await lockPayments(manager, ids)).map((payment) => [payment.id, payment]));
  return (id) => {
    const payment = payments.get(id);
    if (!payment) throw new Error(`There is no payment ${id}.`);
    return payment;
  };
}

/** Locks a payment until the transaction ends. @throws Error if it does not exist */
export async function lockPayment(manager: EntityManager, id: string): Promise<PaymentEntity> {
  return (await lockPaymentsById(manager, [id]))(id);
}

/** Locks the existing payments of sagas until the transaction ends. */
export function lockPaymentsOfSagas(
  manager: EntityManager,
  sagaIds: readonly string[],
): Promise<PaymentEntity[]> {
  return lockWhere(manager, { sagaId: In([...sagaIds]) });
}

/** Locks a payment and the inbox row of its step. */
export async function lockPaymentAndStep(manager: EntityManager, id: string): Promise<LockedPayment> {
  const locked = (await lockPaymentsAndSteps(manager, [id])).get(id);
  if (!locked) throw new Error(`There is no payment ${id}.`);
  return locked;
}

/**
 * Batch form of `lockPaymentAndStep`, by payment id. Locks inbox rows before payments, as saga command handlers do, and
 * both sorted by key, so that concurrent transactions do not deadlock.
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

/** Namespace of the card attempts' advisory locks, unique in this database. */
const cardAttemptLocks = 7_682_103;

/** Serializes transactions that admit card attempts with a common key. */
export async function lockCardAttempts(manager: EntityManager, keys: readonly string[]): Promise<void> {
  await lockNames(manager, cardAttemptLocks, keys);
}

function stepOf({ sagaId, step }: PaymentEntity): InboxKey {
  return { sagaId, step, direction: 'do' };
}
