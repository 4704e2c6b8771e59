/**
 * The objects of Stripe's API, as far as the simulator plays them. Amounts are integers in the currency's
 * minor unit as Stripe counts it, times are seconds since 1970. Objects are never changed in place: a change
 * makes a new object, so that what an event or a stored answer holds stays as it was.
 */

/** The API version that events carry when the caller names none: the one that stripe 23.1.0 pins. */
export const API_VERSION = '2026-10-28.endive';

export type Metadata = Readonly<Record<string, string>>;

export type PaymentIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'canceled'
  | 'succeeded';

export type CancellationReason = 'duplicate' | 'fraudulent' | 'requested_by_customer' | 'abandoned';

export type PaymentMethodType = 'card' | 'us_bank_account';

export interface PaymentMethod {
  readonly id: string;
  readonly object: 'payment_method';
  readonly allow_redisplay: 'unspecified';
  readonly billing_details: typeof NO_BILLING_DETAILS;
  readonly card?: { readonly brand: string; readonly last4: string } & typeof CARD_DEFAULTS;
  readonly us_bank_account?: { readonly bank_name: string; readonly last4: string };
  readonly created: number;
  readonly customer: null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly type: PaymentMethodType;
}

/** The value of last_payment_error; an error response repeats a part of it. */
export interface PaymentError {
  readonly charge?: string;
  readonly code: string;
  readonly decline_code?: string;
  readonly doc_url: string;
  readonly message: string;
  readonly payment_method: PaymentMethod;
  readonly type: 'card_error' | 'invalid_request_error';
}

export type NextAction =
  | {
      readonly type: 'redirect_to_url';
      readonly redirect_to_url: { readonly return_url: string; readonly url: string };
    }
  | {
      readonly type: 'use_stripe_sdk';
      readonly use_stripe_sdk: { readonly type: 'three_d_secure_redirect'; readonly stripe_js: string };
    };

export interface AutomaticPaymentMethods {
  readonly allow_redirects: 'always' | 'never';
  readonly enabled: boolean;
}

export interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly allowed_payment_method_types: readonly string[] | null;
  readonly amount: number;
  readonly amount_capturable: number;
  readonly amount_details: { readonly tip: Readonly<Record<string, never>> };
  readonly amount_received: number;
  readonly application: null;
  readonly application_fee_amount: null;
  readonly automatic_payment_methods: AutomaticPaymentMethods | null;
  readonly canceled_at: number | null;
  readonly cancellation_reason: CancellationReason | null;
  readonly capture_method: 'automatic' | 'automatic_async' | 'manual';
  readonly client_secret: string;
  readonly confirmation_method: 'automatic' | 'manual';
  readonly created: number;
  readonly currency: string;
  readonly customer: null;
  readonly customer_account: null;
  readonly description: string | null;
  readonly excluded_payment_method_types: null;
  readonly last_payment_error: PaymentError | null;
  readonly latest_charge: string | null;
  readonly livemode: false;
  readonly managed_payments: null;
  readonly metadata: Metadata;
  readonly next_action: NextAction | null;
  readonly on_behalf_of: null;
  readonly payment_method: string | null;
  readonly payment_method_configuration_details: null;
  readonly payment_method_options: Readonly<Record<string, never>>;
  readonly payment_method_types: readonly PaymentMethodType[];
  readonly payment_record: null;
  readonly processing: null;
  readonly receipt_email: string | null;
  readonly review: null;
  readonly setup_future_usage: null;
  readonly shipping: null;
  readonly source: null;
  readonly statement_descriptor: string | null;
  readonly statement_descriptor_suffix: string | null;
  readonly status: PaymentIntentStatus;
  readonly transfer_data: null;
  readonly transfer_group: string | null;
}

export interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly application: null;
  readonly application_fee: null;
  readonly application_fee_amount: null;
  readonly balance_transaction: null;
  readonly billing_details: typeof NO_BILLING_DETAILS;
  readonly calculated_statement_descriptor: string | null;
  readonly captured: boolean;
  readonly created: number;
  readonly currency: string;
  readonly customer: null;
  readonly description: string | null;
  /** True from the first dispute on, whatever became of it. */
  readonly disputed: boolean;
  readonly failure_balance_transaction: null;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly fraud_details: Readonly<Record<string, never>>;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly on_behalf_of: null;
  readonly outcome: ChargeOutcome | null;
  readonly paid: boolean;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly payment_method_details: Readonly<Record<string, unknown>>;
  readonly receipt_email: string | null;
  readonly receipt_number: null;
  readonly receipt_url: null;
  readonly refunded: boolean;
  readonly review: null;
  readonly shipping: null;
  readonly source: null;
  readonly source_transfer: null;
  readonly statement_descriptor: string | null;
  readonly statement_descriptor_suffix: string | null;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly transfer_data: null;
  readonly transfer_group: string | null;
}

export interface ChargeOutcome {
  readonly advice_code: null;
  readonly network_advice_code: null;
  readonly network_decline_code: null;
  readonly network_status: 'approved_by_network' | 'declined_by_network';
  readonly reason: string | null;
  readonly risk_level: 'normal';
  readonly seller_message: string;
  readonly type: 'authorized' | 'issuer_declined';
}

export type RefundFailure = 'expired_or_canceled_card' | 'lost_or_stolen_card' | 'unknown';

export type RefundReason = 'duplicate' | 'fraudulent' | 'requested_by_customer';

export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly balance_transaction: null;
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly destination_details: Readonly<Record<string, unknown>>;
  /** Only there once the refund has failed. */
  readonly failure_reason?: RefundFailure;
  readonly metadata: Metadata;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly reason: RefundReason | null;
  readonly receipt_number: null;
  readonly source_transfer_reversal: null;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly transfer_reversal: null;
}

export type DisputeReason =
  | 'fraudulent'
  | 'product_not_received'
  | 'duplicate'
  | 'product_unacceptable'
  | 'subscription_canceled'
  | 'unrecognized'
  | 'credit_not_processed'
  | 'general';

export type DisputeStatus =
  | 'needs_response'
  | 'under_review'
  | 'won'
  | 'lost'
  | 'warning_needs_response'
  | 'warning_under_review'
  | 'warning_closed';

export interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly balance_transactions: readonly never[];
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly evidence: { readonly uncategorized_text: string | null };
  readonly evidence_details: {
    readonly due_by: number | null;
    readonly has_evidence: boolean;
    readonly past_due: boolean;
    readonly submission_count: number;
  };
  readonly is_charge_refundable: boolean;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly payment_intent: string;
  readonly reason: DisputeReason;
  readonly status: DisputeStatus;
}

export type EventType =
  | 'payment_intent.created'
  | 'payment_intent.succeeded'
  | 'payment_intent.payment_failed'
  | 'payment_intent.requires_action'
  | 'payment_intent.processing'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.canceled'
  | 'charge.refunded'
  | 'refund.created'
  | 'refund.updated'
  | 'refund.failed'
  | 'charge.dispute.created'
  | 'charge.dispute.updated'
  | 'charge.dispute.closed'
  | 'charge.dispute.funds_withdrawn'
  | 'charge.dispute.funds_reinstated';

/** A webhook event as it is stored; `pending_webhooks` is derived when it is shown or sent. */
export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: PaymentIntent | Charge | Refund | Dispute };
  readonly livemode: false;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: EventType;
}

export const NO_BILLING_DETAILS = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
} as const;

export const CARD_DEFAULTS = {
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  exp_month: 12,
  exp_year: 2034,
  funding: 'credit',
} as const;
