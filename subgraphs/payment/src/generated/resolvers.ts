import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { PaymentEntity } from '../entities/payment.js';
import type { LoggedEvent, RefundOfPayment, PaymentPage, Reference, DisputeOfPayment, LedgerPage, DifferenceOfRun } from '../models.js';
import type { LedgerEntryEntity } from '../entities/ledger-entry.js';
import type { Balance } from '../domain/ledger/partner-balance.js';
import type { ReconciliationRun } from '../domain/reconciliation/reconciliation-run.js';
import type { Context } from '../context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A day without a time: RFC 3339 full-date, such as 2026-01-31. The field says in which time zone. */
  Date: { input: string; output: string; }
  /**
   * A point in time: RFC 3339, in UTC with milliseconds in output (2026-01-31T12:00:00.000Z); input may have any offset.
   * At most 100 characters.
   */
  DateTime: { input: Date; output: Date; }
  /** An e-mail address as HTML forms accept it; blanks around it are removed. */
  EmailAddress: { input: string; output: string; }
  /** Any JSON value. In input at most 32 levels and 20,000 values. */
  JSON: { input: unknown; output: unknown; }
  /** An integer from -(2^53 - 1) to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  /** An absolute URL. */
  URL: { input: URL; output: URL | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Result of an action with nothing to return. */
export type ActionPayload = {
  __typename?: 'ActionPayload';
  /** Whether it was done; false if there are userErrors. */
  ok: Scalars['Boolean']['output'];
  /** The first 100 where there are more. */
  userErrors: Array<UserError>;
};

/** A postal address. */
export type Address = {
  __typename?: 'Address';
  /** City or town. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code. */
  countryCode: Scalars['String']['output'];
  /** TypeID with the prefix addr. */
  id: Scalars['ID']['output'];
  /** Whether it is the user's default address. */
  isDefault: Scalars['Boolean']['output'];
  /** A name for the user's own use, such as Home; null without one. */
  label: Maybe<Scalars['String']['output']>;
  /** Street and number. */
  line1: Scalars['String']['output'];
  /** Second line, or null. */
  line2: Maybe<Scalars['String']['output']>;
  /** Phone number for the delivery, or null. */
  phone: Maybe<Scalars['String']['output']>;
  /** Postal code as its country writes it; empty in countries without postal codes. */
  postalCode: Scalars['String']['output'];
  /** Name of the person or company. */
  recipient: Scalars['String']['output'];
  /** State, province or region, or null. */
  region: Maybe<Scalars['String']['output']>;
};

/** A chargeback: the buyer's bank takes money back until it is decided. */
export type Dispute = {
  __typename?: 'Dispute';
  /** The disputed amount. */
  amount: Money;
  /** Until when evidence can be submitted to the provider; null if it cannot. */
  evidenceDueBy: Maybe<Scalars['DateTime']['output']>;
  /** TypeID with the prefix dispute. */
  id: Scalars['ID']['output'];
  /** The provider's reason, e.g. fraudulent. */
  reason: Scalars['String']['output'];
  /** State of the dispute, as the provider reports it. */
  status: DisputeStatus;
};

/** States of a dispute. */
export type DisputeStatus =
  /** The buyer keeps the money. */
  | 'LOST'
  /** Waits for evidence until evidenceDueBy; the money is withheld. */
  | 'NEEDS_RESPONSE'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** Prevented before the bank withheld money. */
  | 'PREVENTED'
  /** The bank examines the evidence; the money is withheld. */
  | 'UNDER_REVIEW'
  /** The inquiry ended without a dispute. */
  | 'WARNING_CLOSED'
  /** An inquiry, which withholds no money, waits for an answer. */
  | 'WARNING_NEEDS_RESPONSE'
  /** The bank examines the answer to an inquiry. */
  | 'WARNING_UNDER_REVIEW'
  /** The money is returned. */
  | 'WON';

/** Kinds of expected refusals, for programs. Output only. Each mutation's description lists the codes that it returns. */
export type ErrorCode =
  /** The amount or currency differs from the payment's. */
  | 'AMOUNT_MISMATCH'
  /** The state of the object, or of something that depends on it, does not allow the change now. */
  | 'CONFLICT'
  /** The idempotency key was used within the last 24 hours with other arguments (IdempotencyConflictError). */
  | 'IDEMPOTENCY_CONFLICT'
  /** More than what the platform owes the partner in this currency. */
  | 'INSUFFICIENT_BALANCE'
  /** An argument or input field breaks a rule; the message says which. */
  | 'INVALID'
  /** The action needs a second factor verified within the last ten minutes: see elevateSession. */
  | 'MFA_REQUIRED'
  /** The object does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The caller may see the object, but not change or use it. */
  | 'NOT_OWNER'
  /** Nothing can be refunded: not paid, nothing left, being reverted, or disputed. */
  | 'NOT_REFUNDABLE'
  /** The provider or the card's bank declined the payment. */
  | 'PAYMENT_DECLINED'
  /** The payment was not made in time, or too little time remains for its method. */
  | 'PAYMENT_EXPIRED'
  /** The card provider cannot be reached. Try again later. */
  | 'PROVIDER_UNAVAILABLE'
  /** More than what is left to refund (RefundExceedsPaymentError). */
  | 'REFUND_EXCEEDS_PAYMENT'
  /** Too many failures of late; TooManyAttemptsError says when to try again. */
  | 'TOO_MANY_ATTEMPTS';

/** The idempotency key was used before with other arguments. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Time of its first use. A key is free again after 24 hours. */
  firstUsedAt: Scalars['DateTime']['output'];
  /** The key. */
  idempotencyKey: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A refusal that carries nothing beyond its code. */
export type InputError = UserError & {
  __typename?: 'InputError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Fewer units of an offer are available than were requested. */
export type InsufficientStockError = UserError & {
  __typename?: 'InsufficientStockError';
  /** Number of units that are available. */
  available: Scalars['Int']['output'];
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeID of the offer. */
  offerId: Scalars['ID']['output'];
};

/** Accounts of the ledger. */
export type LedgerAccount =
  /** Money at the bank. */
  | 'BANK'
  /** Money of buyers whose payment bought nothing. */
  | 'CUSTOMER_FUNDS'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** What the platform owes a partner: LedgerEntry.partner. */
  | 'PARTNER_PAYABLE'
  /** Revenue of the platform. */
  | 'PLATFORM_REVENUE'
  /** Money at the card provider. */
  | 'PROVIDER_CLEARING'
  /** Refunds that have not been sent. */
  | 'REFUNDS'
  /** Money that no payment explains. */
  | 'SUSPENSE';

/** A page of ledgers. */
export type LedgerConnection = {
  __typename?: 'LedgerConnection';
  /** The items of the page with their cursors. */
  edges: Array<LedgerEdge>;
  /** The items of the page. */
  nodes: Array<LedgerEntry>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of ledgers, with its cursor. */
export type LedgerEdge = {
  __typename?: 'LedgerEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: LedgerEntry;
};

/**
 * One entry of a double-entry transaction: positive for the account that gains, negative for the one that gives. The
 * entries of a transaction add up to zero. A sale of 40.00 at 15 %: PARTNER_PAYABLE +34.00, PLATFORM_REVENUE +6.00,
 * PROVIDER_CLEARING -40.00. On a partner's account refunds and payouts are negative, and the entries add up to what is
 * due.
 */
export type LedgerEntry = {
  __typename?: 'LedgerEntry';
  /** The account. */
  account: LedgerAccount;
  /** Positive if the account gains, negative if it gives. */
  amount: Money;
  /** Time of the transaction. */
  at: Scalars['DateTime']['output'];
  /** TypeID with the prefix ledger. */
  id: Scalars['ID']['output'];
  /** The partner whose account PARTNER_PAYABLE it is, or from whose sale PLATFORM_REVENUE comes; null for other accounts. */
  partner: Maybe<Partner>;
  /** The payment of the transaction; null without one, and to those who may not see it. */
  payment: Maybe<Payment>;
  /** The refund of the transaction; null without one, and to those who may not see it. */
  refund: Maybe<Refund>;
  /** All entries of its transaction, at most 300. For payments:manage. */
  transaction: Maybe<Array<LedgerEntry>>;
  /** TypeID of its transaction; the entries of one transaction share it. */
  transactionId: Scalars['ID']['output'];
};

/** More of an offer than one buyer may hold without having paid: in one order, or in seats held and open checkouts together. */
export type MaxPerOrderError = UserError & {
  __typename?: 'MaxPerOrderError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many the buyer holds already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many units one buyer may hold unpaid. */
  maximum: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeID of the offer. */
  offerId: Scalars['ID']['output'];
};

/** An exact amount in the currency's minor unit (cents; yen have none). */
export type Money = {
  __typename?: 'Money';
  /** Number of minor units; negative where the field says so. */
  amount: Scalars['SafeInt']['output'];
  /** ISO 4217 code, three capital letters. */
  currency: Scalars['String']['output'];
  /** Written for reading, e.g. "€12.50", in the request's Accept-Language. */
  formatted: Scalars['String']['output'];
};

/** An exact amount in the currency's minor unit. */
export type MoneyInput = {
  /** Number of minor units: 1250 EUR is 12.50 euros. */
  amount: Scalars['SafeInt']['input'];
  /** ISO 4217 code. At most 3 characters. */
  currency: Scalars['String']['input'];
};

/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Confirms the caller's waiting card payment on the server with a payment method (pm_...). After a decline, the
   * payment keeps waiting for another attempt until it expires. After 20 declined cards of a buyer within an hour, or 50
   * from one network address (IPv6: a /64), the provider is not called until retryAt.
   * Codes: NOT_FOUND, NOT_OWNER (another buyer's), INVALID (the payment method), CONFLICT (not a card payment, paid,
   * ended, processing, or after 25 attempts), PAYMENT_EXPIRED (a charge that completes after expiresAt is refunded),
   * PAYMENT_DECLINED (PaymentDeclinedError), PROVIDER_UNAVAILABLE, TOO_MANY_ATTEMPTS (TooManyAttemptsError).
   */
  confirmPayment: PaymentPayload;
  /**
   * Records money that arrived by bank transfer, virtual account or e-wallet. Money for a payment that has expired, ended
   * or is being canceled is recorded and booked as refunded: an administrator sends it back. For payments:manage.
   * Codes: NOT_FOUND (reference), CONFLICT (already succeeded, or a card payment), AMOUNT_MISMATCH (not exactly the
   * payment's amount and currency), INVALID, IDEMPOTENCY_CONFLICT (IdempotencyConflictError).
   */
  recordPayment: PaymentPayload;
  /**
   * Records money that was sent to a partner, at most what is due to them. For payments:manage.
   * Codes: NOT_FOUND (partner), INVALID (amount of 0, empty reference, or a card number in it), INSUFFICIENT_BALANCE,
   * IDEMPOTENCY_CONFLICT (IdempotencyConflictError).
   */
  recordPayout: PayoutPayload;
  /**
   * Refunds a payment or a part of it. The refund stays PENDING while the provider cannot be reached, and is sent later.
   * For payments:manage.
   * Codes: NOT_FOUND, INVALID (reason, amount or currency), NOT_REFUNDABLE (not paid, nothing left, being reverted, or
   * disputed: the buyer's bank decides about the money), REFUND_EXCEEDS_PAYMENT (RefundExceedsPaymentError), MFA_REQUIRED
   * (above the setting payments.mfaAboveAmount), IDEMPOTENCY_CONFLICT (IdempotencyConflictError).
   */
  refundPayment: RefundPayload;
  /**
   * Queries the provider for the payment's state, records it, and continues the checkout. For the buyer and
   * payments:manage. The provider is queried at most once in three seconds per payment; an earlier call waits for the
   * next query.
   * Codes: NOT_FOUND, PROVIDER_UNAVAILABLE.
   */
  verifyPayment: PaymentPayload;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationConfirmPaymentArgs = {
  id: Scalars['ID']['input'];
  paymentMethodToken: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRecordPaymentArgs = {
  amount: MoneyInput;
  idempotencyKey: Scalars['String']['input'];
  reference: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRecordPayoutArgs = {
  amount: MoneyInput;
  idempotencyKey: Scalars['String']['input'];
  partnerId: Scalars['ID']['input'];
  reference: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRefundPaymentArgs = {
  input: RefundInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationVerifyPaymentArgs = {
  id: Scalars['ID']['input'];
};

/** What a buyer bought, or tries to buy, in one checkout. Readable by the buyer and holders of orders:manage. */
export type Order = {
  __typename?: 'Order';
  /** TypeID with the prefix order. */
  id: Scalars['ID']['output'];
  /** The order's payment; null before the checkout has opened it, and to those who may not see it. */
  payment: Maybe<Payment>;
  /** Refunds of the order's payment, oldest first. */
  refunds: Maybe<Array<Refund>>;
};


/** What a buyer bought, or tries to buy, in one checkout. Readable by the buyer and holders of orders:manage. */
export type OrderRefundsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Where a page lies in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item; null for an empty page. Pass it as `after` to get the next page. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether items follow the page. When paging backward: whether it began at a cursor. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede the page. When paging forward: whether it began at a cursor. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null for an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type Partner = {
  __typename?: 'Partner';
  /** What the platform owes the partner, by currency; at most 200. For the partner and payments:manage. */
  balances: Maybe<Array<PartnerBalance>>;
  /** TypeID with the prefix partner. */
  id: Scalars['ID']['output'];
  /** Entries of the partner's ledger account, newest first; they sum to what is due. For the partner and payments:manage. */
  statement: Maybe<LedgerConnection>;
};


/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type PartnerStatementArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};

/** What the platform owes a partner in one currency. */
export type PartnerBalance = {
  __typename?: 'PartnerBalance';
  /** The platform's commission, less that of refunds. */
  commission: Money;
  /** ISO 4217 code. */
  currency: Scalars['String']['output'];
  /** gross less commission, refunded and paidOut; negative if the partner owes money. */
  due: Money;
  /** Sales, commission included. */
  gross: Money;
  /** Sum of the payouts. */
  paidOut: Money;
  /** The partner's part of refunds, and of money withheld in disputes. */
  refunded: Money;
};

/**
 * The payment of one order. Its state is derived from its events, which are append-only. Readable by the buyer and
 * holders of payments:manage; null to others.
 */
export type Payment = {
  __typename?: 'Payment';
  /** What the buyer pays. */
  amount: Money;
  /** For Stripe.js, while a card payment waits for its buyer. Null for everybody else, and at other times. */
  clientSecret: Maybe<Scalars['String']['output']>;
  /** Time at which the checkout opened it. */
  createdAt: Scalars['DateTime']['output'];
  /** The buyer. */
  customer: Maybe<User>;
  /** Chargebacks, oldest first. */
  disputes: Array<Dispute>;
  /** The payment log, oldest first. */
  events: Array<PaymentEvent>;
  /** Time until which it can be paid; afterwards it is EXPIRED. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the last attempt failed; null if none did, and once the payment has succeeded. */
  failure: Maybe<PaymentFailure>;
  /** TypeID with the prefix payment. */
  id: Scalars['ID']['output'];
  /**
   * What to do next, as text in the request's language, while a payment without a client secret waits: account,
   * reference, amount and deadline. Null at other times.
   */
  instructions: Maybe<Scalars['String']['output']>;
  /** How the buyer pays. */
  method: PaymentMethod;
  /** The order that it pays. */
  order: Maybe<Order>;
  /** Who moves the money. */
  provider: PaymentProvider;
  /** The provider's id, e.g. pi_...; null before it is known, and for manual payments. */
  providerPaymentId: Maybe<Scalars['String']['output']>;
  /** Unique; what a bank transfer or virtual account payment must quote. */
  reference: Scalars['String']['output'];
  /** Sum of the completed refunds. */
  refunded: Money;
  /** Refunds, oldest first. */
  refunds: Array<Refund>;
  /** State, as it follows from the events. */
  status: PaymentStatus;
  /** Time at which the money arrived; null before. */
  succeededAt: Maybe<Scalars['DateTime']['output']>;
};


/**
 * The payment of one order. Its state is derived from its events, which are append-only. Readable by the buyer and
 * holders of payments:manage; null to others.
 */
export type PaymentDisputesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * The payment of one order. Its state is derived from its events, which are append-only. Readable by the buyer and
 * holders of payments:manage; null to others.
 */
export type PaymentEventsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * The payment of one order. Its state is derived from its events, which are append-only. Readable by the buyer and
 * holders of payments:manage; null to others.
 */
export type PaymentRefundsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of payments. */
export type PaymentConnection = {
  __typename?: 'PaymentConnection';
  /** The items of the page with their cursors. */
  edges: Array<PaymentEdge>;
  /** The items of the page. */
  nodes: Array<Payment>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** The provider or the card's bank declined the payment. */
export type PaymentDeclinedError = UserError & {
  __typename?: 'PaymentDeclinedError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** The provider's decline code, e.g. insufficient_funds; null if it gave none. */
  declineCode: Maybe<Scalars['String']['output']>;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** An item of a page of payments, with its cursor. */
export type PaymentEdge = {
  __typename?: 'PaymentEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Payment;
};

/** An entry of the payment log: a fact about a payment. */
export type PaymentEvent = {
  __typename?: 'PaymentEvent';
  /** Amount of the fact; null if it has none. */
  amount: Maybe<Money>;
  /** Time at which it was recorded. */
  at: Scalars['DateTime']['output'];
  /** TypeID with the prefix event. */
  id: Scalars['ID']['output'];
  /** Explanation for people, in English, or null. */
  message: Maybe<Scalars['String']['output']>;
  /** The provider's id of the event that brought it, e.g. evt_..., or null. */
  providerEventId: Maybe<Scalars['String']['output']>;
  /** Who brought it. */
  source: PaymentEventSource;
  /** What happened. */
  type: PaymentEventType;
};

/** Who brings a fact to the payment log. */
export type PaymentEventSource =
  /** An administrator. */
  | 'ADMIN'
  /** The buyer, by confirmPayment or verifyPayment. */
  | 'BUYER'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** The comparison with the provider. */
  | 'RECONCILER'
  /** A checkout or cancellation. */
  | 'SAGA'
  /** An event of the provider. */
  | 'WEBHOOK';

/** Facts about a payment. */
export type PaymentEventType =
  /** It waits for a payment method, an authentication or a transfer. */
  | 'ACTION_REQUIRED'
  /** The provider has accepted it and is processing it. */
  | 'AUTHORIZED'
  /** It was canceled. */
  | 'CANCELLED'
  /** The payment was opened. */
  | 'CREATED'
  /** The bank has decided for the buyer. */
  | 'DISPUTE_LOST'
  /** The buyer's bank withholds money. */
  | 'DISPUTE_OPENED'
  /** The bank no longer withholds it. */
  | 'DISPUTE_WON'
  /** It was not paid in time. */
  | 'EXPIRED'
  /** An attempt was declined or failed. */
  | 'FAILED'
  /** A refund was completed. */
  | 'REFUNDED'
  /** A refund could not be sent; its amount can be refunded again. */
  | 'REFUND_FAILED'
  /** A refund was requested. */
  | 'REFUND_REQUESTED'
  /** The money has arrived. */
  | 'SUCCEEDED';

/** Why an attempt to pay failed. */
export type PaymentFailure = {
  __typename?: 'PaymentFailure';
  /** The provider's code, e.g. card_declined. */
  code: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Restricts a list of payments; a field that is null or absent does not restrict. */
export type PaymentFilter = {
  /** Only payments opened after this time. */
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only payments opened before this time. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only payments of this user; an unknown id matches nothing. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only payments by this method. */
  method?: InputMaybe<PaymentMethod>;
  /** Only payments with this status. */
  status?: InputMaybe<PaymentStatus>;
};

/** Ways to pay. */
export type PaymentMethod =
  /** A transfer that quotes Payment.reference, recorded by an administrator. */
  | 'BANK_TRANSFER'
  /** A card, charged by the card provider. */
  | 'CREDIT_CARD'
  /** An electronic wallet, recorded by an administrator. */
  | 'E_WALLET'
  /** A transfer to an account number of its own, recorded by an administrator. */
  | 'VIRTUAL_ACCOUNT';

/** A way to pay that is offered now. */
export type PaymentMethodInfo = {
  __typename?: 'PaymentMethodInfo';
  /** ISO 4217 codes; at most 200. */
  currencies: Array<Scalars['String']['output']>;
  /**
   * Whole minutes until an unpaid payment expires, at least 1; for cards the timeout of checkouts. A payment ends earlier
   * where the sale of an ordered item ends earlier: Checkout.expiresAt has the time.
   */
  expiresAfterMinutes: Scalars['Int']['output'];
  /** Name for people, in English. */
  label: Scalars['String']['output'];
  /** The method, as PaymentInput takes it. */
  method: PaymentMethod;
  /** Who moves the money. */
  provider: PaymentProvider;
};

/** Result of a mutation of a payment. */
export type PaymentPayload = {
  __typename?: 'PaymentPayload';
  /** The payment, also after a refusal, if the caller may see it; otherwise null. */
  payment: Maybe<Payment>;
  /** Whether the idempotency key was used before; false for mutations without one. */
  replayed: Scalars['Boolean']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Who moves the money of a payment. */
export type PaymentProvider =
  /** Nobody by themselves: an administrator records the money (recordPayment). */
  | 'MANUAL'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** Stripe: cards. */
  | 'STRIPE';

/** States of a payment. */
export type PaymentStatus =
  /** Canceled before any money arrived. */
  | 'CANCELLED'
  /** Paid; the buyer's bank withholds the money, or has taken it back. */
  | 'DISPUTED'
  /** Not paid in time. */
  | 'EXPIRED'
  /** Failed for good. */
  | 'FAILED'
  /** Paid; a part was refunded. */
  | 'PARTIALLY_REFUNDED'
  /** Waits for a payment method, or for a transfer. */
  | 'PENDING'
  /** The provider is processing it. */
  | 'PROCESSING'
  /** Paid; all was refunded. */
  | 'REFUNDED'
  /** Waits for the buyer to authenticate at their bank. */
  | 'REQUIRES_ACTION'
  /** The money has arrived. */
  | 'SUCCEEDED';

/** Result of recordPayout. */
export type PayoutPayload = {
  __typename?: 'PayoutPayload';
  /** The entry on the partner's account; null if it was refused. */
  entry: Maybe<LedgerEntry>;
  /** Whether the idempotency key was already used; the entry is then that of its first use. */
  replayed: Scalars['Boolean']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type Query = {
  __typename?: 'Query';
  /**
   * One payment, by exactly one of id and reference (BAD_USER_INPUT otherwise). Null to all but its buyer and
   * payments:manage.
   */
  payment: Maybe<Payment>;
  /** Ways to pay that are offered now; at most 4. */
  paymentMethods: Array<PaymentMethodInfo>;
  /** All payments, newest first. For payments:manage. */
  payments: PaymentConnection;
  /**
   * The last reconciliation; if there was none yet, runs one over the last day. SERVICE_UNAVAILABLE if the provider cannot
   * be reached then. For payments:manage.
   */
  reconciliation: Reconciliation;
  /** The publishable key that Stripe.js needs; null without Stripe. */
  stripePublishableKey: Maybe<Scalars['String']['output']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPaymentArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  reference: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPaymentMethodsArgs = {
  currency: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPaymentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The last comparison of the payment log with the ledger and with the card provider. */
export type Reconciliation = {
  __typename?: 'Reconciliation';
  /** Whether there are no differences. */
  balanced: Scalars['Boolean']['output'];
  /** Number of payments that the provider listed. */
  checkedPayments: Scalars['Int']['output'];
  /**
   * What could not be repaired, in the order in which the run found it: at most 1,000 differences; the next run reports the
   * others.
   */
  differences: Array<ReconciliationDifference>;
  /** Time at which it began. */
  ranAt: Scalars['DateTime']['output'];
};


/** The last comparison of the payment log with the ledger and with the card provider. */
export type ReconciliationDifferencesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A difference between the platform's books and the provider's, or within the books. */
export type ReconciliationDifference = {
  __typename?: 'ReconciliationDifference';
  /** Opaque; of its run alone. */
  id: Scalars['ID']['output'];
  /** What differs. */
  kind: ReconciliationDifferenceKind;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The payment; null if it is unknown here. */
  payment: Maybe<Payment>;
  /** The provider's id of the payment, or null. */
  providerPaymentId: Maybe<Scalars['String']['output']>;
};

/** Kinds of differences. */
export type ReconciliationDifferenceKind =
  /** The amounts or currencies differ. */
  | 'AMOUNT'
  /** The provider charged money that is not recorded as paid. */
  | 'CHARGED_NOT_RECORDED'
  /** The ledger contradicts the payment log. */
  | 'LEDGER'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** A payment is recorded as paid, and the provider did not charge it. */
  | 'RECORDED_NOT_CHARGED'
  /** The refunds differ, or a refund failed. */
  | 'REFUND';

/** Money of a payment that goes back to the buyer. Readable like its payment. */
export type Refund = {
  __typename?: 'Refund';
  /** Amount that goes back, in the payment's currency. */
  amount: Money;
  /** Time at which it ended; null before. */
  completedAt: Maybe<Scalars['DateTime']['output']>;
  /** Time at which it was requested. */
  createdAt: Scalars['DateTime']['output'];
  /** TypeID with the prefix refund. */
  id: Scalars['ID']['output'];
  /** The payment. */
  payment: Payment;
  /** The provider's id, e.g. re_...; null before it is known, and for manual payments. */
  providerRefundId: Maybe<Scalars['String']['output']>;
  /** Why. */
  reason: Scalars['String']['output'];
  /** State of the refund. */
  status: RefundStatus;
};

/** The amount exceeds what is left to refund. */
export type RefundExceedsPaymentError = UserError & {
  __typename?: 'RefundExceedsPaymentError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** What is left to refund. */
  refundable: Money;
};

/** A refund of a payment. */
export type RefundInput = {
  /** More than 0, in the payment's currency. All that is left when null. */
  amount?: InputMaybe<MoneyInput>;
  /** The same key again within 24 hours returns the same refund. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** TypeID of the payment. */
  paymentId: Scalars['ID']['input'];
  /** Why, for the record. At most 500 characters. */
  reason: Scalars['String']['input'];
};

/** Result of refundPayment. */
export type RefundPayload = {
  __typename?: 'RefundPayload';
  /** The refund; null if it was refused. */
  refund: Maybe<Refund>;
  /** Whether the idempotency key was already used; the refund is then that of its first use. */
  replayed: Scalars['Boolean']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** States of a refund. */
export type RefundStatus =
  /** Could not be sent; its amount can be refunded again. */
  | 'FAILED'
  /** Requested; the provider has not completed it. */
  | 'PENDING'
  /** Completed. */
  | 'SUCCEEDED';

/** Seats that are sold, blocked, or held by somebody else. */
export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeIDs of these seats; the first 100 if there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

/** Too many failures of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Earliest time at which another attempt makes sense. */
  retryAt: Scalars['DateTime']['output'];
};

/** More seats than one buyer or one network may hold without a checkout. */
export type TooManyHoldsError = UserError & {
  __typename?: 'TooManyHoldsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many are held already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many seats may be held. */
  maximum: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** TypeID with the prefix user. */
  id: Scalars['ID']['output'];
  /** The user's payments, newest first. Private: FORBIDDEN to others without payments:manage. */
  payments: Maybe<PaymentConnection>;
};


/** A person with an account. */
export type UserPaymentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** An expected refusal that the caller can act on. Implementations carry the numbers that a client needs. */
export type UserError = {
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Order: Order;
  Partner: Partner;
  Payment: Payment;
  Refund: Refund;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Partner:
    ( { __typename: 'Partner' }
    & GraphQLRecursivePick<FederationTypes['Partner'], {"id":true}> );
  Payment:
    ( { __typename: 'Payment' }
    & ( GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Payment'], {"reference":true}> ) );
  Refund:
    ( { __typename: 'Refund' }
    & GraphQLRecursivePick<FederationTypes['Refund'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionPayload: ResolverTypeWrapper<Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Address: ResolverTypeWrapper<Address>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Dispute: ResolverTypeWrapper<DisputeOfPayment>;
  DisputeStatus: DisputeStatus;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LedgerAccount: LedgerAccount;
  LedgerConnection: ResolverTypeWrapper<LedgerPage>;
  LedgerEdge: ResolverTypeWrapper<Omit<LedgerEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryEntity>;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Order: ResolverTypeWrapper<Reference>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<Reference>;
  PartnerBalance: ResolverTypeWrapper<Balance>;
  Payment: ResolverTypeWrapper<PaymentEntity>;
  PaymentConnection: ResolverTypeWrapper<PaymentPage>;
  PaymentDeclinedError: ResolverTypeWrapper<UserErrorData>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentEvent: ResolverTypeWrapper<LoggedEvent>;
  PaymentEventSource: PaymentEventSource;
  PaymentEventType: PaymentEventType;
  PaymentFailure: ResolverTypeWrapper<PaymentFailure>;
  PaymentFilter: PaymentFilter;
  PaymentMethod: PaymentMethod;
  PaymentMethodInfo: ResolverTypeWrapper<PaymentMethodInfo>;
  PaymentPayload: ResolverTypeWrapper<Omit<PaymentPayload, 'payment' | 'userErrors'> & { payment?: Maybe<ResolversTypes['Payment']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PaymentProvider: PaymentProvider;
  PaymentStatus: PaymentStatus;
  PayoutPayload: ResolverTypeWrapper<Omit<PayoutPayload, 'entry' | 'userErrors'> & { entry?: Maybe<ResolversTypes['LedgerEntry']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reconciliation: ResolverTypeWrapper<ReconciliationRun>;
  ReconciliationDifference: ResolverTypeWrapper<DifferenceOfRun>;
  ReconciliationDifferenceKind: ReconciliationDifferenceKind;
  Refund: ResolverTypeWrapper<RefundOfPayment>;
  RefundExceedsPaymentError: ResolverTypeWrapper<UserErrorData>;
  RefundInput: RefundInput;
  RefundPayload: ResolverTypeWrapper<Omit<RefundPayload, 'refund' | 'userErrors'> & { refund?: Maybe<ResolversTypes['Refund']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RefundStatus: RefundStatus;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyHoldsError: ResolverTypeWrapper<UserErrorData>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<Reference>;
  UserError: ResolverTypeWrapper<UserErrorData>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionPayload: Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Address: Address;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Dispute: DisputeOfPayment;
  EmailAddress: Scalars['EmailAddress']['output'];
  IdempotencyConflictError: UserErrorData;
  InputError: UserErrorData;
  InsufficientStockError: UserErrorData;
  JSON: Scalars['JSON']['output'];
  LedgerConnection: LedgerPage;
  LedgerEdge: Omit<LedgerEdge, 'node'> & { node: ResolversParentTypes['LedgerEntry'] };
  LedgerEntry: LedgerEntryEntity;
  MaxPerOrderError: UserErrorData;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Order: Reference;
  PageInfo: PageInfo;
  Partner: Reference;
  PartnerBalance: Balance;
  Payment: PaymentEntity;
  PaymentConnection: PaymentPage;
  PaymentDeclinedError: UserErrorData;
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentEvent: LoggedEvent;
  PaymentFailure: PaymentFailure;
  PaymentFilter: PaymentFilter;
  PaymentMethodInfo: PaymentMethodInfo;
  PaymentPayload: Omit<PaymentPayload, 'payment' | 'userErrors'> & { payment?: Maybe<ResolversParentTypes['Payment']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PayoutPayload: Omit<PayoutPayload, 'entry' | 'userErrors'> & { entry?: Maybe<ResolversParentTypes['LedgerEntry']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Query: Record<PropertyKey, never>;
  Reconciliation: ReconciliationRun;
  ReconciliationDifference: DifferenceOfRun;
  Refund: RefundOfPayment;
  RefundExceedsPaymentError: UserErrorData;
  RefundInput: RefundInput;
  RefundPayload: Omit<RefundPayload, 'refund' | 'userErrors'> & { refund?: Maybe<ResolversParentTypes['Refund']>, userErrors: Array<ResolversParentTypes['UserError']> };
  SafeInt: Scalars['SafeInt']['output'];
  SeatUnavailableError: UserErrorData;
  TooManyAttemptsError: UserErrorData;
  TooManyHoldsError: UserErrorData;
  URL: Scalars['URL']['output'];
  User: Reference;
  UserError: UserErrorData;
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type LengthDirectiveArgs = {
  max: Scalars['Int']['input'];
  multiline?: Scalars['Boolean']['input'];
  opaque?: Scalars['Boolean']['input'];
};

export type LengthDirectiveResolver<Result, Parent, ContextType = Context, Args = LengthDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionPayload'] = ResolversParentTypes['ActionPayload']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  evidenceDueBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DisputeStatus'], ParentType, ContextType>;
};

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type IdempotencyConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyConflictError'] = ResolversParentTypes['IdempotencyConflictError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  firstUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InputError'] = ResolversParentTypes['InputError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InsufficientStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStockError'] = ResolversParentTypes['InsufficientStockError']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LedgerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerConnection'] = ResolversParentTypes['LedgerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LedgerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type LedgerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEdge'] = ResolversParentTypes['LedgerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  account?: Resolver<ResolversTypes['LedgerAccount'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<Array<ResolversTypes['LedgerEntry']>>, ParentType, ContextType>;
  transactionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MaxPerOrderErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MaxPerOrderError'] = ResolversParentTypes['MaxPerOrderError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  confirmPayment?: Resolver<ResolversTypes['PaymentPayload'], ParentType, ContextType, RequireFields<MutationConfirmPaymentArgs, 'id' | 'paymentMethodToken'>>;
  recordPayment?: Resolver<ResolversTypes['PaymentPayload'], ParentType, ContextType, RequireFields<MutationRecordPaymentArgs, 'amount' | 'idempotencyKey' | 'reference'>>;
  recordPayout?: Resolver<ResolversTypes['PayoutPayload'], ParentType, ContextType, RequireFields<MutationRecordPayoutArgs, 'amount' | 'idempotencyKey' | 'partnerId' | 'reference'>>;
  refundPayment?: Resolver<ResolversTypes['RefundPayload'], ParentType, ContextType, RequireFields<MutationRefundPaymentArgs, 'input'>>;
  verifyPayment?: Resolver<ResolversTypes['PaymentPayload'], ParentType, ContextType, RequireFields<MutationVerifyPaymentArgs, 'id'>>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  refunds?: Resolver<Maybe<Array<ResolversTypes['Refund']>>, ParentType, ContextType, RequireFields<OrderRefundsArgs, 'first'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner'], FederationReferenceType extends FederationReferenceTypes['Partner'] = FederationReferenceTypes['Partner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Partner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  balances?: Resolver<Maybe<Array<ResolversTypes['PartnerBalance']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['LedgerConnection']>, ParentType, ContextType, RequireFields<PartnerStatementArgs, 'first'>>;
};

export type PartnerBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerBalance'] = ResolversParentTypes['PartnerBalance']> = {
  commission?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  due?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  paidOut?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  clientSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  disputes?: Resolver<Array<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<PaymentDisputesArgs, 'first'>>;
  events?: Resolver<Array<ResolversTypes['PaymentEvent']>, ParentType, ContextType, RequireFields<PaymentEventsArgs, 'first'>>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['PaymentFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  instructions?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['PaymentProvider'], ParentType, ContextType>;
  providerPaymentId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<Array<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<PaymentRefundsArgs, 'first'>>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  succeededAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Payment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type PaymentDeclinedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentDeclinedError'] = ResolversParentTypes['PaymentDeclinedError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  declineCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type PaymentEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEvent'] = ResolversParentTypes['PaymentEvent']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  providerEventId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['PaymentEventSource'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PaymentEventType'], ParentType, ContextType>;
};

export type PaymentFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentFailure'] = ResolversParentTypes['PaymentFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentMethodInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentMethodInfo'] = ResolversParentTypes['PaymentMethodInfo']> = {
  currencies?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAfterMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['PaymentProvider'], ParentType, ContextType>;
};

export type PaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentPayload'] = ResolversParentTypes['PaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PayoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutPayload'] = ResolversParentTypes['PayoutPayload']> = {
  entry?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, Partial<QueryPaymentArgs>>;
  paymentMethods?: Resolver<Array<ResolversTypes['PaymentMethodInfo']>, ParentType, ContextType, Partial<QueryPaymentMethodsArgs>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, RequireFields<QueryPaymentsArgs, 'first'>>;
  reconciliation?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType>;
  stripePublishableKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReconciliationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  balanced?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  checkedPayments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  differences?: Resolver<Array<ResolversTypes['ReconciliationDifference']>, ParentType, ContextType, RequireFields<ReconciliationDifferencesArgs, 'first'>>;
  ranAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReconciliationDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationDifference'] = ResolversParentTypes['ReconciliationDifference']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReconciliationDifferenceKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  providerPaymentId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund'], FederationReferenceType extends FederationReferenceTypes['Refund'] = FederationReferenceTypes['Refund']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Refund']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  providerRefundId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
};

export type RefundExceedsPaymentErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundExceedsPaymentError'] = ResolversParentTypes['RefundExceedsPaymentError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refundable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundPayload'] = ResolversParentTypes['RefundPayload']> = {
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SeatUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatUnavailableError'] = ResolversParentTypes['SeatUnavailableError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyHoldsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyHoldsError'] = ResolversParentTypes['TooManyHoldsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payments?: Resolver<Maybe<ResolversTypes['PaymentConnection']>, ParentType, ContextType, RequireFields<UserPaymentsArgs, 'first'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'PaymentDeclinedError' | 'RefundExceedsPaymentError' | 'SeatUnavailableError' | 'TooManyAttemptsError' | 'TooManyHoldsError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Dispute?: DisputeResolvers<ContextType>;
  EmailAddress?: GraphQLScalarType;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  InputError?: InputErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  LedgerConnection?: LedgerConnectionResolvers<ContextType>;
  LedgerEdge?: LedgerEdgeResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  MaxPerOrderError?: MaxPerOrderErrorResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PartnerBalance?: PartnerBalanceResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentDeclinedError?: PaymentDeclinedErrorResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  PaymentEvent?: PaymentEventResolvers<ContextType>;
  PaymentFailure?: PaymentFailureResolvers<ContextType>;
  PaymentMethodInfo?: PaymentMethodInfoResolvers<ContextType>;
  PaymentPayload?: PaymentPayloadResolvers<ContextType>;
  PayoutPayload?: PayoutPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationDifference?: ReconciliationDifferenceResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundExceedsPaymentError?: RefundExceedsPaymentErrorResolvers<ContextType>;
  RefundPayload?: RefundPayloadResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyHoldsError?: TooManyHoldsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
