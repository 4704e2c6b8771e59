import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import { paymentEvents } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { singleItem } from '@souk/shared/single-item';
import type { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { CardRefund, RefundOutcome } from '../provider/card-provider.js';
import type { Fact, Source } from '../ledger/payment-log.js';
import { positionsOf, record } from '../ledger/payment-log.js';
import type { RefundRequest } from './refund.js';
import {
  causeOf,
  reasonOf,
  refundables,
  refundsFor,
  requestRefunds,
  enqueueRefund,
  triesFor,
} from './refund.js';

/** Maximum number of automatic refunds per cause; after that an administrator has to act. */
const maxAutomaticTries = 3;

/** A refund's outcome at the provider; `refund` is the current row, and the caller holds the payment's lock. */
export interface RefundSnapshot {
  payment: PaymentEntity;
  refund: RefundEntity;
  outcome: RefundOutcome;
}

/**
 * Records the outcomes of refunds, at most one per payment, in their rows and in the payments' logs, and updates the
 * given objects like their rows. An automatic refund that fails after it was reported as done is retried a few times.
 */
export async function settleRefunds(
  manager: EntityManager,
  outbox: Outbox,
  snapshots: readonly RefundSnapshot[],
  source: Source,
  now: Date,
): Promise<void> {
  // A failed refund is final: a late snapshot does not change it.
  const seen = snapshots.filter(
    ({ refund, outcome }) => refund.status !== 'FAILED' || statusOf(outcome) === 'FAILED',
  );
  const changed = seen.filter(({ refund, outcome }) => refund.status !== statusOf(outcome));
  await saveSync(manager, seen, now);
  const before = new Map(changed.map(({ payment }) => [payment.id, payment.refunded]));
  await record(
    manager,
    changed.map(({ payment, refund }) => ({ payment, facts: factsOf(refund), source })),
    now,
  );
  await publishRefunds(
    manager,
    outbox,
    changed.filter(({ payment }) => payment.refunded !== before.get(payment.id)),
  );
  for (const { payment, refund, outcome } of changed) {
    if (refund.status !== 'FAILED') continue;
    // Refunds at the provider that were not recorded here.
    for (const other of outcome.instead ?? []) {
      await recordProviderRefund(manager, outbox, { payment, snapshot: other }, source, now);
    }
    await retryRefund(manager, outbox, { payment, refund }, source, now);
  }
}

async function saveSync(
  manager: EntityManager,
  snapshots: readonly RefundSnapshot[],
  now: Date,
): Promise<void> {
  if (snapshots.length === 0) return;
  const changes = snapshots.map(({ refund, outcome }) => {
    const status = statusOf(outcome);
    const change = {
      providerRefundId: outcome.id ?? refund.providerRefundId,
      lastSyncedAt: now,
      status,
      failureReason: status === 'FAILED' ? (outcome.failureReason ?? 'No reason is known.') : null,
      completedAt: status === 'PENDING' ? null : (refund.completedAt ?? now),
    };
    return { refund, change };
  });
  await manager.query(
    `UPDATE refund r SET provider_refund_id = c."providerRefundId", looked_at = c."lastSyncedAt", status = c.status,
       failure_reason = c."failureReason", completed_at = c."completedAt"
     FROM json_to_recordset($1) AS c (id uuid, "providerRefundId" text, "lastSyncedAt" timestamptz, status text,
       "failureReason" text, "completedAt" timestamptz)
     WHERE r.id = c.id`,
    [JSON.stringify(changes.map(({ refund: { id }, change }) => ({ id, ...change })))],
  );
  for (const { refund, change } of changes) Object.assign(refund, change);
}

/** Publishes refund totals to order, whatever the source of the refund. */
async function publishRefunds(
  manager: EntityManager,
  outbox: Outbox,
  refunded: readonly RefundSnapshot[],
): Promise<void> {
  if (refunded.length === 0) return;
  const positions = await positionsOf(
    manager,
    refunded.map(({ payment }) => payment.id),
  );
  for (const { payment, refund } of refunded) {
    const { id: paymentId, orderId, refunded: amount, currency } = payment;
    const cause = causeOf(refund.purpose);
    outbox.publish(paymentEvents.paymentRefunded, paymentId, {
      orderId,
      paymentId,
      refunded: { amount, currency },
      bySaga: cause !== null && cause !== 'late',
      position: positions.get(paymentId) ?? 0,
    });
  }
}

/** Retries an automatic refund. Sagas retry their own, and an administrator retries theirs. */
async function retryRefund(
  manager: EntityManager,
  outbox: Outbox,
  { payment, refund }: Pick<RefundSnapshot, 'payment' | 'refund'>,
  source: Source,
  now: Date,
): Promise<void> {
  const cause = causeOf(refund.purpose);
  if (cause === null || (source.name === 'saga' && cause !== 'late')) return;
  if ((await triesFor(manager, [payment.id], cause)).length >= maxAutomaticTries) return;
  const next = (await refundsFor(manager, [payment], cause, source, now)).get(payment.id);
  if (next?.status === 'PENDING') enqueueRefund(outbox, next);
}

/** A payment with a refund at the provider. */
export interface ProviderRefund {
  payment: PaymentEntity;
  snapshot: CardRefund;
}

/**
 * Records a refund at the provider: one that payment requested, or one that a person created at the provider. The
 * payment is paid, and the caller holds its lock.
 */
export async function recordProviderRefund(
  manager: EntityManager,
  outbox: Outbox,
  { payment, snapshot }: ProviderRefund,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const request = requestOf(payment, snapshot);
  const refund =
    (await findKnown(manager, payment, snapshot)) ??
    singleItem(await requestRefunds(manager, [{ payment, request }], source, now));
  await settleRefunds(manager, outbox, [{ payment, refund, outcome: snapshot }], source, now);
  return refund;
}

/** Finds a refund by the provider's id, or by the purpose if the provider's id is not stored yet. */
async function findKnown(
  manager: EntityManager,
  payment: PaymentEntity,
  snapshot: CardRefund,
): Promise<RefundEntity | null> {
  const byId = await manager.findOneBy(RefundEntity, { providerRefundId: snapshot.id });
  if (byId || !isOurs(payment, snapshot)) return byId;
  const { purpose } = snapshot;
  return manager.findOneBy(RefundEntity, { paymentId: payment.id, purpose, providerRefundId: IsNull() });
}

function requestOf(payment: PaymentEntity, snapshot: CardRefund): RefundRequest {
  const purpose = isOurs(payment, snapshot) ? snapshot.purpose : `provider-${snapshot.id}`;
  return { purpose, amount: snapshot.amount, reason: reasonOf(purpose) };
}

function isOurs(payment: PaymentEntity, snapshot: CardRefund): snapshot is CardRefund & { purpose: string } {
  return snapshot.purpose !== null && snapshot.paymentId === payment.id;
}

/** Rejection for a failed refund; null if it has not failed or nothing is left to refund. */
export async function failureOf(
  manager: EntityManager,
  payment: PaymentEntity,
  refund: RefundEntity,
): Promise<Rejection | null> {
  if (refund.status !== 'FAILED') return null;
  if (((await refundables(manager, [payment])).get(payment.id) ?? 0) === 0) return null;
  return new Rejection('CONFLICT', `The refund failed: ${refund.failureReason ?? 'no reason is known'}`);
}

function statusOf({ status }: RefundOutcome): RefundEntity['status'] {
  return status === 'succeeded' ? 'SUCCEEDED' : status === 'failed' ? 'FAILED' : 'PENDING';
}

function factsOf({ id: refundId, amount, status, failureReason }: RefundEntity): Fact[] {
  const fact = { amount, refundId };
  if (status === 'SUCCEEDED') return [{ ...fact, type: 'REFUNDED' }];
  if (status === 'FAILED') return [{ ...fact, type: 'REFUND_FAILED', message: failureReason }];
  return [];
}
