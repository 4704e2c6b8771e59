import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { PaymentEntity } from '../entities/payment.js';
import type { LoggedEvent, RefundOfPayment, PaymentPage, Reference, DisputeOfPayment, LedgerPage } from '../models.js';
import type { LedgerEntryEntity } from '../entities/ledger-entry.js';
import type { Balance } from '../domain/ledger/partner-balance.js';
import type { ReconciliationRun } from '../domain/reconciliation/reconciliation-run.js';
import type { Difference } from '../domain/reconciliation/difference.js';
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
  DateTime: { input: Date; output: Date; }
  EmailAddress: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
  /** An integer up to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  URL: { input: URL; output: URL | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** For actions with nothing to return. */
export type ActionPayload = {
  __typename?: 'ActionPayload';
  ok: Scalars['Boolean']['output'];
  /** The first 100 where there are more. */
  userErrors: Array<UserError>;
};

export type Address = {
  __typename?: 'Address';
  /** Empty in countries whose addresses name no city. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2. */
  countryCode: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  isDefault: Scalars['Boolean']['output'];
  label: Maybe<Scalars['String']['output']>;
  line1: Scalars['String']['output'];
  line2: Maybe<Scalars['String']['output']>;
  phone: Maybe<Scalars['String']['output']>;
  /** Empty in countries without postal codes. */
  postalCode: Scalars['String']['output'];
  recipient: Scalars['String']['output'];
  region: Maybe<Scalars['String']['output']>;
};

export type Dispute = {
  __typename?: 'Dispute';
  amount: Money;
  evidenceDueBy: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  reason: Scalars['String']['output'];
  status: Scalars['String']['output'];
};

export type ErrorCode =
  | 'AMOUNT_MISMATCH'
  | 'CONFLICT'
  | 'IDEMPOTENCY_CONFLICT'
  | 'INSUFFICIENT_BALANCE'
  | 'INVALID'
  | 'MFA_REQUIRED'
  | 'NOT_FOUND'
  | 'NOT_OWNER'
  | 'NOT_REFUNDABLE'
  | 'PAYMENT_DECLINED'
  | 'PAYMENT_EXPIRED'
  | 'PROVIDER_UNAVAILABLE'
  | 'REFUND_EXCEEDS_PAYMENT'
  /** Too many cards were declined. */
  | 'TOO_MANY_ATTEMPTS';

/** The key was used before with other arguments. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  firstUsedAt: Scalars['DateTime']['output'];
  idempotencyKey: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** A refusal that carries nothing beyond its code. */
export type InputError = UserError & {
  __typename?: 'InputError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type InsufficientStockError = UserError & {
  __typename?: 'InsufficientStockError';
  available: Scalars['Int']['output'];
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  offerId: Scalars['ID']['output'];
};

