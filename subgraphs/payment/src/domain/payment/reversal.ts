import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { PaymentEntity } from '../../entities/payment.js';
import type { RefundEntity } from '../../entities/refund.js';
import type { CardIntent, CardProvider, CardRefund, RefundOutcome } from '../provider/card-provider.js';
import { lockPaymentsById, lockPaymentsOfSagas } from '../locks.js';
import { chargeOf } from './payment.js';
import { record, recordAll } from '../ledger/payment-log.js';
import { isOpen, isPaid } from '../payment-status.js';
import { refundAtProvider, refundsFor } from '../refund/refund.js';
import { failureOf, recordProviderRefund } from '../refund/refund-settlement.js';
import { saga, settleSent } from '../refund/saga-refund.js';

/** A payment that is undone, and the refund of it where it was known to be paid. */
export interface RevertedPayment {
  payment: PaymentEntity;
  refund: RefundEntity | null;
}

/** What became of a payment at the provider when it was undone. */
export type Reversal =
  /** The provider has never made anything of it, or there is nothing to send back. */
  | { kind: 'nothing' }
  | { kind: 'cancelled'; intent: CardIntent }
  /** Money that was known here. */
  | { kind: 'refunded'; refund: RefundEntity; sent: RefundOutcome }
  /** Money that only the provider knew of. */
  | { kind: 'discovered'; intent: CardIntent; made: CardRefund[] };

/** An intent may change between the look and the cancelling: looked at again so often. */
const maxTries = 4;
/** Clocks of different processes differ by a second: who ends the wait may be that much ahead. */
const clockToleranceMs = 2_000;

/**
 * Marks the payments of sagas as being undone, and asks their money back where they are known to be paid; in the order
 * of the sagas, null where one has no payment, and never will.
 */
export async function beginReversals(
  manager: EntityManager,
  sagaIds: readonly string[],
  now: Date,
): Promise<(RevertedPayment | null)[]> {
  const payments = await lockPaymentsOfSagas(manager, sagaIds);
  const begun = payments.filter(({ revertingAt }) => revertingAt === null);
  if (begun.length > 0) {
    await manager.update(PaymentEntity, { id: In(begun.map(({ id }) => id)) }, { revertingAt: now });
    for (const payment of begun) payment.revertingAt = now;
  }
  const refunds = await refundsFor(manager, payments.filter(isPaid), 'revert', saga, now);
  const bySaga = new Map(payments.map((payment) => [payment.sagaId, payment]));
  return sagaIds.map((id) => {
    const payment = bySaga.get(id);
    return payment ? { payment, refund: refunds.get(payment.id) ?? null } : null;
  });
}

/**
 * Makes sure that the payment's money is not taken, or goes back. Once the intent is cancelled, a step that is late
 * cannot confirm it. Safe to repeat. @throws Unavailable, or Error where the provider cannot say yet
 */
export async function reverseAtProvider(
  cards: CardProvider,
  { payment, refund }: RevertedPayment,
): Promise<Reversal> {
  if (refund) return { kind: 'refunded', refund, sent: await refundAtProvider(cards, payment, refund) };
  // What cost nothing, or is paid by another way than a card, never came to the provider.
  if (isPaid(payment) || payment.amount === 0 || payment.provider === 'manual') return { kind: 'nothing' };
  const intentId = await intentOf(cards, payment);
  if (intentId === null) return { kind: 'nothing' };
  let intent = await cards.retrieve(intentId);
  for (let looks = 1; looks <= maxTries; looks += 1) {
    if (intent.status === 'canceled') return { kind: 'cancelled', intent };
    if (intent.status === 'succeeded') return refundDiscovered(cards, payment, intent);
    intent = await cancelIntent(cards, payment, intent);
  }
  throw new Error(`The payment can be neither cancelled nor refunded yet: it is ${intent.status}.`);
}

/** Cancels an intent that can be; otherwise shows it as it is. */
export async function cancelIntent(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
): Promise<CardIntent> {
  // The status is in the key: a refusal that Stripe has stored holds for that status only.
  return cards.cancel(intent.id, `cancel-${payment.id}-${intent.status}`);
}

/** The intent that the step has made, is making, or would make: the same key gives the same one. */
async function intentOf(cards: CardProvider, payment: PaymentEntity): Promise<string | null> {
  if (payment.providerPaymentId !== null) return payment.providerPaymentId;
  try {
    return (await cards.create(chargeOf(payment))).id;
  } catch (error) {
    // The provider refuses the amount, now as then: there is no intent.
    if (error instanceof Rejection) return null;
    throw error;
  }
}

