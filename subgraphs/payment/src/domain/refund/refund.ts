import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { newId } from '@souk/shared/ids';
import type { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { CardProvider, RefundOutcome } from '../provider/card-provider.js';
import { publishFacts } from '../ledger/payment-facts.js';
import type { LogEntry, Source } from '../ledger/payment-log.js';
import { record } from '../ledger/payment-log.js';
import type { ReturnCause } from './return-schedule.js';
import { markReturned } from './return-schedule.js';

/** Cause of an automatic refund: of all that is left, or of canceled units. */
export type RefundCause = ReturnCause | 'items';

const reasons: Readonly<Record<RefundCause, string>> = {
  revert: 'The checkout was cancelled.',
  late: 'The payment arrived after its deadline.',
  cancel: 'The order was cancelled.',
  items: 'A part of the order was cancelled.',
};

/** A transaction with the messages that leave after it. */
export interface Transaction {
  manager: EntityManager;
  outbox: Outbox;
}

/** The first purpose of the refund of canceled units, by the UUID of their cancellation's saga. */
export type ItemsPurpose = `items-${string}`;

/**
 * Purpose of a refund: unique per payment and part of the idempotency key at the provider. A retry of a failed refund
 * has a new purpose. `request` is a refund by an administrator, `provider` one that was created at the provider.
 */
export type RefundPurpose =
  ReturnCause | `${ReturnCause}-${number}` | ItemsPurpose | `request-${string}` | `provider-${string}`;

/** A requested refund. `amount` is in minor units. */
export interface RefundRequest {
  purpose: string;
  amount: number;
  reason: string;
  /** The sellers' parts of it; left out: all owners of the payment's money bear it in proportion. */
  parts?: RefundEntity['parts'];
}

const sendAttempts = 10;

/**
 * Returns the refundable amounts of payments, in minor units, by payment id; unpaid payments are omitted. The caller
 * holds the payments' locks.
 */
export async function refundables(
  manager: EntityManager,
  payments: readonly PaymentEntity[],
): Promise<ReadonlyMap<string, number>> {
  const paid = payments.filter(({ succeededAt }) => succeededAt !== null);
  const rows: { id: string; taken: string }[] =
    paid.length === 0
      ? []
      : await manager.query(
          `SELECT p.id, (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = p.id AND status <> 'FAILED')
                      + (SELECT coalesce(sum(withheld), 0) FROM dispute WHERE payment_id = p.id) AS taken
           FROM unnest($1::uuid[]) AS p (id)`,
          [paid.map(({ id }) => id)],
        );
  const takenOf = new Map(rows.map(({ id, taken }) => [id, Number(taken)]));
  return new Map(paid.map(({ id, amount }) => [id, Math.max(0, amount - (takenOf.get(id) ?? 0))]));
}

/**
 * Records requested refunds, at most one per payment, without calling the provider. Returns them in the order of the
 * requests. The caller holds the payments' locks.
 */
export async function requestRefunds(
  { manager, outbox }: Transaction,
  requests: readonly { payment: PaymentEntity; request: RefundRequest }[],
  source: Source,
  now: Date,
): Promise<RefundEntity[]> {
  if (requests.length === 0) return [];
  const created = requests.map(({ payment, request }) => ({
    payment,
    refund: manager.create(RefundEntity, {
      ...request,
      parts: request.parts ?? null,
      id: newId(),
      paymentId: payment.id,
      status: 'PENDING',
      providerRefundId: null,
      failureReason: null,
      lastSyncedAt: now,
      createdAt: now,
      completedAt: null,
    }),
  }));
  const refunds = created.map(({ refund }) => refund);
  await manager.insert(RefundEntity, refunds);
  const entries = created.map(
    ({ payment, refund: { amount, id: refundId, reason: message, parts } }): LogEntry => ({
      payment,
      facts: [{ type: 'REFUND_REQUESTED', amount, refundId, message, parts }],
      source,
    }),
  );
  await record(manager, entries, now);
  publishFacts(outbox, entries);
  return refunds;
}

/**
 * Ensures that all that is left of paid payments goes back. Returns the pending refunds for the cause, by payment id, or
 * requests new ones of the remaining amounts; if nothing is left, the completed ones. Payments that have no refund and
 * nothing left are omitted. The caller holds the payments' locks.
 */
export async function refundsFor(
  transaction: Transaction,
  payments: readonly PaymentEntity[],
  cause: ReturnCause,
  source: Source,
  now: Date,
): Promise<ReadonlyMap<string, RefundEntity>> {
  if (payments.length === 0) return new Map();
  const { manager } = transaction;
  const tries = await triesFor(
    manager,
    payments.map(({ id }) => id),
    cause,
  );
  await markReturned(manager, payments, cause);
  const left = await refundables(manager, payments);
  const isCurrent = ({ paymentId, status }: RefundEntity) =>
    status === 'PENDING' || (status === 'SUCCEEDED' && (left.get(paymentId) ?? 0) === 0);
  // The oldest refund wins.
  const found = new Map(
    tries
      .filter(isCurrent)
      .toReversed()
      .map((refund) => [refund.paymentId, refund]),
  );
  const without = payments.filter(({ id }) => !found.has(id));
  const requests = without.flatMap((payment) => {
    const amount = left.get(payment.id) ?? 0;
    if (amount === 0) return [];
    const before = tries.filter(({ paymentId }) => paymentId === payment.id).length;
    const purpose: RefundPurpose = before === 0 ? cause : `${cause}-${before + 1}`;
    return [{ payment, request: { purpose, amount, reason: reasonOf(purpose) } }];
  });
  for (const refund of await requestRefunds(transaction, requests, source, now)) {
    found.set(refund.paymentId, refund);
  }
  return found;
}

/** Returns the refunds of payments for a cause, or for the same canceled units, oldest first. */
export async function triesFor(
  manager: EntityManager,
  paymentIds: readonly string[],
  cause: ReturnCause | ItemsPurpose,
): Promise<RefundEntity[]> {
  return manager
    .createQueryBuilder(RefundEntity, 'r')
    .where('r.paymentId IN (:...paymentIds) AND (r.purpose = :cause OR r.purpose LIKE :more)', {
      paymentIds,
      cause,
      more: `${cause}-%`,
    })
    .orderBy('r.id')
    .getMany();
}

/**
 * Refunds money that arrived late, through a queued message: the row and the message survive a crash, and the
 * reconciler finds the row if the message is lost.
 */
export async function refundLate(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  source: Source,
  now: Date,
): Promise<void> {
  const refund = (await refundsFor({ manager, outbox }, [payment], 'late', source, now)).get(payment.id);
  if (refund?.status === 'PENDING') enqueueRefund(outbox, refund);
}

/** Queues a message that sends the refund. */
export function enqueueRefund(outbox: Outbox, { id: refundId }: RefundEntity): void {
  outbox.add({ queue: 'payment', name: 'sendRefund', body: { refundId }, attempts: sendAttempts });
}

/**
 * Creates the refund at the provider or retrieves its state. An administrator transfers refunds of manual payments:
 * they count as sent, and the payment log and `payments:reconcile` list the transfers due. @throws Unavailable
 */
export async function refundAtProvider(
  cards: CardProvider,
  payment: PaymentEntity,
  refund: RefundEntity,
): Promise<RefundOutcome> {
  if (payment.provider === 'manual') return { id: null, status: 'succeeded', failureReason: null };
  if (refund.providerRefundId !== null) return cards.retrieveRefund(refund.providerRefundId);
  if (payment.providerPaymentId === null)
    throw new Error(`The payment of refund ${refund.id} has no intent.`);
  const { paymentId, purpose, amount } = refund;
  return cards.refund(payment.providerPaymentId, { paymentId, purpose, amount, currency: payment.currency });
}

/** Default reason of an automatic refund or a refund at the provider. */
export function reasonOf(purpose: string): string {
  const cause = causeOf(purpose);
  return cause === null ? 'Refunded at the card provider.' : reasons[cause];
}

/** Cause of an automatic refund; null for a refund by a person, here or at the provider. */
export function causeOf(purpose: string): RefundCause | null {
  const [cause = ''] = purpose.split('-');
  return cause in reasons ? (cause as RefundCause) : null;
}

/** The purpose of the first refund of the same canceled units; null for other refunds. */
export function itemsPurposeOf(purpose: string): ItemsPurpose | null {
  const [, sagaId] = /^items-([0-9a-f-]{36})(?:-\d+)?$/.exec(purpose) ?? [];
  return sagaId === undefined ? null : `items-${sagaId}`;
}
