import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { PaymentEntity } from '../entities/payment.js';
import type { RefundEntity } from '../entities/refund.js';
import type { CardIntent, CardProvider, CardRefund, RefundOutcome } from './card-provider.js';
import { lockPayment, lockPaymentOfSaga } from './locks.js';
import { chargeOf } from './payment.js';
import { record } from './payment-log.js';
import { isOpen, isPaid } from './payment-status.js';
import { presentRefund, refundAtProvider, refundFor } from './refund.js';
import { failureOf, recordProviderRefund, settleRefund } from './refund-settlement.js';

/** A payment that is undone, and the refund of it where it was known to be paid. */
export interface Undone {
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
const maxLooks = 4;
/** Clocks of different processes differ by a second: who ends the wait may be that much ahead. */
const clockToleranceMs = 2_000;

const saga = { name: 'saga' } as const;

/**
 * Marks the payment of a saga as being undone, and asks its money back where it is known to be paid; null where the
 * saga has no payment, and never will.
 */
export async function beginReversal(
  manager: EntityManager,
  sagaId: string,
  now: Date,
): Promise<Undone | null> {
  const payment = await lockPaymentOfSaga(manager, sagaId);
  if (!payment) return null;
  if (!payment.revertingAt) {
    payment.revertingAt = now;
    await manager.update(PaymentEntity, { id: payment.id }, { revertingAt: now });
  }
  return { payment, refund: isPaid(payment) ? await refundFor(manager, payment, 'revert', saga, now) : null };
}

/**
 * Makes sure that the payment's money is not taken, or goes back. Once the intent is cancelled, a step that is late
 * cannot confirm it. Safe to repeat. @throws Unavailable, or Error where the provider cannot say yet
 */
export async function reverseAtProvider(cards: CardProvider, { payment, refund }: Undone): Promise<Reversal> {
  if (refund) return { kind: 'refunded', refund, sent: await refundAtProvider(cards, payment, refund) };
  // What cost nothing, or is paid by another way than a card, never came to the provider.
  if (isPaid(payment) || payment.amount === 0 || payment.provider === 'manual') return { kind: 'nothing' };
  const intentId = await intentOf(cards, payment);
  if (intentId === null) return { kind: 'nothing' };
  let intent = await cards.retrieve(intentId);
  for (let looks = 1; looks <= maxLooks; looks += 1) {
    if (intent.status === 'canceled') return { kind: 'cancelled', intent };
    if (intent.status === 'succeeded') return refundFound(cards, payment, intent);
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
async function refundFound(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
): Promise<Reversal> {
  const { id: paymentId, currency } = payment;
  // Not `revert`, which names an amount: the same key may not be used for two things.
  await cards.refund(intent.id, { paymentId, purpose: 'revert-all', amount: null, currency });
  return { kind: 'discovered', intent, made: await cards.listRefunds(intent.id) };
}

/** Records what became of the payment. Returns whether money had moved, and why it did not go back where it did not. */
export async function settleReversal(
  manager: EntityManager,
  outbox: Outbox,
  paymentId: string,
  reversal: Reversal,
  now: Date,
): Promise<{ moved: boolean; failure: Rejection | null }> {
  const payment = await lockPayment(manager, paymentId);
  switch (reversal.kind) {
    case 'refunded': {
      const present = await presentRefund(manager, reversal.refund.id);
      await settleRefund(manager, outbox, payment, present, reversal.sent, saga, now);
      return { moved: true, failure: await failureOf(manager, payment, present) };
    }
    case 'discovered': {
      const { intent, made } = reversal;
      await knowIntent(manager, payment, intent);
      if (!isPaid(payment)) {
        await record(manager, payment, [{ type: 'SUCCEEDED', amount: intent.amountReceived }], saga, now);
      }
      let failure: Rejection | null = null;
      for (const shown of made) {
        const refund = await recordProviderRefund(manager, outbox, payment, shown, saga, now);
        failure ??= await failureOf(manager, payment, refund);
      }
      // Asked again, the payment is known to be paid: another refund, where this one failed.
      return { moved: true, failure };
    }
    case 'cancelled':
      await knowIntent(manager, payment, reversal.intent);
      await end(manager, payment, now);
      return { moved: false, failure: null };
    case 'nothing':
      await end(manager, payment, now);
      return { moved: isPaid(payment) && payment.amount > 0, failure: null };
  }
}

async function knowIntent(manager: EntityManager, payment: PaymentEntity, intent: CardIntent): Promise<void> {
  if (payment.providerPaymentId !== null) return;
  await manager.update(PaymentEntity, { id: payment.id }, { providerPaymentId: intent.id });
  payment.providerPaymentId = intent.id;
}

async function end(manager: EntityManager, payment: PaymentEntity, now: Date): Promise<void> {
  if (!isOpen(payment)) return;
  const over = payment.expiresAt.getTime() - clockToleranceMs <= now.getTime();
  await record(manager, payment, [{ type: over ? 'EXPIRED' : 'CANCELLED' }], saga, now);
}
