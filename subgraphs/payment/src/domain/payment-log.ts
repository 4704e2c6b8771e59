import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { EventSource, PaymentEventType } from '../entities/payment-event.js';
import { PaymentEventEntity } from '../entities/payment-event.js';
import { PaymentEntity } from '../entities/payment.js';
import {
  bookDispute,
  bookDisputeWon,
  bookRefund,
  bookRefundFailed,
  bookRefundSent,
  bookSale,
} from './bookkeeping.js';
import { isOpen, stateOf } from './payment-status.js';

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
  /** Of a fact about a dispute; its provider's id is the providerRef. */
  disputeId?: string;
}

/**
 * Appends facts to a payment's log, books in the ledger what they say of money, and brings the payment's row, and the
 * given object, to the state that follows: all of it or nothing. The caller holds the payment's lock.
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
  for (const fact of facts) await book(manager, payment, fact, at);
  const events = await manager.find(PaymentEventEntity, {
    where: { paymentId: payment.id },
    order: { seq: 'ASC' },
  });
  const state = stateOf(payment.amount, events);
  await manager.update(PaymentEntity, { id: payment.id }, state);
  Object.assign(payment, state);
}

/** How far a payment's log goes: it only ever grows. The caller holds the payment's lock. */
export async function positionOf(manager: EntityManager, paymentId: string): Promise<number> {
  const [row]: { seq: string | null }[] = await manager.query(
    'SELECT max(seq) AS seq FROM payment_event WHERE payment_id = $1',
    [paymentId],
  );
  return Number(row?.seq ?? 0);
}

/** What a fact says of money. Amounts are in every fact that moves any. */
async function book(manager: EntityManager, payment: PaymentEntity, fact: Fact, at: Date): Promise<void> {
  const { refundId = '', disputeId = '', amount = 0 } = fact;
  switch (fact.type) {
    case 'SUCCEEDED': {
      // Told by the payment as it was: what was ended, or is being undone, buys nothing any more.
      const late = !isOpen(payment) || payment.revertingAt !== null;
      return bookSale(manager, payment, { received: amount, late, at });
    }
    case 'REFUND_REQUESTED':
      return bookRefund(manager, payment, { refundId, amount, at });
    case 'REFUNDED':
      return bookRefundSent(manager, payment, { refundId, amount, at });
    case 'REFUND_FAILED':
      return bookRefundFailed(manager, payment, { refundId, at });
    case 'DISPUTE_OPENED':
      return bookDispute(manager, payment, { disputeId, amount, at });
    case 'DISPUTE_WON':
      return bookDisputeWon(manager, payment, { disputeId, at });
    default:
      return;
  }
}