export type LedgerConnection = {
  __typename?: 'LedgerConnection';
  edges: Array<LedgerEdge>;
  nodes: Array<LedgerEntry>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type LedgerEdge = {
  __typename?: 'LedgerEdge';
  cursor: Scalars['String']['output'];
  node: LedgerEntry;
};

/**
 * One entry of a double-entry transaction: positive for the account that gains, negative for the one that gives. The
 * entries of a transaction add up to zero. A sale of 40.00 at 15 %: partner_payable +34.00, platform_revenue +6.00,
 * provider_clearing -40.00. On a partner's account refunds and payouts are negative, and the entries add up to what is due.
 */
export type LedgerEntry = {
  __typename?: 'LedgerEntry';
  /** provider_clearing, platform_revenue, partner_payable:<partner>, refunds, ... */
  account: Scalars['String']['output'];
  amount: Money;
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  payment: Maybe<Payment>;
  refund: Maybe<Refund>;
  /** All entries of the same transaction, at most 300. For callers with payments:manage. */
  transaction: Maybe<Array<LedgerEntry>>;
  transactionId: Scalars['ID']['output'];
};

/** More of an offer than one buyer may hold without having paid: in one order, or in seats held and open checkouts together. */
export type MaxPerOrderError = UserError & {
  __typename?: 'MaxPerOrderError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many the buyer holds already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many units one buyer may hold unpaid. */
  maximum: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  offerId: Scalars['ID']['output'];
};

/** An exact amount in the currency's minor unit (cents; yen have none). */
export type Money = {
  __typename?: 'Money';
  amount: Scalars['SafeInt']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
  /** Written for reading, e.g. "€12.50", in the request's Accept-Language. */
  formatted: Scalars['String']['output'];
};

export type MoneyInput = {
  amount: Scalars['SafeInt']['input'];
  /** At most 3 characters. */
  currency: Scalars['String']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Confirms a waiting card payment on the server with a payment method (pm_...). After a decline, the payment keeps
   * waiting for another attempt until it expires. After 20 declined cards of a buyer within an hour, or 50 from one network
   * address (IPv6: a /64), the provider is not called until retryAt: TOO_MANY_ATTEMPTS (TooManyAttemptsError). Further
   * codes: NOT_FOUND, NOT_OWNER, INVALID, CONFLICT, PAYMENT_EXPIRED (a charge that completes after expiresAt is refunded),
   * PAYMENT_DECLINED (PaymentDeclinedError), PROVIDER_UNAVAILABLE.
   */
  confirmPayment: PaymentPayload;
  /**
   * Records money that arrived by bank transfer, virtual account or e-wallet. Money for an expired or cancelled payment is
   * recorded and refunded automatically. Codes: NOT_FOUND, AMOUNT_MISMATCH, CONFLICT (the payment has already succeeded, or
   * is a card payment), INVALID, IDEMPOTENCY_CONFLICT.
   */
  recordPayment: PaymentPayload;
  /**
   * Records a payout to a partner; it may not exceed the amount due. Codes: NOT_FOUND, INSUFFICIENT_BALANCE, INVALID,
   * IDEMPOTENCY_CONFLICT.
   */
  recordPayout: PayoutPayload;
  /**
   * Refunds a payment or a part of it. Codes: NOT_FOUND, NOT_REFUNDABLE (not paid, nothing left, being reverted, or
   * disputed: the buyer's bank decides about the money), REFUND_EXCEEDS_PAYMENT (RefundExceedsPaymentError), INVALID,
   * MFA_REQUIRED, IDEMPOTENCY_CONFLICT.
   */
  refundPayment: RefundPayload;
  /**
   * Queries the provider for the payment's state, records it, and continues the checkout. The provider is queried at most
   * once in three seconds per payment; an earlier call waits for the next query. Codes: NOT_FOUND, PROVIDER_UNAVAILABLE.
   */
  verifyPayment: PaymentPayload;
};


export type MutationConfirmPaymentArgs = {
  id: Scalars['ID']['input'];
  paymentMethodToken: Scalars['String']['input'];
};


export type MutationRecordPaymentArgs = {
  amount: MoneyInput;
  idempotencyKey: Scalars['String']['input'];
  reference: Scalars['String']['input'];
};


export type MutationRecordPayoutArgs = {
  amount: MoneyInput;
  idempotencyKey: Scalars['String']['input'];
  partnerId: Scalars['ID']['input'];
  reference: Scalars['String']['input'];
};


export type MutationRefundPaymentArgs = {
  input: RefundInput;
};


export type MutationVerifyPaymentArgs = {
  id: Scalars['ID']['input'];
};

export type Order = {
  __typename?: 'Order';
  id: Scalars['ID']['output'];
  payment: Maybe<Payment>;
  /** Oldest first; `first` is at most 100. For the next page pass the last refund's id as `after`. */
  refunds: Array<Refund>;
};


export type OrderRefundsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

export type Partner = {
  __typename?: 'Partner';
  /** Amounts due to the partner, by currency. For the partner and callers with payments:manage. */
  balances: Maybe<Array<PartnerBalance>>;
  id: Scalars['ID']['output'];
  statement: Maybe<LedgerConnection>;
};


export type PartnerStatementArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};

export type PartnerBalance = {
  __typename?: 'PartnerBalance';
  commission: Money;
  currency: Scalars['String']['output'];
  due: Money;
  gross: Money;
  paidOut: Money;
  refunded: Money;
};

/** The payment of one order. Its state is derived from its events, which are append-only. */
export type Payment = {
  __typename?: 'Payment';
  amount: Money;
  /** For Stripe.js, while the payment waits for its customer; null for other callers. */
  clientSecret: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  customer: User;
  /** Oldest first; `first` is at most 100. For the next page pass the last dispute's id as `after`. */
  disputes: Array<Dispute>;
  /** Oldest first; `first` is at most 1,000. For the next page pass the last event's id as `after`. */
  events: Array<PaymentEvent>;
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  failure: Maybe<PaymentFailure>;
  id: Scalars['ID']['output'];
  /** Payment instructions for methods without a client secret: account, reference, amount. */
  instructions: Maybe<Scalars['String']['output']>;
  method: PaymentMethod;
  order: Order;
  /** stripe or manual */
  provider: Scalars['String']['output'];
  /** The provider's id, e.g. pi_... */
  providerPaymentId: Maybe<Scalars['String']['output']>;
  /** Unique. A bank transfer or virtual account payment must quote it. */
  reference: Scalars['String']['output'];
  refunded: Money;
  /** Oldest first; `first` is at most 100. For the next page pass the last refund's id as `after`. */
  refunds: Array<Refund>;
  status: PaymentStatus;
  succeededAt: Maybe<Scalars['DateTime']['output']>;
};


