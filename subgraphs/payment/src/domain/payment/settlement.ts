import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { RejectionData } from '@souk/shared/errors';
import { Rejection } from '@souk/shared/errors';
import { completeWaitingStep } from '@souk/shared/saga/participant';
import type { PaymentEntity } from '../../entities/payment.js';
import type { CardIntent } from '../provider/card-provider.js';
import type { ByPaymentId, StepState } from '../locks.js';
import { lockPaymentsAndSteps, lockPaymentsById } from '../locks.js';
import type { Fact, Source } from '../ledger/payment-log.js';
import { record } from '../ledger/payment-log.js';
import { isOpen, isPaid, isPaidLate } from '../payment-status.js';
import { publishFacts } from '../ledger/payment-facts.js';
import { publishPaymentMoney } from '../refund/payment-money.js';
import { refundLate } from '../refund/refund.js';

const saga = { name: 'saga' } as const;

/** A payment's current intent at the provider, with the source that retrieved it. */
export interface ProviderSnapshot {
  paymentId: string;
  intent: CardIntent;
  source: Source;
}

/**
 * Settles payments from their current intents, at most one per payment. The step, the buyer's confirmation, the webhook,
 * verifyPayment and the reconciler all settle through this function. It records new facts in the logs, completes the
 * waiting steps (the first completion wins) and refunds money that arrived after the payment's end or expiry. Returns a lookup of the updated payments.
 */
export async function settlePayments(
  manager: EntityManager,
  outbox: Outbox,
  snapshots: readonly ProviderSnapshot[],
  now: Date,
): Promise<ByPaymentId<PaymentEntity>> {
  const locked = await lockPaymentsAndSteps(
    manager,
    snapshots.map(({ paymentId }) => paymentId),
  );
  const synced = snapshots.flatMap(({ paymentId, intent, source }) => {
    const { payment, step } = locked(paymentId);
    if (intent.paymentId !== paymentId) throw new Error(`${intent.id} is not of payment ${paymentId}.`);
    // Ignores an intent that another one replaced after its creation failed: it was never returned, so it is unpaid.
    if (payment.providerPaymentId !== null && payment.providerPaymentId !== intent.id) return [];
    const [open, paid] = [isOpen(payment), isPaid(payment)];
    return [{ payment, step, intent, source, unpaid: !paid, ended: !open && !paid }];
  });
  await saveSync(manager, synced, now);
  const entries = synced.map(({ payment, intent, source, step }) => ({
    payment,
    facts: newFacts(payment, intent, source, step),
    source,
  }));
  await record(manager, entries, now);
  publishFacts(outbox, entries);
  for (const { payment, step, source, unpaid, ended } of synced) {
    const answer = stepReplyOf(payment);
    // A running step replies itself, and only the undo decides after it has begun.
    if (answer && step !== 'at work' && payment.revertingAt === null) {
      await completeWaitingStep(manager, outbox, { sagaId: payment.sagaId, step: payment.step }, answer);
    }
    // The undo refunds what arrives while it runs.
    const isLate = ended || (unpaid && isPaidLate(payment) && payment.revertingAt === null);
    if (!isLate || !isPaid(payment)) continue;
    await publishPaymentMoney(manager, outbox, [{ payment, sentBack: null }]);
    await refundLate(manager, outbox, payment, source, now);
  }
  return (id) => locked(id).payment;
}

/** Settles a free payment, which needs no provider. */
export async function settleFree(
  manager: EntityManager,
  outbox: Outbox,
  paymentId: string,
  now: Date,
): Promise<void> {
  const payment = (await lockPaymentsById(manager, [paymentId]))(paymentId);
  if (isPaid(payment)) return;
  const entries = [{ payment, facts: [{ type: 'SUCCEEDED' as const, amount: 0 }], source: saga }];
  await record(manager, entries, now);
  publishFacts(outbox, entries);
}

