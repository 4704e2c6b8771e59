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

/** Looks up a value by the id of its locked payment. @throws Error if the payment does not exist */
export type ByPaymentId<Value> = (id: string) => Value;

function lookUp<Value>(values: ReadonlyMap<string, Value>): ByPaymentId<Value> {
  return (id) => {
    const value = values.get(id);
    if (value === undefined) throw new Error(`There is no payment ${id}.`);
    return value;
  };
}

/** Locks payments until the transaction ends and returns a lookup by id. */
export async function lockPaymentsById(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ByPaymentId<PaymentEntity>> {
  return lookUp(new Map((await lockPayments(manager, ids)).map((payment) => [payment.id, payment])));
}

/** Locks the existing payments of sagas until the transaction ends. */
export function lockPaymentsOfSagas(
  manager: EntityManager,
  sagaIds: readonly string[],
): Promise<PaymentEntity[]> {
  return lockWhere(manager, { sagaId: In([...sagaIds]) });
}

/**
 * Locks payments and the inbox rows of their steps until the transaction ends and returns a lookup by payment id. Locks
 * inbox rows before payments, as saga command handlers do, and both sorted by key, so that concurrent transactions do
 * not deadlock.
 */
export async function lockPaymentsAndSteps(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ByPaymentId<LockedPayment>> {
  const keys = (await manager.findBy(PaymentEntity, { id: In([...ids]) })).map(stepOf);
  const outcomes = await lockOutcomes<object>(manager, keys);
  const payments = await lockPayments(manager, ids);
  return lookUp(
    new Map(
      payments.map((payment) => {
        const outcome = outcomes.get(inboxKeyText(stepOf(payment)));
        return [payment.id, { payment, step: outcome === null ? 'at work' : 'answered' }];
      }),
    ),
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
