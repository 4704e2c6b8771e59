import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { CartEntity, CartItemEntity } from '../entities/cart.js';
import type { SagaEntity } from '../entities/saga.js';
import type { CheckoutConnection as CheckoutConnectionModel, Reference, OrderConnection as OrderConnectionModel, UserReference } from '../models.js';
import type { OrderEntity, OrderEventEntity, OrderLineEntity } from '../entities/order.js';
import type { TokenEntity } from '../entities/token.js';
import type { StepState } from '@souk/shared/saga/state';
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

/**
 * Items that its owner wants to buy. Prices are those at the time of adding; checkout quotes them again.
 * Locked while its checkout runs (CART_LOCKED); emptied when that completes; unlocked with its items when it fails.
 */
export type Cart = {
  __typename?: 'Cart';
  id: Scalars['ID']['output'];
  itemCount: Scalars['Int']['output'];
  /** 100 at most: more are refused (INVALID). */
  items: Array<CartItem>;
  /** Null for a guest's cart: its id is its secret. */
  owner: Maybe<User>;
  /** Everything that prevents a checkout now: the first 100 problems at most. */
  problems: Array<UserError>;
  total: Money;
  updatedAt: Scalars['DateTime']['output'];
};

export type CartItem = {
  __typename?: 'CartItem';
  id: Scalars['ID']['output'];
  offer: Offer;
  quantity: Scalars['Int']['output'];
  /** 100 at most: more are refused (INVALID). */
  seats: Array<EventSeat>;
  subtotal: Money;
  unitPrice: Money;
};

export type CartItemInput = {
  /** One of offerId and upc. */
  offerId?: InputMaybe<Scalars['ID']['input']>;
  quantity?: InputMaybe<Scalars['Int']['input']>;
  /** One for each unit of a seated offer. */
  seatIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** At most 200 characters. */
  upc?: InputMaybe<Scalars['String']['input']>;
};

export type CartPayload = {
  __typename?: 'CartPayload';
  cart: Maybe<Cart>;
  userErrors: Array<UserError>;
};

/** A run of the checkout saga. Durable: it ends COMPLETED, or FAILED with everything compensated, also after crashes. */
export type Checkout = {
  __typename?: 'Checkout';
  /** Compensated steps in the order of compensation, which is the reverse of the steps. Includes a pending payment, which is cancelled; excludes a declined payment and steps without compensation. */
  compensations: Array<SagaStep>;
  completedAt: Maybe<Scalars['DateTime']['output']>;
  currentStep: Maybe<SagaStepName>;
  /** An AWAITING_PAYMENT checkout is compensated at this time: at the latest when its event or departure starts or its sale ends, and earlier for scarce offers. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Reason of the failure, or null. */
  failure: Maybe<UserError>;
  id: Scalars['ID']['output'];
  order: Order;
  startedAt: Scalars['DateTime']['output'];
  status: CheckoutStatus;
  steps: Array<SagaStep>;
  /** SAGA- and six or more letters and digits, for people and logs. */
  transactionId: Scalars['String']['output'];
};

