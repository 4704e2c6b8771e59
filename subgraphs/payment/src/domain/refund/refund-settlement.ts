import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { singleItem } from '@souk/shared/single-item';
import type { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { CardRefund, RefundOutcome } from '../provider/card-provider.js';
import type { Fact, Source } from '../ledger/payment-log.js';
import { publishFacts } from '../ledger/payment-facts.js';
import { record } from '../ledger/payment-log.js';
import { recordDispute } from './dispute.js';
import { publishPaymentMoney } from './payment-money.js';
import { nextReturnAt, scheduleReturn } from './return-schedule.js';
import type { RefundRequest } from './refund.js';
import {
  causeOf,
  itemsPurposeOf,
  reasonOf,
  refundables,
  refundsFor,
  requestRefunds,
  enqueueRefund,
  triesFor,
} from './refund.js';

/** Automatic refunds per cause that are requested at once; later ones are scheduled. */
const immediateTries = 3;

/** A refund's outcome at the provider; `refund` is the current row, and the caller holds the payment's lock. */
export interface RefundSnapshot {
  payment: PaymentEntity;
  refund: RefundEntity;
  outcome: RefundOutcome;
}

/**
 * Records the outcomes of refunds, at most one per payment, in their rows and in the payments' logs, and updates the
 * given objects like their rows. An automatic refund that fails is requested again: at once a few times, then later and
 * later. Order learns of every change of the refunded total.
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
  const entries = changed.map(({ payment, refund }) => ({ payment, facts: factsOf(refund), source }));
  await record(manager, entries, now);
  publishFacts(outbox, entries);
  await publishPaymentMoney(
    manager,
    outbox,
    changed
      .filter(({ payment }) => payment.refunded !== before.get(payment.id))
      .map(({ payment, refund }) => ({
        payment,
        sentBack: refund.status === 'SUCCEEDED' ? refund.amount : null,
      })),
  );
  for (const { payment, refund, outcome } of changed) {
    if (refund.status !== 'FAILED') continue;
    // Refunds at the provider that were not recorded here.
    for (const other of outcome.instead ?? []) {
      await recordProviderRefund(manager, outbox, { payment, snapshot: other }, source, now);
    }
    for (const snapshot of outcome.disputes ?? []) {
      await recordDispute(manager, outbox, { payment, snapshot }, source, now);
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

/**
 * Requests a failed refund again if all that is left of the payment goes back: at once, or later after several failures.
 * Sagas and administrators retry theirs; if they do not, the scheduled refund does.
 */
async function retryRefund(
  manager: EntityManager,
  outbox: Outbox,
  { payment, refund }: Pick<RefundSnapshot, 'payment' | 'refund'>,
  source: Source,
  now: Date,
): Promise<void> {
  const cause = payment.returnCause;
  if (cause === null) return retryItems(manager, outbox, { payment, refund }, source, now);
  const tries = (await triesFor(manager, [payment.id], cause)).length;
  if (tries >= immediateTries || (source.name === 'saga' && isOfSaga(refund))) {
    await scheduleReturn(manager, payment, nextReturnAt(Math.max(1, tries), now));
    return;
  }
  await requestReturns(manager, outbox, [payment], source, now);
}

/** Requests the failed refund of canceled units again, a few times; its saga, which reports the failure, does so itself. */
async function retryItems(
  manager: EntityManager,
  outbox: Outbox,
  { payment, refund: { purpose, amount, reason, parts } }: Pick<RefundSnapshot, 'payment' | 'refund'>,
  source: Source,
  now: Date,
): Promise<void> {
  const first = itemsPurposeOf(purpose);
  if (first === null || source.name === 'saga') return;
  const tries = await triesFor(manager, [payment.id], first);
  const left = (await refundables(manager, [payment])).get(payment.id) ?? 0;
  if (tries.length >= immediateTries || tries.some(({ status }) => status !== 'FAILED') || left < amount)
    return;
  const request = { purpose: `${first}-${tries.length + 1}`, amount, reason, parts };
  for (const next of await requestRefunds({ manager, outbox }, [{ payment, request }], source, now))
    enqueueRefund(outbox, next);
}

/**
 * Requests refunds of all that is left of payments that go back, and queues them. Payments with a pending refund and
 * disputed ones are skipped. The caller holds the payments' locks.
 */
export async function requestReturns(
  manager: EntityManager,
  outbox: Outbox,
  payments: readonly PaymentEntity[],
  source: Source,
  now: Date,
): Promise<void> {
  for (const payment of payments) {
    if (payment.returnCause === null) continue;
    const refunds = await refundsFor({ manager, outbox }, [payment], payment.returnCause, source, now);
    const refund = refunds.get(payment.id);
    if (refund?.status === 'PENDING') enqueueRefund(outbox, refund);
    await scheduleReturn(manager, payment, null);
  }
}

/** Whether one of order's sagas requested the refund. */
function isOfSaga({ purpose }: RefundEntity): boolean {
  const cause = causeOf(purpose);
  return cause !== null && cause !== 'late';
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
    singleItem(await requestRefunds({ manager, outbox }, [{ payment, request }], source, now));
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
