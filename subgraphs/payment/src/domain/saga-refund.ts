import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';
import type { RefundOutcome } from './card-provider.js';
import { lockPayments } from './locks.js';
import type { Source } from './payment-log.js';
import { failureOf, settleRefunds } from './refund-settlement.js';

/** Through whom sagas make things known. */
export const saga: Source = { name: 'saga' };

/** A refund that a saga has asked for, and what the provider answered. */
export interface SentRefund {
  refund: RefundEntity;
  sent: RefundOutcome;
}

/** Locks payments until the transaction ends; by their ids. @throws where there is none of such an id */
export async function lockAll(
  manager: EntityManager,
  ids: readonly string[],
): Promise<(id: string) => PaymentEntity> {
  const payments = new Map((await lockPayments(manager, ids)).map((payment) => [payment.id, payment]));
  return (id) => {
    const payment = payments.get(id);
    if (!payment) throw new Error(`There is no payment ${id}.`);
    return payment;
  };
}

/**
 * Records what became of refunds, each of another payment, whose locks the caller holds. By the refunds' ids why they
 * failed; those that have gone, or are on their way, are not in it.
 */
export async function settleSent(
  manager: EntityManager,
  outbox: Outbox,
  paymentOf: (id: string) => PaymentEntity,
  sent: readonly SentRefund[],
  now: Date,
): Promise<ReadonlyMap<string, Rejection>> {
  const outcomeOf = new Map(sent.map(({ refund, sent: outcome }) => [refund.id, outcome]));
  if (outcomeOf.size === 0) return new Map();
  const present = await manager.findBy(RefundEntity, { id: In([...outcomeOf.keys()]) });
  const looks = present.flatMap((refund) => {
    const shown = outcomeOf.get(refund.id);
    return shown ? [{ payment: paymentOf(refund.paymentId), refund, shown }] : [];
  });
  await settleRefunds(manager, outbox, looks, saga, now);
  const failures = new Map<string, Rejection>();
  for (const { payment, refund } of looks) {
    const failure = await failureOf(manager, payment, refund);
    if (failure) failures.set(refund.id, failure);
  }
  return failures;
}