export type CheckoutConnection = {
  __typename?: 'CheckoutConnection';
  edges: Array<CheckoutEdge>;
  nodes: Array<Checkout>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type CheckoutEdge = {
  __typename?: 'CheckoutEdge';
  cursor: Scalars['String']['output'];
  node: Checkout;
};

export type CheckoutInput = {
  /** Default: the caller's own cart. */
  cartId?: InputMaybe<Scalars['ID']['input']>;
  /** Fails with PriceChangedError if the quote differs. */
  expectedTotal?: InputMaybe<MoneyInput>;
  /** The same key again returns the same checkout. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  payment: PaymentInput;
  /** Required if a line is SHIPMENT (ADDRESS_REQUIRED). An address of another user fails VALIDATE_USER with NOT_FOUND. */
  shippingAddressId?: InputMaybe<Scalars['ID']['input']>;
};

export type CheckoutPayload = {
  __typename?: 'CheckoutPayload';
  checkout: Maybe<Checkout>;
  /** Whether the idempotency key was already used; the checkout is then that of its first use. */
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type CheckoutStatus =
  | 'AWAITING_PAYMENT'
  | 'COMPENSATING'
  | 'COMPLETED'
  /** Failed, and every completed step was compensated. */
  | 'FAILED'
  /** A compensation could not be completed: see retryCheckout and resolveCheckout. */
  | 'NEEDS_ATTENTION'
  | 'RUNNING';

/** Buy now, without a cart. */
export type CreateOrderInput = {
  expectedTotal?: InputMaybe<MoneyInput>;
  /** At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  items: Array<CartItemInput>;
  payment: PaymentInput;
  shippingAddressId?: InputMaybe<Scalars['ID']['input']>;
};

export type DailySales = {
  __typename?: 'DailySales';
  date: Scalars['String']['output'];
  /** One amount for each currency. */
  gross: Array<Money>;
  orders: Scalars['Int']['output'];
};

export type EndCheckoutsPayload = {
  __typename?: 'EndCheckoutsPayload';
  /** Checkouts that this call ends, oldest first, 100 at most. */
  checkouts: Array<Checkout>;
  /** Number of checkouts that this call ends. */
  ended: Scalars['Int']['output'];
  userErrors: Array<UserError>;
};

export type ErrorCode =
  | 'ADDRESS_REQUIRED'
  | 'CART_EMPTY'
  | 'CART_LOCKED'
  | 'CONFLICT'
  | 'CURRENCY_MISMATCH'
  | 'IDEMPOTENCY_CONFLICT'
  | 'ILLEGAL_TRANSITION'
  | 'INSUFFICIENT_STOCK'
  | 'INVALID'
  | 'MAX_PER_ORDER'
  | 'NOT_CANCELLABLE'
  | 'NOT_FOUND'
  | 'NOT_ON_SALE'
  | 'NOT_OWNER'
  | 'PAYMENT_DECLINED'
  | 'PAYMENT_EXPIRED'
  | 'PRICE_CHANGED'
  | 'SEAT_REQUIRED'
  | 'SEAT_UNAVAILABLE'
  | 'SERVICE_UNAVAILABLE'
  | 'TOKEN_ALREADY_REDEEMED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'TOKEN_REVOKED'
  | 'TOKEN_UNKNOWN'
  /**
   * Too many cards of the buyer, or from their network address, were declined within an hour, or too many of the buyer's
   * checkouts failed.
   */
  | 'TOO_MANY_ATTEMPTS'
  /** Too many guest carts were created from the caller's network address. */
  | 'TOO_MANY_CARTS'
  | 'TOO_MANY_OPEN_CHECKOUTS'
  | 'USER_NOT_ELIGIBLE'
  | 'WRONG_LISTING';

export type EventSeat = {
  __typename?: 'EventSeat';
  id: Scalars['ID']['output'];
};

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

export type Listing = {
  __typename?: 'Listing';
  id: Scalars['ID']['output'];
  /** For the owning partner and analytics:read. */
  sales: Maybe<SalesStatistics>;
};

export type ListingSales = {
  __typename?: 'ListingSales';
  /** One amount for each currency. */
  gross: Array<Money>;
  listing: Listing;
  units: Scalars['Int']['output'];
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
  acceptTokenTransfer: PurchaseTokenPayload;
  /**
   * Guests pass null as cartId the first time, then the returned id. A guest cart is removed 30 days after its last
   * change, an empty one after a day. TOO_MANY_CARTS (TooManyCartsError): at most 100 guest carts are created from one network
   * address within an hour, and 200 exist at once (IPv6: a /64 counts as one address).
   */
  addToCart: CartPayload;
  /** Cancels a checkout that awaits payment. */
  cancelCheckout: CheckoutPayload;
  /** Refunds the payment, returns stock and seats, and revokes tokens, as a separate saga. */
  cancelOrder: OrderPayload;
  /**
   * Violations that are known immediately are returned here (CART_EMPTY, CART_LOCKED, MAX_PER_ORDER, NOT_ON_SALE, SEAT_REQUIRED, ADDRESS_REQUIRED, CURRENCY_MISMATCH, NOT_FOUND, IDEMPOTENCY_CONFLICT, TOO_MANY_OPEN_CHECKOUTS); the saga checks stock, seats, price, buyer and payment: see Checkout.failure. Starts the saga and returns immediately; follow it with Query.checkout or Subscription.checkoutUpdated.
   * MAX_PER_ORDER counts all units of an offer that the buyer holds unpaid: seats held by holdSeats and open checkouts together. Units that only catalog knows fail RESERVE_ITEMS.
   * A buyer may have 10 open checkouts at once (TooManyOpenCheckoutsError), and cannot start more after 100 that failed within an
   * hour (TOO_MANY_ATTEMPTS: TooManyAttemptsError).
   */
  checkout: CheckoutPayload;
  clearCart: CartPayload;
  /** Buys items without a cart. Error codes are those of checkout, except CART_EMPTY and CART_LOCKED: MAX_PER_ORDER, NOT_ON_SALE, SEAT_REQUIRED, ADDRESS_REQUIRED, CURRENCY_MISMATCH, NOT_FOUND, IDEMPOTENCY_CONFLICT, TOO_MANY_OPEN_CHECKOUTS. */
  createOrder: CheckoutPayload;
  /** Ends all open checkouts of a user, for example of one who holds stock without paying. Checkouts that await payment are compensated immediately: stock, seats and payment are released, and a late payment is refunded. Running checkouts are compensated after the reply to their current step; checkouts with a completed payment continue. An unknown user has none. */
  endCheckouts: EndCheckoutsPayload;
  /** Moves a guest's items into the caller's cart. */
  mergeCart: CartPayload;
  /** Offers the token to another user. After acceptance it keeps its id and has a new code; the old code is invalid. */
  offerTokenTransfer: PurchaseTokenPayload;
  /** For tickets:validate and for the listing's partner. The same nonce again returns the first answer. */
  redeemToken: RedeemTokenPayload;
  removeCartItem: CartPayload;
  resolveCheckout: CheckoutPayload;
  retryCheckout: CheckoutPayload;
  revokeToken: PurchaseTokenPayload;
  /** A quantity of 0 removes the item. */
  updateCartItem: CartPayload;
  updateOrderStatus: OrderPayload;
  withdrawTokenTransfer: PurchaseTokenPayload;
};


export type MutationAcceptTokenTransferArgs = {
  tokenId: Scalars['ID']['input'];
};


export type MutationAddToCartArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
  item: CartItemInput;
};


export type MutationCancelCheckoutArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCancelOrderArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
  reason: Scalars['String']['input'];
};


export type MutationCheckoutArgs = {
  input: CheckoutInput;
};


