import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { EventSource, PaymentEventType } from '../entities/payment-event.js';
import { PaymentEventEntity } from '../entities/payment-event.js';
import { PaymentEntity } from '../entities/payment.js';
import { stateOf } from './payment-status.js';

/** Through whom a fact became known, and by which event of the provider where it was one. */
export interface Source {
  name: EventSource;
  providerEventId?: string | null;
}

/** A fact to be recorded. */
export interface Fact {
  type: PaymentEventType;
  amount?: number;
  code?: string | null;
  message?: string | null;
  providerRef?: string | null;
  refundId?: string;
}

/**
 * Appends facts to a payment's log, and brings the payment's row, and the given object, to the state that follows.
 * The caller holds the payment's lock.
 */
export async function record(
  manager: EntityManager,
  payment: PaymentEntity,
  facts: readonly Fact[],
  source: Source,
  at: Date,
): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((fact) => ({
    id: newId(),
    paymentId: payment.id,
    at,
    type: fact.type,
    amount: fact.amount ?? null,
    source: source.name,
    providerEventId: source.providerEventId ?? null,
    code: fact.code ?? null,
    message: fact.message ?? null,
    providerRef: fact.providerRef ?? null,
    refundId: fact.refundId ?? null,
  }));
  // One by one: the order of writing is the order of the log.
  for (const row of rows) await manager.insert(PaymentEventEntity, row);
  const events = await manager.find(PaymentEventEntity, {
    where: { paymentId: payment.id },
    order: { seq: 'ASC' },
  });
  const state = stateOf(payment.amount, events);
  await manager.update(PaymentEntity, { id: payment.id }, state);
  Object.assign(payment, state);
}
