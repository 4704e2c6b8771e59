import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { RefundOutcome } from '../provider/card-provider.js';
import type { ByPaymentId } from '../locks.js';
import type { Source } from '../ledger/payment-log.js';
import { failureOf, settleRefunds } from './refund-settlement.js';

/** Source of facts recorded by sagas. */
export const saga: Source = { name: 'saga' };

/** A refund that a saga sent, with its outcome at the provider. */
export interface SentRefund {
  refund: RefundEntity;
  sent: RefundOutcome;
}

/**
 * Records outcomes of refunds, at most one per payment; the caller holds the payments' locks. Returns rejections of
 * failed refunds by refund id. @throws Error if a refund does not exist
 */
export async function settleSent(
  manager: EntityManager,
  outbox: Outbox,
  paymentOf: ByPaymentId<PaymentEntity>,
  sent: readonly SentRefund[],
  now: Date,
): Promise<ReadonlyMap<string, Rejection>> {
  const outcomeOf = new Map(sent.map(({ refund, sent: outcome }) => [refund.id, outcome]));
  if (outcomeOf.size === 0) return new Map();
  const present = await manager.findBy(RefundEntity, { id: In([...outcomeOf.keys()]) });
  if (present.length < outcomeOf.size) throw new Error('A sent refund does not exist.');
  const snapshots = present.flatMap((refund) => {
    const outcome = outcomeOf.get(refund.id);
    return outcome ? [{ payment: paymentOf(refund.paymentId), refund, outcome }] : [];
  });
  await settleRefunds(manager, outbox, snapshots, saga, now);
  const failures = new Map<string, Rejection>();
  for (const { payment, refund } of snapshots) {
    const failure = await failureOf(manager, payment, refund);
    if (failure) failures.set(refund.id, failure);
  }
  return failures;
}