export type MutationClearCartArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
};


export type MutationCreateOrderArgs = {
  input: CreateOrderInput;
};


export type MutationEndCheckoutsArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationMergeCartArgs = {
  cartId: Scalars['ID']['input'];
};


export type MutationOfferTokenTransferArgs = {
  code: Scalars['String']['input'];
  toEmail: Scalars['String']['input'];
};


export type MutationRedeemTokenArgs = {
  code: Scalars['String']['input'];
  listingId: InputMaybe<Scalars['ID']['input']>;
  nonce: Scalars['String']['input'];
};


export type MutationRemoveCartItemArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
};


export type MutationResolveCheckoutArgs = {
  id: Scalars['ID']['input'];
  note: Scalars['String']['input'];
};


export type MutationRetryCheckoutArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeTokenArgs = {
  code: Scalars['String']['input'];
  reason: Scalars['String']['input'];
};


export type MutationUpdateCartItemArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};


export type MutationUpdateOrderStatusArgs = {
  id: Scalars['ID']['input'];
  status: OrderStatus;
};


export type MutationWithdrawTokenTransferArgs = {
  tokenId: Scalars['ID']['input'];
};

export type Offer = {
  __typename?: 'Offer';
  id: Scalars['ID']['output'];
};

export type Order = {
  __typename?: 'Order';
  allowedTransitions: Array<OrderStatus>;
  cancelReason: Maybe<Scalars['String']['output']>;
  cancelledAt: Maybe<Scalars['DateTime']['output']>;
  checkout: Checkout;
  completedAt: Maybe<Scalars['DateTime']['output']>;
  customer: User;
  /** The oldest first. first is 1,000 at most; the next page begins after the id of an entry. */
  history: Array<OrderEvent>;
  id: Scalars['ID']['output'];
  /** 100 at most: a checkout of more is refused (INVALID). */
  items: Array<OrderItem>;
  /** Short, unique, for people. */
  number: Scalars['String']['output'];
  paidAt: Maybe<Scalars['DateTime']['output']>;
  paymentStatus: OrderPaymentStatus;
  placedAt: Scalars['DateTime']['output'];
  refunded: Money;
  shippingAddress: Maybe<Address>;
  status: OrderStatus;
  /** By line and unit. first is 1,000 at most; the next page begins after the id of a token. */
  tokens: Array<PurchaseToken>;
  total: Money;
};


export type OrderHistoryArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type OrderTokensArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type OrderConnection = {
  __typename?: 'OrderConnection';
  edges: Array<OrderEdge>;
  nodes: Array<Order>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type OrderEdge = {
  __typename?: 'OrderEdge';
  cursor: Scalars['String']['output'];
  node: Order;
};

export type OrderEvent = {
  __typename?: 'OrderEvent';
  actor: Maybe<User>;
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  message: Scalars['String']['output'];
  /** status, payment, saga, token, refund, note */
  type: Scalars['String']['output'];
};

export type OrderFilter = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 100 characters. */
  number?: InputMaybe<Scalars['String']['input']>;
  placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  status?: InputMaybe<OrderStatus>;
};

/** A purchased line; later changes of the offer do not affect it. */
export type OrderItem = {
  __typename?: 'OrderItem';
  id: Scalars['ID']['output'];
  offer: Offer;
  partner: Maybe<Partner>;
  quantity: Scalars['Int']['output'];
  /** A line has 100 seats at most. first is 100 at most; the next page begins after the id of a seat. */
  seats: Array<EventSeat>;
  title: Scalars['String']['output'];
  /** A line has 100 tokens at most. first is 100 at most; the next page begins after the id of a token. */
  tokens: Array<PurchaseToken>;
  total: Money;
  unitPrice: Money;
  upc: Maybe<Scalars['String']['output']>;
};


/** A purchased line; later changes of the offer do not affect it. */
export type OrderItemSeatsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A purchased line; later changes of the offer do not affect it. */
export type OrderItemTokensArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type OrderPayload = {
  __typename?: 'OrderPayload';
  order: Maybe<Order>;
  /** True if the idempotency key was already used; false for mutations without a key. */
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

/** After a failed checkout: UNPAID if PROCESS_PAYMENT was not reached, FAILED if no payment was completed, REFUNDED if one was. */
export type OrderPaymentStatus =
  | 'AUTHORIZED'
  | 'FAILED'
  | 'PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'UNPAID';

/**
 * PENDING -> PAID -> PROCESSING -> COMPLETED; all but CANCELLED -> CANCELLED, from COMPLETED only while no token is redeemed and nothing was shipped.
 * An order without shipments changes from PAID to COMPLETED automatically. A failed checkout leaves its order CANCELLED.
 */
export type OrderStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'PAID'
  | 'PENDING'
  | 'PROCESSING';

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

export type Partner = {
  __typename?: 'Partner';
  id: Scalars['ID']['output'];
  /** For the owning partner and analytics:read. */
  sales: Maybe<SalesStatistics>;
};


export type PartnerSalesArgs = {
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};

export type PaymentInput = {
  /** A method that needs more time than remains (Checkout.expiresAt) fails PROCESS_PAYMENT with PAYMENT_EXPIRED: BANK_TRANSFER needs an hour, VIRTUAL_ACCOUNT 15 minutes, E_WALLET 5. */
  method: PaymentMethod;
  /** A Stripe payment method (pm_...): confirmed at once. Without it a CREDIT_CARD payment waits for the client to confirm with its client secret. At most 300 characters. */
  paymentMethodToken?: InputMaybe<Scalars['String']['input']>;
  /** At most 2,000 characters. */
  returnUrl?: InputMaybe<Scalars['String']['input']>;
};

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CREDIT_CARD'
  | 'E_WALLET'
  | 'VIRTUAL_ACCOUNT';

export type PlatformAnalytics = {
  __typename?: 'PlatformAnalytics';
  /** The last 366 days at most. */
  byDay: Array<DailySales>;
  checkoutP50Ms: Maybe<Scalars['Float']['output']>;
  checkoutP99Ms: Maybe<Scalars['Float']['output']>;
  completedOrders: Scalars['Int']['output'];
  conversion: Scalars['Float']['output'];
  failedCheckouts: Scalars['Int']['output'];
  /** One amount for each currency. */
  gross: Array<Money>;
  orders: Scalars['Int']['output'];
  /** One amount for each currency. */
  refunded: Array<Money>;
  /** limit is 100 at most. */
  topListings: Array<ListingSales>;
};


export type PlatformAnalyticsTopListingsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
};

