import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { PaymentMoney } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { PaymentEntity } from '../../entities/payment.js';
import type { RefundEntity } from '../../entities/refund.js';
import type { CardIntent, CardProvider, CardRefund, RefundOutcome } from '../provider/card-provider.js';
import { lockPaymentsById, lockPaymentsOfSagas } from '../locks.js';
import { chargeOf } from './payment.js';
import { record } from '../ledger/payment-log.js';
import { isOpen, isPaid } from '../payment-status.js';
import { readPaymentMoney } from '../refund/payment-money.js';
import type { Transaction } from '../refund/refund.js';
import { refundAtProvider, refundsFor } from '../refund/refund.js';
import { failureOf, recordProviderRefund } from '../refund/refund-settlement.js';
import { markReturned } from '../refund/return-schedule.js';
import { saga, settleSent } from '../refund/saga-refund.js';

/** A payment that is being reverted, with its refund if it was known to be paid. */
export interface RevertedPayment {
  payment: PaymentEntity;
  refund: RefundEntity | null;
}

/** Result of a reversal at the provider. */
export type Reversal =
  /** The provider has no intent, or nothing is left to refund. */
  | { kind: 'nothing' }
  | { kind: 'cancelled'; intent: CardIntent }
  /** The payment was recorded as paid. */
  | { kind: 'refunded'; refund: RefundEntity; sent: RefundOutcome }
  /** Only the provider had recorded the payment as paid. */
  | { kind: 'discovered'; intent: CardIntent; made: CardRefund[] };

/** Maximum number of cancellation attempts: an intent may change between retrieval and cancellation. */
const maxTries = 4;
/** Tolerance for clock skew between processes. */
const clockToleranceMs = 2_000;

/**
 * Marks the payments of sagas as reverting and requests refunds of those recorded as paid. Results are in the order of
 * the sagas; null for a saga without a payment, which will never have one.
 */
export async function beginReversals(
  { manager, outbox }: Transaction,
  sagaIds: readonly string[],
  now: Date,
): Promise<(RevertedPayment | null)[]> {
  const payments = await lockPaymentsOfSagas(manager, sagaIds);
  const begun = payments.filter(({ revertingAt }) => revertingAt === null);
  if (begun.length > 0) {
    await manager.update(PaymentEntity, { id: In(begun.map(({ id }) => id)) }, { revertingAt: now });
    for (const payment of begun) payment.revertingAt = now;
  }
  const refunds = await refundsFor({ manager, outbox }, payments.filter(isPaid), 'revert', saga, now);
  const bySaga = new Map(payments.map((payment) => [payment.sagaId, payment]));
  return sagaIds.map((id) => {
    const payment = bySaga.get(id);
    return payment ? { payment, refund: refunds.get(payment.id) ?? null } : null;
  });
}

/**
 * Cancels the payment's intent or refunds it. After the cancellation, a delayed step cannot confirm the intent.
 * Idempotent. @throws Unavailable, or Error if the intent's status is not final yet
 */
export async function reverseAtProvider(
  cards: CardProvider,
  { payment, refund }: RevertedPayment,
): Promise<Reversal> {
  if (refund) return { kind: 'refunded', refund, sent: await refundAtProvider(cards, payment, refund) };
  // Free and manual payments have no intent at the provider.
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

/** Cancels an intent; returns it unchanged if it cannot be cancelled. */
export async function cancelIntent(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
): Promise<CardIntent> {
  // The key contains the status because Stripe stores a refusal under the key, and it applies to that status only.
  return cards.cancel(intent.id, `cancel-${payment.id}-${intent.status}`);
}

/** Id of the intent that the step has created or would create: the same key returns the same intent. */
async function intentOf(cards: CardProvider, payment: PaymentEntity): Promise<string | null> {
  if (payment.providerPaymentId !== null) return payment.providerPaymentId;
  try {
    return (await cards.create(chargeOf(payment))).id;
  } catch (error) {
    // The provider rejects the amount, also for the step: there is no intent.
    if (error instanceof Rejection) return null;
    throw error;
  }
}

/** Refunds the full amount of an intent that was not recorded as paid and so has no earlier refunds. */
async function refundDiscovered(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
): Promise<Reversal> {
  const { id: paymentId, currency } = payment;
  // Not `revert`, whose key belongs to a request with an amount: a key must not be reused with other parameters.
  await cards.refund(intent.id, { paymentId, purpose: 'revert-all', amount: null, currency });
  return { kind: 'discovered', intent, made: await cards.listRefunds(intent.id) };
}

/** A payment with the result of its reversal at the provider. */
export interface CompletedReversal {
  paymentId: string;
  reversal: Reversal;
}

/** Whether money had moved, its state, and the rejection if its refund failed. */
export interface ReversalOutcome {
  moved: boolean;
  failure: Rejection | null;
  /** Null if no money had moved. */
  money: PaymentMoney | null;
}

/** Records the results of reversals, at most one per payment; outcomes are in their order. */
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
  const outcomes: Omit<ReversalOutcome, 'money'>[] = [];
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
  const moneyOf = await readPaymentMoney(
    manager,
    reversed.map(({ paymentId }) => paymentOf(paymentId)),
  );
  return outcomes.map((outcome, index) => {
    const id = reversed[index]?.paymentId ?? '';
    return { ...outcome, money: outcome.moved ? (moneyOf.get(id) ?? null) : null };
  });
}

/** Records a payment that only the provider knew of, and its refunds. Returns the rejection if a refund failed. */
async function settleDiscovered(
  manager: EntityManager,
  outbox: Outbox,
  payment: PaymentEntity,
  { intent, made }: { intent: CardIntent; made: readonly CardRefund[] },
  now: Date,
): Promise<Rejection | null> {
  if (!isPaid(payment)) {
    const facts = [{ type: 'SUCCEEDED', amount: intent.amountReceived }] as const;
    await record(manager, [{ payment, facts, source: saga }], now);
  }
  await markReturned(manager, [payment], 'revert');
  let failure: Rejection | null = null;
  for (const snapshot of made) {
    const refund = await recordProviderRefund(manager, outbox, { payment, snapshot }, saga, now);
    failure ??= await failureOf(manager, payment, refund);
  }
  // The payment is now recorded as paid: if this refund failed, a retry requests another one.
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

/** Ends open payments as expired or cancelled. */
async function endOpenPayments(
  manager: EntityManager,
  payments: readonly PaymentEntity[],
  now: Date,
): Promise<void> {
  const isOver = ({ expiresAt }: PaymentEntity): boolean =>
    expiresAt.getTime() - clockToleranceMs <= now.getTime();
  await record(
    manager,
    payments.filter(isOpen).map((payment) => ({
      payment,
      facts: [{ type: isOver(payment) ? 'EXPIRED' : 'CANCELLED' }],
      source: saga,
    })),
    now,
  );
}
