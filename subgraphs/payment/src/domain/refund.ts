import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { newId } from '@souk/shared/ids';
import type { PaymentEntity } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';
import type { CardRefund } from './card-provider.js';
import type { Fact, Source } from './payment-log.js';
import { record } from './payment-log.js';

const reasons = {
  revert: 'The checkout was turned back.',
  late: 'The money came after the payment had ended.',
  cancel: 'The order was cancelled.',
} as const;

/**
 * Why money goes back. The purpose is unique for a payment, and part of the idempotency key at the provider: where a
 * refund has failed, the next try is another purpose.
 */
export type RefundPurpose = keyof typeof reasons | `cancel-${number}`;

const lateRefundAttempts = 10;

/** The refund of a payment for a purpose, or null. The caller holds the payment's lock. */
export async function findRefund(
  manager: EntityManager,
  paymentId: string,
  purpose: string,
): Promise<RefundEntity | null> {
  return manager.findOneBy(RefundEntity, { paymentId, purpose });
}

/** Records that money is to go back; the provider has not been asked yet. */
async function requestRefund(
  manager: EntityManager,
  payment: PaymentEntity,
  request: { purpose: RefundPurpose; amount: number },
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const refund = manager.create(RefundEntity, {
    ...request,
    id: newId(),
    paymentId: payment.id,
    reason: reasonOf(request.purpose),
    status: 'PENDING',
    providerRefundId: null,
    lookedAt: now,
    createdAt: now,
    completedAt: null,
  });
  await manager.insert(RefundEntity, refund);
  const { amount, id: refundId, reason: message } = refund;
  await record(manager, payment, [{ type: 'REFUND_REQUESTED', amount, refundId, message }], source, now);
  return refund;
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
  if (await findRefund(manager, payment.id, 'late')) return;
  const request = { purpose: 'late' as const, amount: payment.amount - payment.refunded };
  const refund = await requestRefund(manager, payment, request, source, now);
  outbox.add({
    queue: 'payment',
    name: 'refundLate',
    body: { refundId: refund.id },
    attempts: lateRefundAttempts,
  });
}

/**
 * Records how a refund stands at the provider: its row (made here where the provider was asked first), and what is
 * new of it in the payment's log. The caller holds the payment's lock.
 */
export async function settleRefund(
  manager: EntityManager,
  payment: PaymentEntity,
  of: { purpose: RefundPurpose } | RefundEntity,
  shown: CardRefund,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const refund =
    of instanceof RefundEntity
      ? of
      : ((await findRefund(manager, payment.id, of.purpose)) ??
        (await requestRefund(manager, payment, { purpose: of.purpose, amount: shown.amount }, source, now)));
  const status = statusOf(shown);
  const change = {
    providerRefundId: shown.id,
    lookedAt: now,
    status,
    completedAt: status === 'PENDING' ? null : (refund.completedAt ?? now),
  };
  await manager.update(RefundEntity, { id: refund.id }, change);
  if (status !== refund.status) await record(manager, payment, factsOf(refund, status, shown), source, now);
  return Object.assign(refund, change);
}

/** Records that nothing was left to send back. */
export async function dropRefund(
  manager: EntityManager,
  payment: PaymentEntity,
  refund: RefundEntity,
  source: Source,
  now: Date,
): Promise<void> {
  await manager.update(
    RefundEntity,
    { id: refund.id },
    { status: 'FAILED', completedAt: now, lookedAt: now },
  );
  const message = 'Nothing was left to send back.';
  await record(
    manager,
    payment,
    [{ type: 'REFUND_FAILED', amount: refund.amount, refundId: refund.id, message }],
    source,
    now,
  );
}

function reasonOf(purpose: RefundPurpose): string {
  return purpose in reasons ? reasons[purpose as keyof typeof reasons] : reasons.cancel;
}

function statusOf({ status }: CardRefund): RefundEntity['status'] {
  return status === 'succeeded' ? 'SUCCEEDED' : status === 'failed' ? 'FAILED' : 'PENDING';
}

function factsOf(refund: RefundEntity, status: RefundEntity['status'], shown: CardRefund): Fact[] {
  const fact = { amount: shown.amount, refundId: refund.id };
  if (status === 'SUCCEEDED') return [{ ...fact, type: 'REFUNDED' }];
  if (status === 'FAILED') return [{ ...fact, type: 'REFUND_FAILED', message: shown.failureReason }];
  return [];
}