/** The price changed after the client read the cart. */
export type PriceChangedError = UserError & {
  __typename?: 'PriceChangedError';
  actual: Money;
  code: ErrorCode;
  expected: Money;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type PurchaseStatistics = {
  __typename?: 'PurchaseStatistics';
  cancelledOrders: Scalars['Int']['output'];
  completedOrders: Scalars['Int']['output'];
  lastOrderAt: Maybe<Scalars['DateTime']['output']>;
  orders: Scalars['Int']['output'];
  /** One amount for each currency. */
  spent: Array<Money>;
  units: Scalars['Int']['output'];
};

/** Proof of one purchased unit: a tour token, a ticket, a licence. */
export type PurchaseToken = {
  __typename?: 'PurchaseToken';
  /** TPT-, TKT- or LIC- and twelve letters and digits, not guessable. */
  code: Scalars['String']['output'];
  holder: User;
  id: Scalars['ID']['output'];
  kind: TokenKind;
  listing: Listing;
  offer: Offer;
  order: Order;
  purchasePrice: Money;
  purchasedAt: Scalars['DateTime']['output'];
  qrCode: Scalars['String']['output'];
  redeemedAt: Maybe<Scalars['DateTime']['output']>;
  seat: Maybe<EventSeat>;
  /** A compact JWS (EdDSA, kid) with jti, code, offer, seat and exp that scanners can verify offline, and its QR code as an SVG data URL. */
  signedPayload: Scalars['String']['output'];
  status: TokenStatus;
};

export type PurchaseTokenPayload = {
  __typename?: 'PurchaseTokenPayload';
  token: Maybe<PurchaseToken>;
  userErrors: Array<UserError>;
};

export type Query = {
  __typename?: 'Query';
  /** The caller's cart, or a guest's by its id. */
  cart: Maybe<Cart>;
  /** Also null if it failed without a payment more than 90 days ago: it is then removed with its order. */
  checkout: Maybe<Checkout>;
  checkouts: CheckoutConnection;
  /** Also null if the checkout failed without a payment more than 90 days ago: the order is then removed. */
  order: Maybe<Order>;
  orders: OrderConnection;
  platformAnalytics: PlatformAnalytics;
  /** Reads a token without redeeming it. For the holder, the listing's partner and tickets:validate. */
  purchaseToken: Maybe<PurchaseToken>;
  /** Public keys (JWKS) that verify signedPayload. */
  tokenVerificationKeys: Scalars['JSON']['output'];
};


export type QueryCartArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCheckoutArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  transactionId: InputMaybe<Scalars['String']['input']>;
};


export type QueryCheckoutsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<CheckoutStatus>;
};


export type QueryOrderArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  number: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPlatformAnalyticsArgs = {
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryPurchaseTokenArgs = {
  code: Scalars['String']['input'];
};

export type RedeemTokenPayload = {
  __typename?: 'RedeemTokenPayload';
  /** True for exactly one nonce per token, also for concurrent scans. */
  admitted: Scalars['Boolean']['output'];
  /** Whether this nonce was already used. */
  replayed: Scalars['Boolean']['output'];
  token: Maybe<PurchaseToken>;
  userErrors: Array<UserError>;
};

export type SagaStep = {
  __typename?: 'SagaStep';
  attempts: Scalars['Int']['output'];
  completedAt: Maybe<Scalars['DateTime']['output']>;
  durationMs: Maybe<Scalars['Int']['output']>;
  /** Redacted for buyers, whole for orders:manage. */
  error: Maybe<Scalars['String']['output']>;
  name: SagaStepName;
  /** The subgraph that performs it. UPDATE_STATS occurs twice: account, social. */
  participant: Scalars['String']['output'];
  startedAt: Maybe<Scalars['DateTime']['output']>;
  status: SagaStepStatus;
};

export type SagaStepName =
  | 'CONFIRM_ITEMS'
  | 'GENERATE_TOKENS'
  | 'PROCESS_PAYMENT'
  | 'RESERVE_ITEMS'
  | 'UPDATE_STATS'
  | 'VALIDATE_USER';

export type SagaStepStatus =
  | 'COMPENSATED'
  | 'COMPLETED'
  | 'FAILED'
  | 'PENDING'
  | 'RUNNING'
  | 'SKIPPED'
  | 'WAITING';

export type SalesStatistics = {
  __typename?: 'SalesStatistics';
  /** One amount for each currency. */
  gross: Array<Money>;
  orders: Scalars['Int']['output'];
  redeemed: Scalars['Int']['output'];
  /** One amount for each currency. */
  refunded: Array<Money>;
  units: Scalars['Int']['output'];
};

export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** The first 100 where there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

export type Subscription = {
  __typename?: 'Subscription';
  checkoutUpdated: Checkout;
  orderUpdated: Order;
};


export type SubscriptionCheckoutUpdatedArgs = {
  id: Scalars['ID']['input'];
};


export type SubscriptionOrderUpdatedArgs = {
  id: Scalars['ID']['input'];
};

export type TokenKind =
  | 'LICENCE'
  | 'TICKET'
  | 'TOUR';

export type TokenStatus =
  | 'ACTIVE'
  | 'REDEEMED'
  | 'REVOKED'
  /** Offered to another user; cannot be redeemed until the transfer is accepted or withdrawn. */
  | 'TRANSFER_PENDING';

/** Too much was tried of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** When it makes sense to try again. */
  retryAt: Scalars['DateTime']['output'];
};

