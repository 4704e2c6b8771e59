/** Port of the card provider; src/stripe/client.ts implements it. */

/** Status of an intent at the provider. */
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
  /** The provider's decline code, e.g. insufficient_funds; its error code if there is none. */
  code: string;
  message: string;
  /** The provider's id of the attempt. */
  ref: string;
}

/** A payment intent at the provider. Amounts are in our minor units. */
export interface CardIntent {
  id: string;
  status: IntentStatus;
  amountReceived: number;
  /** ISO 4217, in capitals. */
  currency: string;
  clientSecret: string | null;
  /** Id of our payment (UUID); null if the intent belongs to none. */
  paymentId: string | null;
  lastDecline: Decline | null;
}

/** Outcome of a refund. */
export interface RefundOutcome {
  /** The provider's id; null if the provider refused the refund or none is needed. */
  id: string | null;
  status: 'pending' | 'succeeded' | 'failed';
  /** Failure reason from the provider or from payment. */
  failureReason: string | null;
  /** If the provider refused: its existing refunds of the payment. */
  instead?: readonly CardRefund[];
  /** If the provider refused because of a dispute: its disputes of the payment. */
  disputes?: readonly CardDispute[];
}

/** A refund at the provider. */
export interface CardRefund extends RefundOutcome {
  id: string;
  /** Id of the refunded intent. */
  intentId: string | null;
  /** Our minor units. */
  amount: number;
  /** Id of our payment (UUID) and purpose of our refund; null if payment did not request the refund. */
  paymentId: string | null;
  purpose: string | null;
}

/** A refund to create at the provider. */
export interface RefundOrder {
  /** UUID of the payment. */
  paymentId: string;
  /** Unique per payment: identifies the refund. */
  purpose: string;
  /** Our minor units; null for the remaining amount. */
  amount: number | null;
  currency: string;
}

/** A dispute at the provider. */
export interface CardDispute {
  id: string;
  intentId: string | null;
  /** Our minor units. */
  amount: number;
  currency: string;
  reason: string;
  /** needs_response, under_review, won, lost. Statuses of inquiries, which withhold no money, begin with warning_. */
  status: string;
  evidenceDueBy: Date | null;
}

/** A payment intent in the provider's list. */
export interface ListedIntent extends CardIntent {
  /** Completed and pending refunds, in our minor units. */
  amountRefunded: number;
  disputed: boolean;
}

/** One page of the provider's payment intents, newest first. */
export interface IntentPage {
  intents: ListedIntent[];
  /** Cursor of the next page; null on the last page. */
  next: string | null;
}

/** An event that the provider sent to the webhook. */
export interface ProviderEvent {
  id: string;
  type: string;
  at: Date;
  objectId: string | null;
  /** Id of the intent (pi_...) that the event's object belongs to, if the object is not an intent itself. */
  intentId: string | null;
  /** Id of our payment (UUID) if the object's metadata contains one. */
  paymentId: string | null;
}

/** A webhook request with a valid signature whose body is not an event. The message names the invalid field. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** Parameters of an intent. The same payment always results in the same intent. */
export interface CardCharge {
  /** UUID. */
  paymentId: string;
  orderNumber: string;
  amount: number;
  currency: string;
}

/**
 * Client of the card provider. Calls with effects are idempotent: `key` (or the payment's id) identifies the effect,
 * and a repeat returns the first result. All methods throw Unavailable if the provider does not respond.
 */
export interface CardProvider {
  /**
   * Creates the payment's unconfirmed intent or returns the existing one. @throws Rejection INVALID for amount or
   * currency
   */
  create(charge: CardCharge): Promise<CardIntent>;
  /**
   * Confirms the intent with a payment method. After a decline, the intent waits for another payment method. An intent
   * that cannot be confirmed is returned unchanged. @throws Rejection INVALID for an invalid payment method
   */
  confirm(
    intentId: string,
    with_: { paymentMethod: string; returnUrl: string | null; key: string },
  ): Promise<{ intent: CardIntent; decline: Decline | null }>;
  retrieve(intentId: string): Promise<CardIntent>;
  /** Cancels the intent; an intent that cannot be cancelled is returned unchanged. */
  cancel(intentId: string, key: string): Promise<CardIntent>;
  /** Refunds an intent. If the provider refuses (nothing left, disputed), the outcome is `failed` without an id. */
  refund(intentId: string, order: RefundOrder): Promise<RefundOutcome>;
  retrieveRefund(refundId: string): Promise<CardRefund>;
  /** Returns the newest 100 refunds of the intent. */
  listRefunds(intentId: string): Promise<CardRefund[]>;
  retrieveDispute(disputeId: string): Promise<CardDispute>;
  /** Returns the newest 100 disputes of the intent. */
  listDisputes(intentId: string): Promise<CardDispute[]>;
  /** Returns a page of intents created since a time. `after` is the cursor from the previous page. */
  listIntents(since: Date, after: string | null): Promise<IntentPage>;
  /** Returns the intent, or null if the provider has none with this id. */
  find(intentId: string): Promise<ListedIntent | null>;
  /** Parses an event; null if the signature is invalid. @throws UnreadableEvent */
  readEvent(body: Buffer, signature: string): ProviderEvent | null;
}
