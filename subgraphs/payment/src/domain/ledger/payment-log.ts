import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { EventSource, PaymentEventType } from '../../entities/payment-event.js';
import { PaymentEventEntity } from '../../entities/payment-event.js';
import type { PaymentEntity } from '../../entities/payment.js';
import type { RefundBooking } from './payment-postings.js';
import {
  bookDispute,
  bookDisputeWon,
  bookRefundFailed,
  bookRefunds,
  bookRefundsSent,
  bookSales,
} from './payment-postings.js';
import type { RefundPart } from './seller-deduction.js';
import { isOpen, stateOf } from '../payment-status.js';

/** Source of a fact, with the id of the provider's event if one reported it. */
export interface Source {
  name: EventSource;
  providerEventId?: string | null;
}

/** A fact to record. */
export interface Fact {
  type: PaymentEventType;
  amount?: number;
  code?: string | null;
  message?: string | null;
  providerRef?: string | null;
  refundId?: string;
  /** Of a requested refund: the sellers' parts of it, for the ledger; null for one of the whole payment. */
  parts?: readonly RefundPart[] | null;
  /** Set for facts about a dispute; the provider's id of the dispute is in `providerRef`. */
  disputeId?: string;
}

/** New facts about one payment. */
export interface LogEntry {
  payment: PaymentEntity;
  facts: readonly Fact[];
  source: Source;
}

/**
 * Appends facts to the logs of payments, posts them to the ledger, and updates the payments' rows and the given objects
 * to the resulting states, in the caller's transaction. At most one entry per payment; the caller holds their locks.
 */
export async function record(manager: EntityManager, entries: readonly LogEntry[], at: Date): Promise<void> {
  const changed = entries.filter(({ facts }) => facts.length > 0);
  if (changed.length === 0) return;
  await append(manager, changed, at);
  await bookAll(manager, changed, at);
  await updateStates(
    manager,
    changed.map(({ payment }) => payment),
  );
}

/** Inserts the facts in order: the insertion order is the order of the log. */
async function append(manager: EntityManager, entries: readonly LogEntry[], at: Date): Promise<void> {
  const rows = entries.flatMap(({ payment, facts, source }) =>
    facts.map((fact) => ({
      id: newId(),
      payment_id: payment.id,
      at,
      type: fact.type,
      amount: fact.amount ?? null,
      source: source.name,
      provider_event_id: source.providerEventId ?? null,
      code: fact.code ?? null,
      message: fact.message ?? null,
      provider_ref: fact.providerRef ?? null,
      refund_id: fact.refundId ?? null,
    })),
  );
  await manager.query(
    `INSERT INTO payment_event
       (id, payment_id, at, type, amount, source, provider_event_id, code, message, provider_ref, refund_id)
     SELECT id, payment_id, at, type, amount, source, provider_event_id, code, message, provider_ref, refund_id
     FROM ROWS FROM (json_to_recordset($1)
       AS (id uuid, payment_id uuid, at timestamptz, type text, amount bigint, source text, provider_event_id text,
         code text, message text, provider_ref text, refund_id uuid)) WITH ORDINALITY
       AS e (id, payment_id, at, type, amount, source, provider_event_id, code, message, provider_ref, refund_id, n)
     ORDER BY n`,
    [JSON.stringify(rows)],
  );
}

/** Posts facts about money to the ledger. */
async function bookAll(manager: EntityManager, entries: readonly LogEntry[], at: Date): Promise<void> {
  const sales = entries.flatMap(({ payment, facts }) =>
    facts.flatMap(({ type, amount = 0 }) =>
      // The payment's state before these facts decides: money for an ended, expired or reverting payment buys nothing.
      type === 'SUCCEEDED' ? [{ payment, received: amount, late: buysNothing(payment, at) }] : [],
    ),
  );
  if (sales.length > 0) await bookSales(manager, sales, at);
  const requested = refundsOf(entries, 'REFUND_REQUESTED');
  if (requested.length > 0) await bookRefunds(manager, requested, at);
  const sent = refundsOf(entries, 'REFUNDED');
  if (sent.length > 0) await bookRefundsSent(manager, sent, at);
  for (const { payment, facts } of entries) {
    for (const fact of facts) await book(manager, payment, fact, at);
  }
}

function buysNothing(payment: PaymentEntity, at: Date): boolean {
  return !isOpen(payment) || payment.revertingAt !== null || (payment.amount > 0 && at >= payment.expiresAt);
}

function refundsOf(entries: readonly LogEntry[], factType: 'REFUND_REQUESTED' | 'REFUNDED'): RefundBooking[] {
  return entries.flatMap(({ payment, facts }) =>
    facts.flatMap(({ type, refundId = '', amount = 0, parts = null }) =>
      type === factType ? [{ payment, refundId, amount, parts }] : [],
    ),
  );
}

/** Updates payments, their rows and the given objects, to the state derived from their logs. */
async function updateStates(manager: EntityManager, payments: readonly PaymentEntity[]): Promise<void> {
  const events = await manager.find(PaymentEventEntity, {
    where: { paymentId: In(payments.map(({ id }) => id)) },
    order: { paymentId: 'ASC', seq: 'ASC' },
  });
  const eventsOf = new Map<string, PaymentEventEntity[]>(payments.map(({ id }) => [id, []]));
  for (const event of events) eventsOf.get(event.paymentId)?.push(event);
  const states = payments.map((payment) => ({
    payment,
    state: stateOf(payment.amount, eventsOf.get(payment.id) ?? []),
  }));
  await manager.query(
    `UPDATE payment p SET status = s.status, refunded = s.refunded, required_action = s."requiredAction",
       failure_code = s."failureCode", failure_message = s."failureMessage", failure_ref = s."failureRef",
       succeeded_at = s."succeededAt"
     FROM json_to_recordset($1) AS s (id uuid, status text, refunded bigint, "requiredAction" text, "failureCode" text,
       "failureMessage" text, "failureRef" text, "succeededAt" timestamptz)
     WHERE p.id = s.id`,
    [JSON.stringify(states.map(({ payment: { id }, state }) => ({ id, ...state })))],
  );
  for (const { payment, state } of states) Object.assign(payment, state);
}

/** Last log positions by payment id; positions only grow. The caller holds the payments' locks. */
export async function positionsOf(
  manager: EntityManager,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows: { payment_id: string; seq: string }[] = await manager.query(
    'SELECT payment_id, max(seq) AS seq FROM payment_event WHERE payment_id = ANY($1) GROUP BY payment_id',
    [paymentIds],
  );
  return new Map(rows.map(({ payment_id: id, seq }) => [id, Number(seq)]));
}

/** Posts a fact of a rare type, without batching. */
async function book(manager: EntityManager, payment: PaymentEntity, fact: Fact, at: Date): Promise<void> {
  const { refundId = '', disputeId = '', amount = 0 } = fact;
  switch (fact.type) {
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
