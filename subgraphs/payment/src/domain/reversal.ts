import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import { PaymentEntity } from '../entities/payment.js';
import type { CardIntent, CardProvider, CardRefund } from './card-provider.js';
import { lockPayment, lockPaymentOfSaga } from './locks.js';
import { chargeOf } from './payment.js';
import { record } from './payment-log.js';
import { isOpen, isPaid } from './payment-status.js';
import { settleRefund } from './refund.js';

/** What became of a payment at the provider when it was undone. */
export type Reversal =
  /** The provider has never made anything of it. */
  | { kind: 'nothing' }
  | { kind: 'cancelled'; intent: CardIntent }
  /** Null: all of it had gone back already. */
  | { kind: 'refunded'; intent: CardIntent; refund: CardRefund | null };

/** An intent may change between the look and the cancelling: looked at again so often. */
const maxLooks = 4;
/** Clocks of different processes differ by a second: who ends the wait may be that much ahead. */
const clockToleranceMs = 2_000;

const saga = { name: 'saga' } as const;

/** Marks the payment of a saga as being undone; null where the saga has none, and never will. */
export async function beginReversal(
  manager: EntityManager,
  sagaId: string,
  now: Date,
): Promise<PaymentEntity | null> {
  const payment = await lockPaymentOfSaga(manager, sagaId);
  if (!payment || payment.revertingAt) return payment;
  payment.revertingAt = now;
  await manager.update(PaymentEntity, { id: payment.id }, { revertingAt: now });
  return payment;
}

/**
 * Makes sure that the payment's money is not taken, or goes back. Once the intent is cancelled, a step that is late
 * cannot confirm it. Safe to repeat. @throws Unavailable, or Error where the provider cannot say yet
 */
export async function reverseAtProvider(cards: CardProvider, payment: PaymentEntity): Promise<Reversal> {
  // What cost nothing never came to the provider.
  if (payment.amount === 0) return { kind: 'nothing' };
  const intentId = await intentOf(cards, payment);
  if (intentId === null) return { kind: 'nothing' };
  let intent = await cards.retrieve(intentId);
  for (let looks = 1; looks <= maxLooks; looks += 1) {
    if (intent.status === 'canceled') return { kind: 'cancelled', intent };
    if (intent.status === 'succeeded') return refund(cards, payment, intent);
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

async function refund(cards: CardProvider, payment: PaymentEntity, intent: CardIntent): Promise<Reversal> {
  const sent = await cards.refund(intent.id, { paymentId: payment.id, purpose: 'revert' });
  // Nothing that waiting mends: the saga shows it as NEEDS_ATTENTION after the last try.
  if (sent?.status === 'failed')
    throw new Error(`Refund ${sent.id} failed: ${sent.failureReason ?? 'no reason'}.`);
  return { kind: 'refunded', intent, refund: sent };
}

/** Records what became of the payment. Returns whether money had moved and was sent back. */
export async function settleReversal(
  manager: EntityManager,
  paymentId: string,
  reversal: Reversal,
  now: Date,
): Promise<boolean> {
  const payment = await lockPayment(manager, paymentId);
  if (reversal.kind !== 'nothing' && payment.providerPaymentId === null) {
    const { id: providerPaymentId } = reversal.intent;
    await manager.update(PaymentEntity, { id: payment.id }, { providerPaymentId });
  }
  if (reversal.kind !== 'refunded') {
    const over = payment.expiresAt.getTime() - clockToleranceMs <= now.getTime();
    if (isOpen(payment)) {
      await record(manager, payment, [{ type: over ? 'EXPIRED' : 'CANCELLED' }], saga, now);
    }
    return false;
  }
  const { intent, refund: sent } = reversal;
  if (!isPaid(payment)) {
    await record(manager, payment, [{ type: 'SUCCEEDED', amount: intent.amountReceived }], saga, now);
  }
  if (sent) await settleRefund(manager, payment, { purpose: 'revert' }, sent, saga, now);
  return true;
}
