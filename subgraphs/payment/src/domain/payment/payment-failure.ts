import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';
import type { Rejection } from '@souk/shared/errors';
import type { CardIntent } from '../provider/card-provider.js';
import { lockPaymentsById } from '../locks.js';
import type { LogEntry } from '../ledger/payment-log.js';
import { record } from '../ledger/payment-log.js';
import { publishFacts } from '../ledger/payment-facts.js';

/** Reason of a permanent failure. */
export interface Failure {
  /** Reply to the saga. */
  rejection: Rejection;
  /** The provider's error code and its id of the attempt. */
  code: string;
  ref: string | null;
}

/** A permanently failed payment. */
export interface FailedPayment {
  paymentId: string;
  /** Null if no intent was created. */
  intent: CardIntent | null;
  failure: Failure;
}

/** Records permanent failures, at most one per payment. */
export async function failPayments(
  manager: EntityManager,
  outbox: Outbox,
  failed: readonly FailedPayment[],
  now: Date,
): Promise<void> {
  if (failed.length === 0) return;
  const paymentOf = await lockPaymentsById(
    manager,
    failed.map(({ paymentId }) => paymentId),
  );
  const made = failed.flatMap(({ paymentId, intent }) => (intent ? [{ paymentId, intent }] : []));
  await manager.query(
    `UPDATE payment p SET provider_payment_id = f.intent FROM unnest($1::uuid[], $2::text[]) AS f (id, intent)
     WHERE p.id = f.id AND p.provider_payment_id IS NULL`,
    [made.map(({ paymentId }) => paymentId), made.map(({ intent }) => intent.id)],
  );
  const entries = failed.map(({ paymentId, failure: { rejection, code, ref: providerRef } }): LogEntry => ({
    payment: paymentOf(paymentId),
    facts: [{ type: 'FAILED', code, message: rejection.message, providerRef }],
    source: { name: 'saga' },
  }));
  await record(manager, entries, now);
  publishFacts(outbox, entries);
}