/** The payment of one order. Its state is derived from its events, which are append-only. */
export type PaymentDisputesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The payment of one order. Its state is derived from its events, which are append-only. */
export type PaymentEventsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The payment of one order. Its state is derived from its events, which are append-only. */
export type PaymentRefundsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type PaymentConnection = {
  __typename?: 'PaymentConnection';
  edges: Array<PaymentEdge>;
  nodes: Array<Payment>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type PaymentDeclinedError = UserError & {
  __typename?: 'PaymentDeclinedError';
  code: ErrorCode;
  /** The provider's decline code, e.g. insufficient_funds. */
  declineCode: Maybe<Scalars['String']['output']>;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type PaymentEdge = {
  __typename?: 'PaymentEdge';
  cursor: Scalars['String']['output'];
  node: Payment;
};

/** An entry of the payment log. */
export type PaymentEvent = {
  __typename?: 'PaymentEvent';
  amount: Maybe<Money>;
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  message: Maybe<Scalars['String']['output']>;
  providerEventId: Maybe<Scalars['String']['output']>;
  /** buyer, saga, webhook, admin, reconciler */
  source: Scalars['String']['output'];
  type: PaymentEventType;
};

export type PaymentEventType =
  | 'ACTION_REQUIRED'
  | 'AUTHORIZED'
  | 'CANCELLED'
  | 'CREATED'
  | 'DISPUTE_LOST'
  | 'DISPUTE_OPENED'
  | 'DISPUTE_WON'
  | 'EXPIRED'
  | 'FAILED'
  | 'REFUNDED'
  | 'REFUND_FAILED'
  | 'REFUND_REQUESTED'
  | 'SUCCEEDED';

export type PaymentFailure = {
  __typename?: 'PaymentFailure';
  code: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

export type PaymentFilter = {
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  method?: InputMaybe<PaymentMethod>;
  status?: InputMaybe<PaymentStatus>;
};

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CREDIT_CARD'
  | 'E_WALLET'
  | 'VIRTUAL_ACCOUNT';

export type PaymentMethodInfo = {
  __typename?: 'PaymentMethodInfo';
  currencies: Array<Scalars['String']['output']>;
  expiresAfterMinutes: Scalars['Int']['output'];
  label: Scalars['String']['output'];
  method: PaymentMethod;
  provider: Scalars['String']['output'];
};

export type PaymentPayload = {
  __typename?: 'PaymentPayload';
  payment: Maybe<Payment>;
  /** Whether the idempotency key was used before; false for mutations without one. */
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type PaymentStatus =
  | 'CANCELLED'
  | 'DISPUTED'
  | 'EXPIRED'
  | 'FAILED'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'PROCESSING'
  | 'REFUNDED'
  | 'REQUIRES_ACTION'
  | 'SUCCEEDED';

export type PayoutPayload = {
  __typename?: 'PayoutPayload';
  entry: Maybe<LedgerEntry>;
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type Query = {
  __typename?: 'Query';
  payment: Maybe<Payment>;
  paymentMethods: Array<PaymentMethodInfo>;
  payments: PaymentConnection;
  reconciliation: Reconciliation;
  /** The publishable key that Stripe.js needs. */
  stripePublishableKey: Maybe<Scalars['String']['output']>;
};


export type QueryPaymentArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  reference: InputMaybe<Scalars['String']['input']>;
};


export type QueryPaymentMethodsArgs = {
  currency: InputMaybe<Scalars['String']['input']>;
};


export type QueryPaymentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The last comparison of the payment log with the ledger and with the card provider. */
export type Reconciliation = {
  __typename?: 'Reconciliation';
  balanced: Scalars['Boolean']['output'];
  checkedPayments: Scalars['Int']['output'];
  /** At most 1,000 differences; the next run reports the others. */
  differences: Array<ReconciliationDifference>;
  ranAt: Scalars['DateTime']['output'];
};

export type ReconciliationDifference = {
  __typename?: 'ReconciliationDifference';
  /** charged_not_recorded, recorded_not_charged, amount, refund */
  kind: Scalars['String']['output'];
  message: Scalars['String']['output'];
  payment: Maybe<Payment>;
  providerPaymentId: Maybe<Scalars['String']['output']>;
};

export type Refund = {
  __typename?: 'Refund';
  amount: Money;
  completedAt: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  payment: Payment;
  providerRefundId: Maybe<Scalars['String']['output']>;
  reason: Scalars['String']['output'];
  status: RefundStatus;
};

export type RefundExceedsPaymentError = UserError & {
  __typename?: 'RefundExceedsPaymentError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  refundable: Money;
};

export type RefundInput = {
  /** The remaining amount if null. */
  amount?: InputMaybe<MoneyInput>;
  /** At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  paymentId: Scalars['ID']['input'];
  /** At most 500 characters. */
  reason: Scalars['String']['input'];
};

export type RefundPayload = {
  __typename?: 'RefundPayload';
  refund: Maybe<Refund>;
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type RefundStatus =
  | 'FAILED'
  | 'PENDING'
  | 'SUCCEEDED';

export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** The first 100 where there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

/** Too much was tried of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** When it makes sense to try again. */
  retryAt: Scalars['DateTime']['output'];
};

export type User = {
  __typename?: 'User';
  id: Scalars['ID']['output'];
  payments: Maybe<PaymentConnection>;
};


export type UserPaymentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A refusal the caller can act on. Implementations carry the numbers a client needs. */
export type UserError = {
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
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
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Dispute: ResolverTypeWrapper<DisputeOfPayment>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
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
  PaymentEventType: PaymentEventType;
  PaymentFailure: ResolverTypeWrapper<PaymentFailure>;
  PaymentFilter: PaymentFilter;
  PaymentMethod: PaymentMethod;
  PaymentMethodInfo: ResolverTypeWrapper<PaymentMethodInfo>;
  PaymentPayload: ResolverTypeWrapper<Omit<PaymentPayload, 'payment' | 'userErrors'> & { payment?: Maybe<ResolversTypes['Payment']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PaymentStatus: PaymentStatus;
  PayoutPayload: ResolverTypeWrapper<Omit<PayoutPayload, 'entry' | 'userErrors'> & { entry?: Maybe<ResolversTypes['LedgerEntry']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reconciliation: ResolverTypeWrapper<ReconciliationRun>;
  ReconciliationDifference: ResolverTypeWrapper<Difference>;
  Refund: ResolverTypeWrapper<RefundOfPayment>;
  RefundExceedsPaymentError: ResolverTypeWrapper<UserErrorData>;
  RefundInput: RefundInput;
  RefundPayload: ResolverTypeWrapper<Omit<RefundPayload, 'refund' | 'userErrors'> & { refund?: Maybe<ResolversTypes['Refund']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RefundStatus: RefundStatus;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
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
  ReconciliationDifference: Difference;
  Refund: RefundOfPayment;
  RefundExceedsPaymentError: UserErrorData;
  RefundInput: RefundInput;
  RefundPayload: Omit<RefundPayload, 'refund' | 'userErrors'> & { refund?: Maybe<ResolversParentTypes['Refund']>, userErrors: Array<ResolversParentTypes['UserError']> };
  SafeInt: Scalars['SafeInt']['output'];
  SeatUnavailableError: UserErrorData;
  TooManyAttemptsError: UserErrorData;
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

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  evidenceDueBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LedgerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEdge'] = ResolversParentTypes['LedgerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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
  refunds?: Resolver<Array<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<OrderRefundsArgs, 'first'>>;
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
  customer?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  disputes?: Resolver<Array<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<PaymentDisputesArgs, 'first'>>;
  events?: Resolver<Array<ResolversTypes['PaymentEvent']>, ParentType, ContextType, RequireFields<PaymentEventsArgs, 'first'>>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['PaymentFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  instructions?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  differences?: Resolver<Array<ResolversTypes['ReconciliationDifference']>, ParentType, ContextType>;
  ranAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReconciliationDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationDifference'] = ResolversParentTypes['ReconciliationDifference']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payments?: Resolver<Maybe<ResolversTypes['PaymentConnection']>, ParentType, ContextType, RequireFields<UserPaymentsArgs, 'first'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'PaymentDeclinedError' | 'RefundExceedsPaymentError' | 'SeatUnavailableError' | 'TooManyAttemptsError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
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
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