/** The limit of guest carts from the caller's network address (IPv6: a /64) is reached. */
export type TooManyCartsError = UserError & {
  __typename?: 'TooManyCartsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  limit: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  /** Latest time at which another cart can be created. */
  retryAt: Scalars['DateTime']['output'];
};

/**
 * The buyer has reached the maximum number of open checkouts (CHECKOUT_MAX_OPEN_PER_BUYER; default 10).
 * Pay one, cancel one (cancelCheckout), or wait until one ends.
 */
export type TooManyOpenCheckoutsError = UserError & {
  __typename?: 'TooManyOpenCheckoutsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of open checkouts of one buyer. */
  limit: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  /** Number of open checkouts of the buyer. */
  open: Scalars['Int']['output'];
};

export type User = {
  __typename?: 'User';
  cart: Maybe<Cart>;
  id: Scalars['ID']['output'];
  /** Tokens that others offer to the user: accept with acceptTokenTransfer. The newest 100. */
  offeredTokens: Maybe<Array<PurchaseToken>>;
  orders: Maybe<OrderConnection>;
  purchaseStatistics: Maybe<PurchaseStatistics>;
  /** The newest first. first is 1,000 at most; the next page begins after the id of a token. */
  tokens: Maybe<Array<PurchaseToken>>;
};


export type UserOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<OrderStatus>;
};


