import { Rejection } from '@souk/shared/errors';
import type { PaymentEntity } from '../../entities/payment.js';
import type { CardIntent, CardProvider } from '../provider/card-provider.js';
import { chargeOf, confirmationKey } from './payment.js';
import type { Failure } from './payment-failure.js';
import { cancelIntent } from './reversal.js';

/** Result of a card payment at the provider. */
export type CardPaymentResult =
  | { kind: 'open'; intent: CardIntent }
  /** The failure is permanent. `intent` is null if none was created. */
  | { kind: 'failed'; intent: CardIntent | null; failure: Failure; declined: boolean };

/**
 * Creates the payment's intent and confirms it with the payment method, if there is one. A declined intent is
 * cancelled: the checkout fails. @throws Unavailable
 */
export async function payByCard(
  cards: CardProvider,
  payment: PaymentEntity,
  paymentMethod: string | null,
): Promise<CardPaymentResult> {
  const made = await orRejection(cards.create(chargeOf(payment)));
  if (made instanceof Rejection) return rejectedPayment(null, made);
  if (paymentMethod === null) return { kind: 'open', intent: made };

  const { returnUrl } = payment;
  const key = confirmationKey(payment, 1);
  const confirmed = await orRejection(cards.confirm(made.id, { paymentMethod, returnUrl, key }));
  if (confirmed instanceof Rejection) {
    return cancelDeclined(cards, payment, made, { rejection: confirmed, code: confirmed.code, ref: null });
  }
  const { intent, decline } = confirmed;
  if (!decline) return { kind: 'open', intent };
  const rejection = new Rejection('PAYMENT_DECLINED', decline.message);
  return cancelDeclined(cards, payment, intent, { rejection, code: decline.code, ref: decline.ref });
}

/** A payment that was rejected before a card was charged. */
export function rejectedPayment(intent: CardIntent | null, rejection: Rejection): CardPaymentResult {
  return {
    kind: 'failed',
    intent,
    failure: { rejection, code: rejection.code, ref: null },
    declined: false,
  };
}

/** Cancels the intent of a failing checkout, so that it cannot be paid later. */
async function cancelDeclined(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
  failure: Failure,
): Promise<CardPaymentResult> {
  const left = await cancelIntent(cards, payment, intent);
  if (left.status === 'succeeded') return { kind: 'open', intent: left };
  if (left.status !== 'canceled')
    throw new Error(`A declined payment could not be cancelled: ${left.status}.`);
  return { kind: 'failed', intent: left, failure, declined: true };
}

/** Returns the provider's result or its rejection. @throws other errors */
export async function orRejection<T>(call: Promise<T>): Promise<T | Rejection> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}