/** Marks a manual payment as waiting for its transfer, unless it is already paid. */
export async function awaitTransfer(
  manager: EntityManager,
  outbox: Outbox,
  paymentId: string,
  now: Date,
): Promise<PaymentEntity> {
  const payment = (await lockPaymentsById(manager, [paymentId]))(paymentId);
  if (isOpen(payment) && payment.requiredAction === null) {
    const facts = [{ type: 'ACTION_REQUIRED', code: 'transfer' }] as const;
    const entries = [{ payment, facts, source: saga }];
    await record(manager, entries, now);
    publishFacts(outbox, entries);
  }
  return payment;
}

/** Reply to the payment's step; null while the payment waits. */
export function stepReplyOf(
  payment: PaymentEntity,
): { kind: 'done'; output: { paymentId: string } } | { kind: 'rejected'; rejection: RejectionData } | null {
  if (isPaidLate(payment)) {
    const message = 'The payment was not made in time. It is refunded.';
    return { kind: 'rejected', rejection: new Rejection('PAYMENT_EXPIRED', message).toData() };
  }
  if (isPaid(payment)) return { kind: 'done', output: { paymentId: payment.id } };
  if (isOpen(payment)) return null;
  const rejection =
    payment.status === 'FAILED'
      ? new Rejection('PAYMENT_DECLINED', payment.failureMessage ?? 'The payment was declined.')
      : new Rejection('CONFLICT', 'The payment was cancelled.');
  return { kind: 'rejected', rejection: rejection.toData() };
}

async function saveSync(
  manager: EntityManager,
  synced: readonly { payment: PaymentEntity; intent: CardIntent }[],
  now: Date,
): Promise<void> {
  if (synced.length === 0) return;
  await manager.query(
    `UPDATE payment p SET provider_payment_id = l.intent, looked_at = $3
     FROM unnest($1::uuid[], $2::text[]) AS l (id, intent) WHERE p.id = l.id`,
    [synced.map(({ payment }) => payment.id), synced.map(({ intent }) => intent.id), now],
  );
  for (const { payment, intent } of synced) {
    Object.assign(payment, { providerPaymentId: intent.id, lastSyncedAt: now });
  }
}

/** Facts from the intent that are not in the log yet. */
function newFacts(payment: PaymentEntity, intent: CardIntent, source: Source, step: StepState): Fact[] {
  if (isPaid(payment)) return [];
  if (intent.status === 'succeeded') return [{ type: 'SUCCEEDED', amount: intent.amountReceived }];
  if (!isOpen(payment) || payment.revertingAt !== null) return [];
  // Except for success, a running step records its own outcome: only the step knows whether a decline is final.
  if (step === 'at work' && source.name !== 'saga') return [];
  switch (intent.status) {
    case 'canceled':
      return [{ type: 'CANCELLED', message: 'Cancelled at the provider.' }];
    case 'requires_action':
      return payment.status === 'REQUIRES_ACTION'
        ? []
        : [{ type: 'ACTION_REQUIRED', code: 'authentication' }];
    case 'processing':
    case 'requires_capture':
      return payment.status === 'PROCESSING' ? [] : [{ type: 'AUTHORIZED', amount: payment.amount }];
    case 'requires_payment_method':
    case 'requires_confirmation':
      return waitingFacts(payment, intent);
  }
}

/** Facts of a payment that waits for another attempt after a decline. */
function waitingFacts(payment: PaymentEntity, { lastDecline }: CardIntent): Fact[] {
  const waiting: Fact = { type: 'ACTION_REQUIRED', code: 'payment_method' };
  if (lastDecline && (lastDecline.ref !== payment.failureRef || payment.status !== 'PENDING')) {
    const { code, message, ref: providerRef } = lastDecline;
    return [{ type: 'FAILED', code, message, providerRef }, waiting];
  }
  return payment.requiredAction === 'payment_method' ? [] : [waiting];
}