export type UserTokensArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind: InputMaybe<TokenKind>;
  status: InputMaybe<TokenStatus>;
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
  Cart: Cart;
  Checkout: Checkout;
  Listing: Listing;
  Order: Order;
  Partner: Partner;
  PurchaseToken: PurchaseToken;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Cart:
    ( { __typename: 'Cart' }
    & GraphQLRecursivePick<FederationTypes['Cart'], {"id":true}> );
  Checkout:
    ( { __typename: 'Checkout' }
    & ( GraphQLRecursivePick<FederationTypes['Checkout'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Checkout'], {"transactionId":true}> ) );
  Listing:
    ( { __typename: 'Listing' }
    & GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & ( GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"number":true}> ) );
  Partner:
    ( { __typename: 'Partner' }
    & GraphQLRecursivePick<FederationTypes['Partner'], {"id":true}> );
  PurchaseToken:
    ( { __typename: 'PurchaseToken' }
    & ( GraphQLRecursivePick<FederationTypes['PurchaseToken'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['PurchaseToken'], {"code":true}> ) );
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
  Cart: ResolverTypeWrapper<CartEntity>;
  CartItem: ResolverTypeWrapper<CartItemEntity>;
  CartItemInput: CartItemInput;
  CartPayload: ResolverTypeWrapper<Omit<CartPayload, 'cart' | 'userErrors'> & { cart?: Maybe<ResolversTypes['Cart']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Checkout: ResolverTypeWrapper<SagaEntity>;
  CheckoutConnection: ResolverTypeWrapper<CheckoutConnectionModel>;
  CheckoutEdge: ResolverTypeWrapper<Omit<CheckoutEdge, 'node'> & { node: ResolversTypes['Checkout'] }>;
  CheckoutInput: CheckoutInput;
  CheckoutPayload: ResolverTypeWrapper<Omit<CheckoutPayload, 'checkout' | 'userErrors'> & { checkout?: Maybe<ResolversTypes['Checkout']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CheckoutStatus: CheckoutStatus;
  CreateOrderInput: CreateOrderInput;
  DailySales: ResolverTypeWrapper<Omit<DailySales, 'gross'> & { gross: Array<ResolversTypes['Money']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  EndCheckoutsPayload: ResolverTypeWrapper<Omit<EndCheckoutsPayload, 'checkouts' | 'userErrors'> & { checkouts: Array<ResolversTypes['Checkout']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ErrorCode: ErrorCode;
  EventSeat: ResolverTypeWrapper<Reference>;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Listing: ResolverTypeWrapper<Reference>;
  ListingSales: ResolverTypeWrapper<Omit<ListingSales, 'gross' | 'listing'> & { gross: Array<ResolversTypes['Money']>, listing: ResolversTypes['Listing'] }>;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Offer: ResolverTypeWrapper<Reference>;
  Order: ResolverTypeWrapper<OrderEntity>;
  OrderConnection: ResolverTypeWrapper<OrderConnectionModel>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderEventEntity>;
  OrderFilter: OrderFilter;
  OrderItem: ResolverTypeWrapper<OrderLineEntity>;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['UserError']> }>;
  OrderPaymentStatus: OrderPaymentStatus;
  OrderStatus: OrderStatus;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<Reference>;
  PaymentInput: PaymentInput;
  PaymentMethod: PaymentMethod;
  PlatformAnalytics: ResolverTypeWrapper<Omit<PlatformAnalytics, 'byDay' | 'gross' | 'refunded' | 'topListings'> & { byDay: Array<ResolversTypes['DailySales']>, gross: Array<ResolversTypes['Money']>, refunded: Array<ResolversTypes['Money']>, topListings: Array<ResolversTypes['ListingSales']> }>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PriceChangedError: ResolverTypeWrapper<UserErrorData>;
  PurchaseStatistics: ResolverTypeWrapper<Omit<PurchaseStatistics, 'spent'> & { spent: Array<ResolversTypes['Money']> }>;
  PurchaseToken: ResolverTypeWrapper<TokenEntity>;
  PurchaseTokenPayload: ResolverTypeWrapper<Omit<PurchaseTokenPayload, 'token' | 'userErrors'> & { token?: Maybe<ResolversTypes['PurchaseToken']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RedeemTokenPayload: ResolverTypeWrapper<Omit<RedeemTokenPayload, 'token' | 'userErrors'> & { token?: Maybe<ResolversTypes['PurchaseToken']>, userErrors: Array<ResolversTypes['UserError']> }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SagaStep: ResolverTypeWrapper<StepState>;
  SagaStepName: SagaStepName;
  SagaStepStatus: SagaStepStatus;
  SalesStatistics: ResolverTypeWrapper<Omit<SalesStatistics, 'gross' | 'refunded'> & { gross: Array<ResolversTypes['Money']>, refunded: Array<ResolversTypes['Money']> }>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TokenKind: TokenKind;
  TokenStatus: TokenStatus;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyCartsError: ResolverTypeWrapper<UserErrorData>;
  TooManyOpenCheckoutsError: ResolverTypeWrapper<UserErrorData>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserReference>;
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
  Cart: CartEntity;
  CartItem: CartItemEntity;
  CartItemInput: CartItemInput;
  CartPayload: Omit<CartPayload, 'cart' | 'userErrors'> & { cart?: Maybe<ResolversParentTypes['Cart']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Checkout: SagaEntity;
  CheckoutConnection: CheckoutConnectionModel;
  CheckoutEdge: Omit<CheckoutEdge, 'node'> & { node: ResolversParentTypes['Checkout'] };
  CheckoutInput: CheckoutInput;
  CheckoutPayload: Omit<CheckoutPayload, 'checkout' | 'userErrors'> & { checkout?: Maybe<ResolversParentTypes['Checkout']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateOrderInput: CreateOrderInput;
  DailySales: Omit<DailySales, 'gross'> & { gross: Array<ResolversParentTypes['Money']> };
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  EndCheckoutsPayload: Omit<EndCheckoutsPayload, 'checkouts' | 'userErrors'> & { checkouts: Array<ResolversParentTypes['Checkout']>, userErrors: Array<ResolversParentTypes['UserError']> };
  EventSeat: Reference;
  IdempotencyConflictError: UserErrorData;
  InputError: UserErrorData;
  InsufficientStockError: UserErrorData;
  JSON: Scalars['JSON']['output'];
  Listing: Reference;
  ListingSales: Omit<ListingSales, 'gross' | 'listing'> & { gross: Array<ResolversParentTypes['Money']>, listing: ResolversParentTypes['Listing'] };
  MaxPerOrderError: UserErrorData;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Offer: Reference;
  Order: OrderEntity;
  OrderConnection: OrderConnectionModel;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderEventEntity;
  OrderFilter: OrderFilter;
  OrderItem: OrderLineEntity;
  OrderPayload: Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PageInfo: PageInfo;
  Partner: Reference;
  PaymentInput: PaymentInput;
  PlatformAnalytics: Omit<PlatformAnalytics, 'byDay' | 'gross' | 'refunded' | 'topListings'> & { byDay: Array<ResolversParentTypes['DailySales']>, gross: Array<ResolversParentTypes['Money']>, refunded: Array<ResolversParentTypes['Money']>, topListings: Array<ResolversParentTypes['ListingSales']> };
  Float: Scalars['Float']['output'];
  PriceChangedError: UserErrorData;
  PurchaseStatistics: Omit<PurchaseStatistics, 'spent'> & { spent: Array<ResolversParentTypes['Money']> };
  PurchaseToken: TokenEntity;
  PurchaseTokenPayload: Omit<PurchaseTokenPayload, 'token' | 'userErrors'> & { token?: Maybe<ResolversParentTypes['PurchaseToken']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Query: Record<PropertyKey, never>;
  RedeemTokenPayload: Omit<RedeemTokenPayload, 'token' | 'userErrors'> & { token?: Maybe<ResolversParentTypes['PurchaseToken']>, userErrors: Array<ResolversParentTypes['UserError']> };
  SafeInt: Scalars['SafeInt']['output'];
  SagaStep: StepState;
  SalesStatistics: Omit<SalesStatistics, 'gross' | 'refunded'> & { gross: Array<ResolversParentTypes['Money']>, refunded: Array<ResolversParentTypes['Money']> };
  SeatUnavailableError: UserErrorData;
  Subscription: Record<PropertyKey, never>;
  TooManyAttemptsError: UserErrorData;
  TooManyCartsError: UserErrorData;
  TooManyOpenCheckoutsError: UserErrorData;
  URL: Scalars['URL']['output'];
  User: UserReference;
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

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'], FederationReferenceType extends FederationReferenceTypes['Cart'] = FederationReferenceTypes['Cart']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['CartItem']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CartItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartItem'] = ResolversParentTypes['CartItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['EventSeat']>, ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CartPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartPayload'] = ResolversParentTypes['CartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CheckoutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Checkout'] = ResolversParentTypes['Checkout'], FederationReferenceType extends FederationReferenceTypes['Checkout'] = FederationReferenceTypes['Checkout']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Checkout']> | FederationReferenceType, FederationReferenceType, ContextType>;
  compensations?: Resolver<Array<ResolversTypes['SagaStep']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  currentStep?: Resolver<Maybe<ResolversTypes['SagaStepName']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['UserError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CheckoutStatus'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['SagaStep']>, ParentType, ContextType>;
  transactionId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CheckoutConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutConnection'] = ResolversParentTypes['CheckoutConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CheckoutEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Checkout']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CheckoutEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutEdge'] = ResolversParentTypes['CheckoutEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Checkout'], ParentType, ContextType>;
};

export type CheckoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutPayload'] = ResolversParentTypes['CheckoutPayload']> = {
  checkout?: Resolver<Maybe<ResolversTypes['Checkout']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DailySalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DailySales'] = ResolversParentTypes['DailySales']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type EndCheckoutsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EndCheckoutsPayload'] = ResolversParentTypes['EndCheckoutsPayload']> = {
  checkouts?: Resolver<Array<ResolversTypes['Checkout']>, ParentType, ContextType>;
  ended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EventSeatResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSeat'] = ResolversParentTypes['EventSeat']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

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

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sales?: Resolver<Maybe<ResolversTypes['SalesStatistics']>, ParentType, ContextType>;
};

export type ListingSalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingSales'] = ResolversParentTypes['ListingSales']> = {
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  listing?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  acceptTokenTransfer?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationAcceptTokenTransferArgs, 'tokenId'>>;
  addToCart?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationAddToCartArgs, 'item'>>;
  cancelCheckout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationCancelCheckoutArgs, 'id'>>;
  cancelOrder?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'id' | 'idempotencyKey' | 'reason'>>;
  checkout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationCheckoutArgs, 'input'>>;
  clearCart?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, Partial<MutationClearCartArgs>>;
  createOrder?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationCreateOrderArgs, 'input'>>;
  endCheckouts?: Resolver<ResolversTypes['EndCheckoutsPayload'], ParentType, ContextType, RequireFields<MutationEndCheckoutsArgs, 'userId'>>;
  mergeCart?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationMergeCartArgs, 'cartId'>>;
  offerTokenTransfer?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationOfferTokenTransferArgs, 'code' | 'toEmail'>>;
  redeemToken?: Resolver<ResolversTypes['RedeemTokenPayload'], ParentType, ContextType, RequireFields<MutationRedeemTokenArgs, 'code' | 'nonce'>>;
  removeCartItem?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationRemoveCartItemArgs, 'itemId'>>;
  resolveCheckout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationResolveCheckoutArgs, 'id' | 'note'>>;
  retryCheckout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationRetryCheckoutArgs, 'id'>>;
  revokeToken?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationRevokeTokenArgs, 'code' | 'reason'>>;
  updateCartItem?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationUpdateCartItemArgs, 'itemId' | 'quantity'>>;
  updateOrderStatus?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationUpdateOrderStatusArgs, 'id' | 'status'>>;
  withdrawTokenTransfer?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationWithdrawTokenTransferArgs, 'tokenId'>>;
};

export type OfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Offer'] = ResolversParentTypes['Offer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allowedTransitions?: Resolver<Array<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  checkout?: Resolver<ResolversTypes['Checkout'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['OrderEvent']>, ParentType, ContextType, RequireFields<OrderHistoryArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  paymentStatus?: Resolver<ResolversTypes['OrderPaymentStatus'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  tokens?: Resolver<Array<ResolversTypes['PurchaseToken']>, ParentType, ContextType, RequireFields<OrderTokensArgs, 'first'>>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['EventSeat']>, ParentType, ContextType, RequireFields<OrderItemSeatsArgs, 'first'>>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tokens?: Resolver<Array<ResolversTypes['PurchaseToken']>, ParentType, ContextType, RequireFields<OrderItemTokensArgs, 'first'>>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  upc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderPayload'] = ResolversParentTypes['OrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner'], FederationReferenceType extends FederationReferenceTypes['Partner'] = FederationReferenceTypes['Partner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Partner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sales?: Resolver<Maybe<ResolversTypes['SalesStatistics']>, ParentType, ContextType, Partial<PartnerSalesArgs>>;
};

export type PlatformAnalyticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlatformAnalytics'] = ResolversParentTypes['PlatformAnalytics']> = {
  byDay?: Resolver<Array<ResolversTypes['DailySales']>, ParentType, ContextType>;
  checkoutP50Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  checkoutP99Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  completedOrders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conversion?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  failedCheckouts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refunded?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  topListings?: Resolver<Array<ResolversTypes['ListingSales']>, ParentType, ContextType, RequireFields<PlatformAnalyticsTopListingsArgs, 'limit'>>;
};

export type PriceChangedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceChangedError'] = ResolversParentTypes['PriceChangedError']> = {
  actual?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PurchaseStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseStatistics'] = ResolversParentTypes['PurchaseStatistics']> = {
  cancelledOrders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  completedOrders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastOrderAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  spent?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PurchaseTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseToken'] = ResolversParentTypes['PurchaseToken'], FederationReferenceType extends FederationReferenceTypes['PurchaseToken'] = FederationReferenceTypes['PurchaseToken']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PurchaseToken']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TokenKind'], ParentType, ContextType>;
  listing?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  purchasePrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  purchasedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  qrCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  redeemedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seat?: Resolver<Maybe<ResolversTypes['EventSeat']>, ParentType, ContextType>;
  signedPayload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TokenStatus'], ParentType, ContextType>;
};

export type PurchaseTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseTokenPayload'] = ResolversParentTypes['PurchaseTokenPayload']> = {
  token?: Resolver<Maybe<ResolversTypes['PurchaseToken']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, Partial<QueryCartArgs>>;
  checkout?: Resolver<Maybe<ResolversTypes['Checkout']>, ParentType, ContextType, Partial<QueryCheckoutArgs>>;
  checkouts?: Resolver<ResolversTypes['CheckoutConnection'], ParentType, ContextType, RequireFields<QueryCheckoutsArgs, 'first'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, Partial<QueryOrderArgs>>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  platformAnalytics?: Resolver<ResolversTypes['PlatformAnalytics'], ParentType, ContextType, Partial<QueryPlatformAnalyticsArgs>>;
  purchaseToken?: Resolver<Maybe<ResolversTypes['PurchaseToken']>, ParentType, ContextType, RequireFields<QueryPurchaseTokenArgs, 'code'>>;
  tokenVerificationKeys?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type RedeemTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RedeemTokenPayload'] = ResolversParentTypes['RedeemTokenPayload']> = {
  admitted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['PurchaseToken']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SagaStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SagaStep'] = ResolversParentTypes['SagaStep']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  durationMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['SagaStepName'], ParentType, ContextType>;
  participant?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SagaStepStatus'], ParentType, ContextType>;
};

export type SalesStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesStatistics'] = ResolversParentTypes['SalesStatistics']> = {
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  redeemed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refunded?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeatUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatUnavailableError'] = ResolversParentTypes['SeatUnavailableError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  checkoutUpdated?: SubscriptionResolver<ResolversTypes['Checkout'], "checkoutUpdated", ParentType, ContextType, RequireFields<SubscriptionCheckoutUpdatedArgs, 'id'>>;
  orderUpdated?: SubscriptionResolver<ResolversTypes['Order'], "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
};

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyCartsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyCartsError'] = ResolversParentTypes['TooManyCartsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyOpenCheckoutsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyOpenCheckoutsError'] = ResolversParentTypes['TooManyOpenCheckoutsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offeredTokens?: Resolver<Maybe<Array<ResolversTypes['PurchaseToken']>>, ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<UserOrdersArgs, 'first'>>;
  purchaseStatistics?: Resolver<Maybe<ResolversTypes['PurchaseStatistics']>, ParentType, ContextType>;
  tokens?: Resolver<Maybe<Array<ResolversTypes['PurchaseToken']>>, ParentType, ContextType, RequireFields<UserTokensArgs, 'first'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'PriceChangedError' | 'SeatUnavailableError' | 'TooManyAttemptsError' | 'TooManyCartsError' | 'TooManyOpenCheckoutsError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartItem?: CartItemResolvers<ContextType>;
  CartPayload?: CartPayloadResolvers<ContextType>;
  Checkout?: CheckoutResolvers<ContextType>;
  CheckoutConnection?: CheckoutConnectionResolvers<ContextType>;
  CheckoutEdge?: CheckoutEdgeResolvers<ContextType>;
  CheckoutPayload?: CheckoutPayloadResolvers<ContextType>;
  DailySales?: DailySalesResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  EndCheckoutsPayload?: EndCheckoutsPayloadResolvers<ContextType>;
  EventSeat?: EventSeatResolvers<ContextType>;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  InputError?: InputErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Listing?: ListingResolvers<ContextType>;
  ListingSales?: ListingSalesResolvers<ContextType>;
  MaxPerOrderError?: MaxPerOrderErrorResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Offer?: OfferResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderPayload?: OrderPayloadResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PlatformAnalytics?: PlatformAnalyticsResolvers<ContextType>;
  PriceChangedError?: PriceChangedErrorResolvers<ContextType>;
  PurchaseStatistics?: PurchaseStatisticsResolvers<ContextType>;
  PurchaseToken?: PurchaseTokenResolvers<ContextType>;
  PurchaseTokenPayload?: PurchaseTokenPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RedeemTokenPayload?: RedeemTokenPayloadResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SagaStep?: SagaStepResolvers<ContextType>;
  SalesStatistics?: SalesStatisticsResolvers<ContextType>;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyCartsError?: TooManyCartsErrorResolvers<ContextType>;
  TooManyOpenCheckoutsError?: TooManyOpenCheckoutsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
