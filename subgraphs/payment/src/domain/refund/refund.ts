import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { newId } from '@souk/shared/ids';
import type { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { CardProvider, RefundOutcome } from '../provider/card-provider.js';
import type { Source } from '../ledger/payment-log.js';
import { recordAll } from '../ledger/payment-log.js';

const reasons = {
  revert: 'The checkout was turned back.',
  late: 'The money came after the payment had ended.',
  cancel: 'The order was cancelled.',
} as const;

/** Why money goes back without anybody's asking. */
export type RefundCause = keyof typeof reasons;

/**
 * What a refund is for: unique for a payment, and part of the idempotency key at the provider. Where a refund for a
 * cause has failed, the next try is another purpose. `request` is a person's, `provider` was made at the provider.
 */
export type RefundPurpose =
  RefundCause | `${RefundCause}-${number}` | `request-${string}` | `provider-${string}`;

/** What is asked for. `amount` in minor units. */
export interface RefundRequest {
  purpose: string;
  amount: number;
  reason: string;
}

const sendAttempts = 10;

/** What of a payment may still be sent back, in minor units. The caller holds the payment's lock. */
export async function refundable(manager: EntityManager, payment: PaymentEntity): Promise<number> {
  return (await refundables(manager, [payment])).get(payment.id) ?? 0;
}

/** The same of many payments, by their ids. */
async function refundables(
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

/** Records that money is to go back; the provider has not been asked yet. The caller holds the payment's lock. */
export async function requestRefund(
  manager: EntityManager,
  payment: PaymentEntity,
  request: RefundRequest,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const [refund] = await requestRefunds(manager, [{ payment, request }], source, now);
  if (!refund) throw new Error('A refund was not requested.');
  return refund;
}

/** The same of many payments, each of them once; in their order. */
async function requestRefunds(
  manager: EntityManager,
  requests: readonly { payment: PaymentEntity; request: RefundRequest }[],
  source: Source,
  now: Date,
): Promise<RefundEntity[]> {
  if (requests.length === 0) return [];
  const created = requests.map(({ payment, request }) => ({
    payment,
    refund: manager.create(RefundEntity, {
      ...request,
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
  await recordAll(
    manager,
    created.map(({ payment, refund: { amount, id: refundId, reason: message } }) => ({
      payment,
      facts: [{ type: 'REFUND_REQUESTED', amount, refundId, message }],
      source,
    })),
    now,
  );
  return refunds;
}

/**
 * The refund of all that is left of a payment for a cause: the one that is under way or done, or a new one; null where
 * nothing is left and there never was one. The caller holds the payment's lock.
 */
export async function refundFor(
  manager: EntityManager,
  payment: PaymentEntity,
  cause: RefundCause,
  source: Source,
  now: Date,
): Promise<RefundEntity | null> {
  return (await refundsFor(manager, [payment], cause, source, now)).get(payment.id) ?? null;
}

/** The same of many payments, by their ids; those that have none are not in it. */
export async function refundsFor(
  manager: EntityManager,
  payments: readonly PaymentEntity[],
  cause: RefundCause,
  source: Source,
  now: Date,
): Promise<ReadonlyMap<string, RefundEntity>> {
  if (payments.length === 0) return new Map();
  const tries = await triesFor(
    manager,
    payments.map(({ id }) => id),
    cause,
  );
  const live = tries.filter(({ status }) => status !== 'FAILED');
  // Of many the oldest.
  const found = new Map(live.toReversed().map((refund) => [refund.paymentId, refund]));
  const without = payments.filter(({ id }) => !found.has(id));
  const left = await refundables(manager, without);
  const requests = without.flatMap((payment) => {
    const amount = left.get(payment.id) ?? 0;
    if (amount === 0) return [];
    const before = tries.filter(({ paymentId }) => paymentId === payment.id).length;
    const purpose: RefundPurpose = before === 0 ? cause : `${cause}-${before + 1}`;
    return [{ payment, request: { purpose, amount, reason: reasonOf(purpose) } }];
  });
  for (const refund of await requestRefunds(manager, requests, source, now)) {
    found.set(refund.paymentId, refund);
  }
  return found;
}

/** The refunds of payments for a cause, the oldest first. */
export async function triesFor(
  manager: EntityManager,
  paymentIds: readonly string[],
  cause: RefundCause,
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
 * Sends back money that came too late, by a message to payment itself: neither the row nor the message is lost in a
 * crash, and the reconciler finds the row where the message was.
 */
export async function refundLate(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  source: Source,
  now: Date,
): Promise<void> {
  const refund = await refundFor(manager, payment, 'late', source, now);
  if (refund?.status === 'PENDING') enqueueRefund(outbox, refund);
}

/** Has a refund sent by a message to payment itself. */
export function enqueueRefund(outbox: Outbox, { id: refundId }: RefundEntity): void {
  outbox.add({ queue: 'payment', name: 'sendRefund', body: { refundId }, attempts: sendAttempts });
}

/**
 * Asks the provider for a refund, or how it stands. Money that came by another way than a card is sent by a person: it
 * counts as sent, and the list of what is to be sent is in the log and in `payments:reconcile`. @throws Unavailable
 */
export async function refundAtProvider(
  cards: CardProvider,
  payment: PaymentEntity,
  refund: RefundEntity,
): Promise<RefundOutcome> {
  if (payment.provider === 'manual') return { id: null, status: 'succeeded', failureReason: null };
  if (refund.providerRefundId !== null) return cards.retrieveRefund(refund.providerRefundId);
  if (payment.providerPaymentId === null)
    throw new Error(`Refund ${refund.id} is of a payment without an intent.`);
  const { paymentId, purpose, amount } = refund;
  return cards.refund(payment.providerPaymentId, { paymentId, purpose, amount, currency: payment.currency });
}

/** A reason in words, for a refund that nobody gave one for. */
export function reasonOf(purpose: string): string {
  const cause = causeOf(purpose);
  return cause === null ? 'Sent back at the card provider.' : reasons[cause];
}

/** The cause of a refund; null where a person asked for it, here or at the provider. */
export function causeOf(purpose: string): RefundCause | null {
  const [cause = ''] = purpose.split('-');
  return cause in reasons ? (cause as RefundCause) : null;
}