/** Nothing was recorded here that could have been sent back before: all that there is goes back. */
async function refundDiscovered(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
): Promise<Reversal> {
  const { id: paymentId, currency } = payment;
  // Not `revert`, which names an amount: the same key may not be used for two things.
  await cards.refund(intent.id, { paymentId, purpose: 'revert-all', amount: null, currency });
  return { kind: 'discovered', intent, made: await cards.listRefunds(intent.id) };
}

/** What an undone payment was, and what became of it at the provider. */
export interface CompletedReversal {
  paymentId: string;
  reversal: Reversal;
}

/** Whether money had moved, and why it did not go back where it did not. */
export interface ReversalOutcome {
  moved: boolean;
  failure: Rejection | null;
}

/** Records what became of payments, each of them once; in their order. */
export async function settleReversals(
  manager: EntityManager,
  outbox: Outbox,
  reversed: readonly CompletedReversal[],
  now: Date,
): Promise<ReversalOutcome[]> {
  const paymentOf = await lockPaymentsById(
    manager,
    reversed.map(({ paymentId }) => paymentId),
  );
  const failures = await settleSent(
    manager,
    outbox,
    paymentOf,
    reversed.flatMap(({ reversal }) => (reversal.kind === 'refunded' ? [reversal] : [])),
    now,
  );
  const intents = reversed.flatMap(({ paymentId, reversal }) =>
    reversal.kind === 'discovered' || reversal.kind === 'cancelled'
      ? [{ payment: paymentOf(paymentId), intent: reversal.intent }]
      : [],
  );
  await saveIntentIds(manager, intents);
  await endOpenPayments(
    manager,
    reversed.flatMap(({ paymentId, reversal: { kind } }) =>
      kind === 'cancelled' || kind === 'nothing' ? [paymentOf(paymentId)] : [],
    ),
    now,
  );
  const outcomes: ReversalOutcome[] = [];
  for (const { paymentId, reversal } of reversed) {
    const payment = paymentOf(paymentId);
    switch (reversal.kind) {
      case 'refunded':
        outcomes.push({ moved: true, failure: failures.get(reversal.refund.id) ?? null });
        break;
      case 'discovered':
        outcomes.push({
          moved: true,
          failure: await settleDiscovered(manager, outbox, payment, reversal, now),
        });
        break;
      case 'cancelled':
        outcomes.push({ moved: false, failure: null });
        break;
      case 'nothing':
        outcomes.push({ moved: isPaid(payment) && payment.amount > 0, failure: null });
        break;
    }
  }
  return outcomes;
}

/** Records money that only the provider knew of, and that it has gone back; why it has not, where it has not. */
async function settleDiscovered(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  { intent, made }: { intent: CardIntent; made: readonly CardRefund[] },
  now: Date,
): Promise<Rejection | null> {
  if (!isPaid(payment)) {
    await record(manager, payment, [{ type: 'SUCCEEDED', amount: intent.amountReceived }], saga, now);
  }
  let failure: Rejection | null = null;
  for (const snapshot of made) {
    const refund = await recordProviderRefund(manager, outbox, payment, snapshot, saga, now);
    failure ??= await failureOf(manager, payment, refund);
  }
  // Asked again, the payment is known to be paid: another refund, where this one failed.
  return failure;
}

async function saveIntentIds(
  manager: EntityManager,
  found: readonly { payment: PaymentEntity; intent: CardIntent }[],
): Promise<void> {
  const unknown = found.filter(({ payment }) => payment.providerPaymentId === null);
  if (unknown.length === 0) return;
  await manager.query(
    `UPDATE payment p SET provider_payment_id = f.intent FROM unnest($1::uuid[], $2::text[]) AS f (id, intent)
     WHERE p.id = f.id`,
    [unknown.map(({ payment }) => payment.id), unknown.map(({ intent }) => intent.id)],
  );
  for (const { payment, intent } of unknown) payment.providerPaymentId = intent.id;
}

/** Ends payments that are still open. */
async function endOpenPayments(
  manager: EntityManager,
  payments: readonly PaymentEntity[],
  now: Date,
): Promise<void> {
  const isOver = ({ expiresAt }: PaymentEntity): boolean =>
    expiresAt.getTime() - clockToleranceMs <= now.getTime();
  await recordAll(
    manager,
    payments.filter(isOpen).map((payment) => ({
      payment,
      facts: [{ type: isOver(payment) ? 'EXPIRED' : 'CANCELLED' }],
      source: saga,
    })),
    now,
  );
}
