import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Rejection } from '@souk/shared/errors';
import { RefundEntity } from '../../entities/refund.js';
import type { RefundOutcome } from '../provider/card-provider.js';
import type { PaymentById } from '../locks.js';
import type { Source } from '../ledger/payment-log.js';
import { failureOf, settleRefunds } from './refund-settlement.js';

/** Through whom sagas make things known. */
export const saga: Source = { name: 'saga' };

/** A refund that a saga has asked for, and what the provider answered. */
export interface SentRefund {
  refund: RefundEntity;
  sent: RefundOutcome;
}

/**
 * Records what became of refunds, each of another payment, whose locks the caller holds. By the refunds' ids why they
 * failed; those that have gone, or are on their way, are not in it. @throws where there is no such refund
 */
export async function settleSent(
  manager: EntityManager,
  outbox: Outbox,
  paymentOf: PaymentById,
  sent: readonly SentRefund[],
  now: Date,
): Promise<ReadonlyMap<string, Rejection>> {
  const outcomeOf = new Map(sent.map(({ refund, sent: outcome }) => [refund.id, outcome]));
  if (outcomeOf.size === 0) return new Map();
  const present = await manager.findBy(RefundEntity, { id: In([...outcomeOf.keys()]) });
  if (present.length < outcomeOf.size) throw new Error('A refund that was sent is not there.');
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
