import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';
import type { CardRefund, RefundOutcome } from './card-provider.js';
import type { Fact, Source } from './payment-log.js';
import { positionsOf, recordAll } from './payment-log.js';
import type { RefundRequest } from './refund.js';
import { causeOf, reasonOf, refundable, refundFor, requestRefund, sendLater, triesFor } from './refund.js';

/** So often is a refund for a cause tried; after that a person has to look. */
const maxTriesByItself = 3;
/** How often order is told before the message is set aside. */
const tellAttempts = 10;

/** How the provider shows a refund; `refund` is the row as it is now, and the caller holds the payment's lock. */
export interface ShownRefund {
  payment: PaymentEntity;
  refund: RefundEntity;
  shown: RefundOutcome;
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
  shown: RefundOutcome,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  await settleRefunds(manager, outbox, [{ payment, refund, shown }], source, now);
  return refund;
}

/** The same of many payments, each of them once. The given objects are as their rows then. */
export async function settleRefunds(
  manager: EntityManager,
  outbox: Outbox,
  looks: readonly ShownRefund[],
  source: Source,
  now: Date,
): Promise<void> {
  // What has failed has been given up: a look that comes late does not bring it back.
  const seen = looks.filter(
    ({ refund, shown }) => refund.status !== 'FAILED' || statusOf(shown) === 'FAILED',
  );
  const changed = seen.filter(({ refund, shown }) => refund.status !== statusOf(shown));
  await noteLooks(manager, seen, now);
  const before = new Map(changed.map(({ payment }) => [payment.id, payment.refunded]));
  await recordAll(
    manager,
    changed.map(({ payment, refund }) => ({ payment, facts: factsOf(refund), source })),
    now,
  );
  await tellOrder(
    manager,
    outbox,
    changed.filter(({ payment }) => payment.refunded !== before.get(payment.id)),
  );
  for (const { payment, refund, shown } of changed) {
    if (refund.status !== 'FAILED') continue;
    // What the provider had sent back instead, and we did not know of.
    for (const other of shown.instead ?? []) {
      await recordProviderRefund(manager, outbox, payment, other, source, now);
    }
    await tryAgain(manager, outbox, payment, refund, source, now);
  }
}

async function noteLooks(manager: EntityManager, looks: readonly ShownRefund[], now: Date): Promise<void> {
  if (looks.length === 0) return;
  const changes = looks.map(({ refund, shown }) => {
    const status = statusOf(shown);
    const change = {
      providerRefundId: shown.id ?? refund.providerRefundId,
      lookedAt: now,
      status,
      failureReason: status === 'FAILED' ? (shown.failureReason ?? 'No reason is known.') : null,
      completedAt: status === 'PENDING' ? null : (refund.completedAt ?? now),
    };
    return { refund, change };
  });
  await manager.query(
    `UPDATE refund r SET provider_refund_id = c."providerRefundId", looked_at = c."lookedAt", status = c.status,
       failure_reason = c."failureReason", completed_at = c."completedAt"
     FROM json_to_recordset($1) AS c (id uuid, "providerRefundId" text, "lookedAt" timestamptz, status text,
       "failureReason" text, "completedAt" timestamptz)
     WHERE r.id = c.id`,
    [JSON.stringify(changes.map(({ refund: { id }, change }) => ({ id, ...change })))],
  );
  for (const { refund, change } of changes) Object.assign(refund, change);
}

/** Orders say of their money what the log says, whoever asked for the refund. */
async function tellOrder(
  manager: EntityManager,
  outbox: Outbox,
  refunded: readonly ShownRefund[],
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
      attempts: tellAttempts,
    });
  }
}

/** Sagas ask again by themselves; a person's refund is a person's again. */
async function tryAgain(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  { purpose }: RefundEntity,
  source: Source,
  now: Date,
): Promise<void> {
  const cause = causeOf(purpose);
  if (cause === null || (source.name === 'saga' && cause !== 'late')) return;
  if ((await triesFor(manager, [payment.id], cause)).length >= maxTriesByItself) return;
  const next = await refundFor(manager, payment, cause, source, now);
  if (next?.status === 'PENDING') sendLater(outbox, next);
}

/**
 * Records a refund as the provider shows it: one of ours, which it names, or one that a person made at the provider,
 * which becomes a refund here. The payment is paid, and the caller holds its lock.
 */
export async function recordProviderRefund(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  shown: CardRefund,
  source: Source,
  now: Date,
): Promise<RefundEntity> {
  const refund =
    (await findKnown(manager, payment, shown)) ??
    (await requestRefund(manager, payment, requestOf(payment, shown), source, now));
  return settleRefund(manager, outbox, payment, refund, shown, source, now);
}

/** By the provider's id; or by the purpose, where the provider's id is not written down yet. */
async function findKnown(
  manager: EntityManager,
  payment: PaymentEntity,
  shown: CardRefund,
): Promise<RefundEntity | null> {
  const byId = await manager.findOneBy(RefundEntity, { providerRefundId: shown.id });
  if (byId || !isOurs(payment, shown)) return byId;
  const { purpose } = shown;
  return manager.findOneBy(RefundEntity, { paymentId: payment.id, purpose, providerRefundId: IsNull() });
}

function requestOf(payment: PaymentEntity, shown: CardRefund): RefundRequest {
  const purpose = isOurs(payment, shown) ? shown.purpose : `provider-${shown.id}`;
  return { purpose, amount: shown.amount, reason: reasonOf(purpose) };
}

function isOurs(payment: PaymentEntity, shown: CardRefund): shown is CardRefund & { purpose: string } {
  return shown.purpose !== null && shown.paymentId === payment.id;
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
