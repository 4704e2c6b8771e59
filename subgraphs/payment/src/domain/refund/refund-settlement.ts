import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { CardRefund, RefundOutcome } from '../provider/card-provider.js';
import type { Fact, Source } from '../ledger/payment-log.js';
import { positionsOf, recordAll } from '../ledger/payment-log.js';
import type { RefundRequest } from './refund.js';
import {
  causeOf,
  reasonOf,
  refundable,
  refundFor,
  requestRefund,
  enqueueRefund,
  triesFor,
} from './refund.js';

/** So often is a refund for a cause tried; after that a person has to look. */
const maxAutomaticTries = 3;
/** How often order is told before the message is set aside. */
const publishAttempts = 10;

/** How the provider shows a refund; `refund` is the row as it is now, and the caller holds the payment's lock. */
export interface RefundSnapshot {
  payment: PaymentEntity;
  refund: RefundEntity;
  outcome: RefundOutcome;
}

/**
 * Records how a refund stands: its row, and what is new of it in the payment's log. One for a cause that comes back
 * after it had been told as done is tried again a few times. The caller holds the payment's lock.
 */
export async function settleRefund(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  refund: RefundEntity,
  outcome: RefundOutcome,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  await settleRefunds(manager, outbox, [{ payment, refund, outcome }], source, now);
  return refund;
}

/** The same of many payments, each of them once. The given objects are as their rows then. */
export async function settleRefunds(
  manager: EntityManager,
  outbox: Outbox,
  snapshots: readonly RefundSnapshot[],
  source: Source,
  now: Date,
): Promise<void> {
  // What has failed has been given up: a look that comes late does not bring it back.
  const seen = snapshots.filter(
    ({ refund, outcome }) => refund.status !== 'FAILED' || statusOf(outcome) === 'FAILED',
  );
  const changed = seen.filter(({ refund, outcome }) => refund.status !== statusOf(outcome));
  await saveSync(manager, seen, now);
  const before = new Map(changed.map(({ payment }) => [payment.id, payment.refunded]));
  await recordAll(
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
    // What the provider had sent back instead, and we did not know of.
    for (const other of outcome.instead ?? []) {
      await recordProviderRefund(manager, outbox, payment, other, source, now);
    }
    await retryRefund(manager, outbox, payment, refund, source, now);
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
      lookedAt: now,
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

/** Orders say of their money what the log says, whoever asked for the refund. */
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
    outbox.add({
      queue: 'order',
      name: 'paymentRefunded',
      body: {
        orderId,
        paymentId,
        refunded: { amount, currency },
        bySaga: cause !== null && cause !== 'late',
        position: positions.get(paymentId) ?? 0,
      } satisfies PaymentRefunded,
      attempts: publishAttempts,
    });
  }
}

/** Sagas ask again by themselves; a person's refund is a person's again. */
async function retryRefund(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  { purpose }: RefundEntity,
  source: Source,
  now: Date,
): Promise<void> {
  const cause = causeOf(purpose);
  if (cause === null || (source.name === 'saga' && cause !== 'late')) return;
  if ((await triesFor(manager, [payment.id], cause)).length >= maxAutomaticTries) return;
  const next = await refundFor(manager, payment, cause, source, now);
  if (next?.status === 'PENDING') enqueueRefund(outbox, next);
}

/**
 * Records a refund as the provider shows it: one of ours, which it names, or one that a person made at the provider,
 * which becomes a refund here. The payment is paid, and the caller holds its lock.
 */
export async function recordProviderRefund(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  snapshot: CardRefund,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const refund =
    (await findKnown(manager, payment, snapshot)) ??
    (await requestRefund(manager, payment, requestOf(payment, snapshot), source, now));
  return settleRefund(manager, outbox, payment, refund, snapshot, source, now);
}

/** By the provider's id; or by the purpose, where the provider's id is not written down yet. */
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

/** Why a refund has failed its payment: null where it has not, or where nothing is left to send back all the same. */
export async function failureOf(
  manager: EntityManager,
  payment: PaymentEntity,
  refund: RefundEntity,
): Promise<Rejection | null> {
  if (refund.status !== 'FAILED' || (await refundable(manager, payment)) === 0) return null;
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
