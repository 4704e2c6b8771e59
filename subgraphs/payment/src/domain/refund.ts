import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { newId } from '@souk/shared/ids';
import type { PaymentEntity } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';
import type { CardProvider, RefundOutcome } from './card-provider.js';
import type { Source } from './payment-log.js';
import { record } from './payment-log.js';

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
  if (payment.succeededAt === null) return 0;
  const [row]: { taken: string }[] = await manager.query(
    `SELECT (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = $1 AND status <> 'FAILED')
          + (SELECT coalesce(sum(withheld), 0) FROM dispute WHERE payment_id = $1) AS taken`,
    [payment.id],
  );
  return Math.max(0, payment.amount - Number(row?.taken ?? 0));
}

/** Records that money is to go back; the provider has not been asked yet. The caller holds the payment's lock. */
export async function requestRefund(
  manager: EntityManager,
  payment: PaymentEntity,
  request: RefundRequest,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const refund = manager.create(RefundEntity, {
    ...request,
    id: newId(),
    paymentId: payment.id,
    status: 'PENDING',
    providerRefundId: null,
    failureReason: null,
    lookedAt: now,
    createdAt: now,
    completedAt: null,
  });
  await manager.insert(RefundEntity, refund);
  const { amount, id: refundId, reason: message } = refund;
  await record(manager, payment, [{ type: 'REFUND_REQUESTED', amount, refundId, message }], source, now);
  return refund;
}

/** A refund as it is now, for who had it from an earlier transaction. */
export function presentRefund(manager: EntityManager, id: string): Promise<RefundEntity> {
  return manager.findOneByOrFail(RefundEntity, { id });
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
  const tries = await triesFor(manager, payment.id, cause);
  const live = tries.find(({ status }) => status !== 'FAILED');
  if (live) return live;
  const amount = await refundable(manager, payment);
  if (amount === 0) return null;
  const purpose: RefundPurpose = tries.length === 0 ? cause : `${cause}-${tries.length + 1}`;
  return requestRefund(manager, payment, { purpose, amount, reason: reasonOf(purpose) }, source, now);
}

/** The refunds for a cause, the oldest first. */
export async function triesFor(
  manager: EntityManager,
  paymentId: string,
  cause: RefundCause,
): Promise<RefundEntity[]> {
  return manager
    .createQueryBuilder(RefundEntity, 'r')
    .where('r.paymentId = :paymentId AND (r.purpose = :cause OR r.purpose LIKE :more)', {
      paymentId,
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
  if (refund?.status === 'PENDING') sendLater(outbox, refund);
}

/** Has a refund sent by a message to payment itself. */
export function sendLater(outbox: Outbox, { id: refundId }: RefundEntity): void {
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
