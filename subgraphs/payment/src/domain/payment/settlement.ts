import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import type { RejectionData } from '@souk/shared/errors';
import { Rejection } from '@souk/shared/errors';
import { completeWaitingStep } from '@souk/shared/saga/participant';
import type { PaymentEntity } from '../../entities/payment.js';
import type { CardIntent } from '../provider/card-provider.js';
import type { StepState } from '../locks.js';
import { lockPayment, lockPaymentsAndSteps } from '../locks.js';
import type { Fact, Source } from '../ledger/payment-log.js';
import { record, recordAll } from '../ledger/payment-log.js';
import { isOpen, isPaid } from '../payment-status.js';
import { refundLate } from '../refund/refund.js';

/** What the provider shows of a payment at present, and who looked. */
export interface ProviderSnapshot {
  paymentId: string;
  intent: CardIntent;
  source: Source;
}

/**
 * The one way to finish a payment: the step itself, the buyer's confirmation, the webhook, verifyPayment and the
 * reconciler all bring here what the provider shows at present. What is new of it goes to the log, a step that waits
 * is answered (the first answer wins), and money that came too late is sent back. Returns the payment as it is then.
 */
export async function settlePayment(
  manager: EntityManager,
  outbox: Outbox,
  paymentId: string,
  intent: CardIntent,
  source: Source,
  now: Date,
): Promise<PaymentEntity> {
  const settled = await settlePayments(manager, outbox, [{ paymentId, intent, source }], now);
  const payment = settled.get(paymentId);
  if (!payment) throw new Error(`There is no payment ${paymentId}.`);
  return payment;
}

/** The same of many payments, each of them once; by their ids. */
export async function settlePayments(
  manager: EntityManager,
  outbox: Outbox,
  snapshots: readonly ProviderSnapshot[],
  now: Date,
): Promise<ReadonlyMap<string, PaymentEntity>> {
  const locked = await lockPaymentsAndSteps(
    manager,
    snapshots.map(({ paymentId }) => paymentId),
  );
  const synced = snapshots.flatMap(({ paymentId, intent, source }) => {
    const found = locked.get(paymentId);
    if (!found) throw new Error(`There is no payment ${paymentId}.`);
    if (intent.paymentId !== paymentId) throw new Error(`${intent.id} is not of payment ${paymentId}.`);
    const { payment, step } = found;
    // An intent whose making was answered with a fault, and that another one replaced: nobody can have paid it.
    if (payment.providerPaymentId !== null && payment.providerPaymentId !== intent.id) return [];
    return [{ payment, step, intent, source, ended: !isOpen(payment) && !isPaid(payment) }];
  });
  await saveSync(manager, synced, now);
  await recordAll(
    manager,
    synced.map(({ payment, intent, source, step }) => ({
      payment,
      facts: newFacts(payment, intent, source, step),
      source,
    })),
    now,
  );
  for (const { payment, step, source, ended } of synced) {
    const answer = stepReplyOf(payment);
    // A step at work answers itself; and from the moment when the undo begins, it alone decides.
    if (answer && step !== 'at work' && payment.revertingAt === null) {
      await completeWaitingStep(manager, outbox, { sagaId: payment.sagaId, step: payment.step }, answer);
    }
    if (ended && isPaid(payment)) await refundLate(manager, outbox, payment, source, now);
  }
  return new Map([...locked].map(([id, { payment }]) => [id, payment]));
}

/** Finishes a payment of nothing: it needs no provider. */
export async function settleFree(manager: EntityManager, paymentId: string, now: Date): Promise<void> {
  const payment = await lockPayment(manager, paymentId);
  if (isPaid(payment)) return;
  await record(manager, payment, [{ type: 'SUCCEEDED', amount: 0 }], { name: 'saga' }, now);
}

/** Lets a payment wait for money that comes by another way than a card; it may have come already. */
export async function awaitTransfer(
  manager: EntityManager,
  paymentId: string,
  now: Date,
): Promise<PaymentEntity> {
  const payment = await lockPayment(manager, paymentId);
  if (isOpen(payment) && payment.requiredAction === null) {
    await record(manager, payment, [{ type: 'ACTION_REQUIRED', code: 'transfer' }], { name: 'saga' }, now);
  }
  return payment;
}

/** What a payment answers to its step: null while it waits. */
export function stepReplyOf(
  payment: PaymentEntity,
): { kind: 'done'; output: { paymentId: string } } | { kind: 'rejected'; rejection: RejectionData } | null {
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
    Object.assign(payment, { providerPaymentId: intent.id, lookedAt: now });
  }
}

/** What the intent shows that the log does not hold yet. */
function newFacts(payment: PaymentEntity, intent: CardIntent, source: Source, step: StepState): Fact[] {
  if (isPaid(payment)) return [];
  if (intent.status === 'succeeded') return [{ type: 'SUCCEEDED', amount: intent.amountReceived }];
  if (!isOpen(payment) || payment.revertingAt !== null) return [];
  // Short of money, a step at work reads its own outcome: whether a decline ends it, only the step can say.
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

/** A failed attempt leaves the payment waiting for another one. */
function waitingFacts(payment: PaymentEntity, { lastDecline }: CardIntent): Fact[] {
  const waiting: Fact = { type: 'ACTION_REQUIRED', code: 'payment_method' };
  if (lastDecline && (lastDecline.ref !== payment.failureRef || payment.status !== 'PENDING')) {
    const { code, message, ref: providerRef } = lastDecline;
    return [{ type: 'FAILED', code, message, providerRef }, waiting];
  }
  return payment.requiredAction === 'payment_method' ? [] : [waiting];
}
