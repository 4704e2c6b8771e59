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

/** A payment as the provider shows it. Amounts are in our minor units. */
export interface CardIntent {
  id: string;
  status: IntentStatus;
  amountReceived: number;
  /** ISO 4217, in capitals. */
  currency: string;
  clientSecret: string | null;
  /** The id of our payment (UUID), or null where it is none of ours. */
  paymentId: string | null;
  lastDecline: Decline | null;
}

/** What became of money that was to be sent back. */
export interface RefundOutcome {
  /** The provider's id; null where there is no refund at the provider: it refused, or none is needed. */
  id: string | null;
  status: 'pending' | 'succeeded' | 'failed';
  /** Why it failed, in the provider's word or ours. */
  failureReason: string | null;
  /** Where the provider refused: the refunds that it has made of the payment. */
  instead?: readonly CardRefund[];
}

/** A refund as the provider shows it. */
export interface CardRefund extends RefundOutcome {
  id: string;
  /** Of which intent. */
  intentId: string | null;
  /** Our minor units. */
  amount: number;
  /** The id of our payment (UUID), and the purpose of our refund; null where it is none of ours. */
  paymentId: string | null;
  purpose: string | null;
}

/** What is to be sent back. */
export interface RefundOrder {
  /** UUID of the payment. */
  paymentId: string;
  /** Unique for the payment: names the effect. */
  purpose: string;
  /** Our minor units; null: all that is left. */
  amount: number | null;
  currency: string;
}

/** A dispute as the provider shows it. */
export interface CardDispute {
  id: string;
  intentId: string | null;
  /** Our minor units. */
  amount: number;
  currency: string;
  reason: string;
  /** needs_response, under_review, won, lost; inquiries, which take no money, begin with warning_. */
  status: string;
  evidenceDueBy: Date | null;
}

/** A payment as the provider's list shows it. */
export interface ListedIntent extends CardIntent {
  /** What has gone back or is on its way, in our minor units. */
  amountRefunded: number;
  disputed: boolean;
}

/** One page of the provider's payments, the newest first. */
export interface IntentPage {
  intents: ListedIntent[];
  /** Where the next page begins; null after the last one. */
  next: string | null;
}

/** Something that happened at the provider, told at the webhook. */
export interface ProviderEvent {
  id: string;
  type: string;
  at: Date;
  objectId: string | null;
  /** The payment (pi_...) that the event's object belongs to, where it is no payment itself. */
  intentId: string | null;
  /** The id of our payment (UUID) where the event's object names one. */
  paymentId: string | null;
}

/** A webhook request that the provider has signed and that is no event. The message names the field that is wrong. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
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
  /** Sends money back. That the provider refuses it (nothing left, disputed) is an outcome: failed, without an id. */
  refund(intentId: string, order: RefundOrder): Promise<RefundOutcome>;
  retrieveRefund(refundId: string): Promise<CardRefund>;
  /** The payment's refunds, the newest 100 of them. */
  listRefunds(intentId: string): Promise<CardRefund[]>;
  retrieveDispute(disputeId: string): Promise<CardDispute>;
  /** The payment's disputes, the newest 100 of them. */
  listDisputes(intentId: string): Promise<CardDispute[]>;
  /** A page of all payments made since a moment. `after` is where the page before it ended. */
  listIntents(since: Date, after: string | null): Promise<IntentPage>;
  /** The payment, or null where the provider knows of none. */
  find(intentId: string): Promise<ListedIntent | null>;
  /** Reads an event; null where its signature is not the provider's. @throws UnreadableEvent */
  readEvent(body: Buffer, signature: string): ProviderEvent | null;
}
