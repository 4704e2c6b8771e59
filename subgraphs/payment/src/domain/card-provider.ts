/** The provider of card payments, as the rules see it; src/stripe/client.ts speaks to it. */

/** Where a payment stands at the provider. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'canceled'
  | 'succeeded';

/** A failed attempt to pay. */
export interface Decline {
  /** The provider's decline code, e.g. insufficient_funds; its error code where it has none. */
  code: string;
  message: string;
  /** What the provider calls the attempt. */
  ref: string;
}

/** A payment as the provider shows it. Amounts are in minor units. */
export interface CardIntent {
  id: string;
  status: IntentStatus;
  amountReceived: number;
  clientSecret: string | null;
  /** The id of our payment (UUID), or null where it is none of ours. */
  paymentId: string | null;
  lastDecline: Decline | null;
}

/** A refund as the provider shows it. */
export interface CardRefund {
  id: string;
  status: 'pending' | 'succeeded' | 'failed';
  /** Minor units. */
  amount: number;
  /** The id of our payment (UUID), and the purpose of our refund; null where it is none of ours. */
  paymentId: string | null;
  purpose: string | null;
  failureReason: string | null;
}

/** Something that happened at the provider, told at the webhook. */
export interface ProviderEvent {
  id: string;
  type: string;
  at: Date;
  objectId: string | null;
  /** The id of our payment (UUID) where the event's object names one. */
  paymentId: string | null;
}

/** What an intent is made from. The same payment always gives the same intent. */
export interface CardCharge {
  /** UUID. */
  paymentId: string;
  orderNumber: string;
  amount: number;
  currency: string;
}

/**
 * Every call that changes something may be repeated: `key` (or the payment's id) names the effect, and a repeat has
 * the first one's. All throw Unavailable where the provider does not answer.
 */
export interface CardProvider {
  /** Makes the payment's intent, unconfirmed, or finds it again. @throws Rejection INVALID for amount or currency. */
  create(charge: CardCharge): Promise<CardIntent>;
  /**
   * Tries to pay with a payment method. A decline is an answer: the intent waits for another payment method. Where
   * the intent cannot be confirmed (any more), it is shown as it is. @throws Rejection INVALID for a bad method.
   */
  confirm(
    intentId: string,
    with_: { paymentMethod: string; returnUrl: string | null; key: string },
  ): Promise<{ intent: CardIntent; decline: Decline | null }>;
  retrieve(intentId: string): Promise<CardIntent>;
  /** Cancels the intent; where it cannot be cancelled, it is shown as it is. */
  cancel(intentId: string, key: string): Promise<CardIntent>;
  /** Sends back all that is left of a payment; null where nothing is left and this purpose sent nothing. */
  refund(intentId: string, of: { paymentId: string; purpose: string }): Promise<CardRefund | null>;
  retrieveRefund(refundId: string): Promise<CardRefund>;
  /** Reads an event; null where its signature is not the provider's. */
  readEvent(body: Buffer, signature: string): ProviderEvent | null;
}
