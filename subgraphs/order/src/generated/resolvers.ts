import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { CartEntity, CartItemEntity } from '../entities/cart.js';
import type { SagaEntity } from '../entities/saga.js';
import type { CheckoutConnection as CheckoutConnectionModel, Reference, GateManifest as GateManifestModel, OrderConnection as OrderConnectionModel, PlatformAnalytics as PlatformAnalyticsModel, UserReference } from '../models.js';
import type { CheckoutFailureCount as CheckoutFailureCountModel } from '../domain/statistics/checkout-statistics.js';
import type { LineToShip as LineToShipModel } from '../domain/shipment/lines-to-ship.js';
import type { ListingTotals } from '../domain/statistics/platform-analytics.js';
import type { OfflineResult } from '../domain/token/offline-scans.js';
import type { OrderEntity, OrderEventEntity, OrderLineEntity } from '../entities/order.js';
import type { TokenEntity } from '../entities/token.js';
import type { StepState } from '@souk/shared/saga/state';
import type { ShipmentEntity, ShipmentItemEntity } from '../entities/shipment.js';
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

/** Units of a line to cancel. */
export type CancelItemInput = {
  /** TypeID of the line. */
  itemId: Scalars['ID']['input'];
  /** Number of units, 1 or more. */
  quantity: Scalars['Int']['input'];
  /** Seats of the units, instead of tokenIds: one for each. At most 100. */
  seatIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /**
   * Tokens of the units: one for each. Default: those of the first units that can be canceled. At most 100; not together
   * with seatIds.
   */
  tokenIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/**
 * Items that its owner wants to buy. Prices are those at the time of adding; checkout quotes them again. Locked while
 * its checkout runs (CART_LOCKED); emptied when that completes; unlocked with its items when it fails. Readable by its
 * owner; a guest's cart by everybody who knows its id.
 */
export type Cart = {
  __typename?: 'Cart';
  /** The running checkout that locks the cart; null if there is none, or the caller may not read it. */
  checkout: Maybe<Checkout>;
  /**
   * The sum at the prices of now, which a checkout would quote. Null if a line has no currentUnitPrice, or one in another
   * currency.
   */
  currentTotal: Maybe<Money>;
  /** TypeID with the prefix cart. A guest cart's id is random and works as its secret. */
  id: Scalars['ID']['output'];
  /** Number of units in all lines. */
  itemCount: Scalars['Int']['output'];
  /** Lines, oldest first; at most 100: more are refused (INVALID). */
  items: Array<CartItem>;
  /** Null for a guest's cart. */
  owner: Maybe<User>;
  /**
   * Everything that prevents a checkout now, at most the first 100: the cart is empty or locked, an offer is gone, not
   * on sale or sold out, a seat is taken. While the catalog is unavailable, only problems that the cart itself shows.
   */
  problems: Array<UserError>;
  /** Sum of the subtotals, in the cart's currency; without shipping, taxes or discounts. */
  total: Money;
  /** Time of the last change. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A line of a cart: an offer and how many units of it. */
export type CartItem = {
  __typename?: 'CartItem';
  /** Price of one unit now, which a checkout would quote. Null if the offer is gone, and while the catalog is unavailable. */
  currentUnitPrice: Maybe<Money>;
  /**
   * Earliest end of the holds of its seats, which addToCart holds as Mutation.holdSeats does. Null without seats, if one
   * of them is not held for this cart, and while the catalog is unavailable.
   */
  heldUntil: Maybe<Scalars['DateTime']['output']>;
  /** TypeID with the prefix item. */
  id: Scalars['ID']['output'];
  /** The offer as it is now. */
  offer: Maybe<Offer>;
  /** Number of units, 1 or more. */
  quantity: Scalars['Int']['output'];
  /** Chosen seats of a seated offer, one for each unit, at most 100; empty for other offers. */
  seats: Array<Maybe<EventSeat>>;
  /** unitPrice times quantity. */
  subtotal: Money;
  /** Price of one unit when it was added last. */
  unitPrice: Money;
};

/** An offer to buy, named by exactly one of offerId and upc. */
export type CartItemInput = {
  /** TypeID of the offer. */
  offerId?: InputMaybe<Scalars['ID']['input']>;
  /** Number of units, 1 to the offer's maxPerOrder; default 1. */
  quantity?: InputMaybe<Scalars['Int']['input']>;
  /** For a seated offer one seat for each unit (SEAT_REQUIRED otherwise), at most 100; leave out for other offers. */
  seatIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The offer's universal product code. At most 200 characters. */
  upc?: InputMaybe<Scalars['String']['input']>;
};

/** Result of a change of a cart. */
export type CartPayload = {
  __typename?: 'CartPayload';
  /** The cart after the change; null if it was refused. */
  cart: Maybe<Cart>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/**
 * A run of the checkout saga. Durable: it ends COMPLETED, or FAILED with everything compensated, also after crashes.
 * Readable by its buyer and holders of orders:manage.
 */
export type Checkout = {
  __typename?: 'Checkout';
  /** The cart that it buys; null for createOrder, and if the caller may not use the cart. */
  cart: Maybe<Cart>;
  /**
   * Compensated steps in the order of compensation, which is the reverse of the steps; at most 20. Includes a pending
   * payment, which is canceled; excludes a declined payment and steps without compensation.
   */
  compensations: Array<SagaStep>;
  /** Time at which it ended COMPLETED or FAILED; null until then. */
  completedAt: Maybe<Scalars['DateTime']['output']>;
  /** The step that runs, waits or needs attention; null once the checkout has ended. */
  currentStep: Maybe<SagaStepName>;
  /**
   * An AWAITING_PAYMENT checkout is compensated at this time: at the latest when its event or departure starts or its
   * sale ends, and earlier for scarce offers. Null in other states.
   */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * Reason of the failure, or null. Codes: those of the steps, for example INSUFFICIENT_STOCK, SEAT_UNAVAILABLE,
   * PRICE_CHANGED, USER_NOT_ELIGIBLE, PAYMENT_DECLINED, PAYMENT_EXPIRED, TOO_MANY_ATTEMPTS; CONFLICT when it was
   * canceled; SERVICE_UNAVAILABLE when a participant could not be reached.
   */
  failure: Maybe<UserError>;
  /** TypeID with the prefix checkout. */
  id: Scalars['ID']['output'];
  /** The order that the checkout placed when it started. */
  order: Order;
  /** Time at which the mutation started it. */
  startedAt: Scalars['DateTime']['output'];
  /** State of the saga as a whole. */
  status: CheckoutStatus;
  /** All steps in the order of execution, also those that have not started; at most 20. */
  steps: Array<SagaStep>;
  /** SAGA- and six or more letters and digits, for people and logs. */
  transactionId: Scalars['String']['output'];
};

/** A page of checkouts. */
export type CheckoutConnection = {
  __typename?: 'CheckoutConnection';
  /** The items of the page with their cursors. */
  edges: Array<CheckoutEdge>;
  /** The items of the page. */
  nodes: Array<Checkout>;
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

/** An item of a page of checkouts, with its cursor. */
export type CheckoutEdge = {
  __typename?: 'CheckoutEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Checkout;
};

/** Number of checkouts that failed at one step for one reason. */
export type CheckoutFailureCount = {
  __typename?: 'CheckoutFailureCount';
  /** Number of checkouts. */
  checkouts: Scalars['Int']['output'];
  /** The reason; CONFLICT for reasons that are no code of checkouts. */
  code: ErrorCode;
  /** The step that failed; null if none did, because the checkout was ended before. */
  step: Maybe<SagaStepName>;
};

/** A checkout of a cart. */
export type CheckoutInput = {
  /** TypeID of the cart: the caller's, or a guest's, which becomes theirs. Default: the caller's own cart. */
  cartId?: InputMaybe<Scalars['ID']['input']>;
  /** The total that the buyer saw: the saga fails with PriceChangedError if the quote differs. Null accepts any. */
  expectedTotal?: InputMaybe<MoneyInput>;
  /** The same key again within 24 hours returns the same checkout. 1 to 200 visible characters: at most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** How the buyer pays. */
  payment: PaymentInput;
  /**
   * TypeID of an address of the buyer. Required if a line is SHIPMENT (ADDRESS_REQUIRED). An address of another user
   * fails VALIDATE_USER with NOT_FOUND.
   */
  shippingAddressId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of a mutation of a checkout. */
export type CheckoutPayload = {
  __typename?: 'CheckoutPayload';
  /** The checkout; null if the mutation was refused. */
  checkout: Maybe<Checkout>;
  /**
   * Whether the idempotency key was already used; the checkout is then that of its first use. False for mutations
   * without a key.
   */
  replayed: Scalars['Boolean']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** States of a checkout. */
export type CheckoutStatus =
  /** The payment waits for the buyer, the provider or an administrator, until Checkout.expiresAt. */
  | 'AWAITING_PAYMENT'
  /** A step failed, or the checkout was canceled; completed steps are being undone. */
  | 'COMPENSATING'
  /** Every step was completed. Final. */
  | 'COMPLETED'
  /** Failed, and every completed step was compensated. Final. */
  | 'FAILED'
  /** A compensation could not be completed: see retryCheckout and resolveCheckout. */
  | 'NEEDS_ATTENTION'
  /** Its steps are executed. */
  | 'RUNNING';

/** Items to buy now, without a cart. */
export type CreateOrderInput = {
  /** The total that the buyer saw: the saga fails with PriceChangedError if the quote differs. Null accepts any. */
  expectedTotal?: InputMaybe<MoneyInput>;
  /** The same key again within 24 hours returns the same checkout. 1 to 200 visible characters: at most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** What to buy, 1 to 100 items. */
  items: Array<CartItemInput>;
  /** How the buyer pays. */
  payment: PaymentInput;
  /**
   * TypeID of an address of the buyer. Required if a line is SHIPMENT (ADDRESS_REQUIRED). An address of another user
   * fails VALIDATE_USER with NOT_FOUND.
   */
  shippingAddressId?: InputMaybe<Scalars['ID']['input']>;
};

/** Sales of one day. */
export type DailySales = {
  __typename?: 'DailySales';
  /** The day in UTC. */
  date: Scalars['Date']['output'];
  /** Amount sold, before refunds: one amount for each currency, at most 200. */
  gross: Array<Money>;
  /** Number of orders placed on the day. */
  orders: Scalars['Int']['output'];
};

/** Result of endCheckouts. */
export type EndCheckoutsPayload = {
  __typename?: 'EndCheckoutsPayload';
  /** Checkouts that this call ends, oldest first, 100 at most. */
  checkouts: Array<Checkout>;
  /** Number of checkouts that this call ends. */
  ended: Scalars['Int']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Kinds of expected refusals, for programs. Output only. Each mutation's description lists the codes that it returns. */
export type ErrorCode =
  /** An item is shipped and the input names no shipping address. */
  | 'ADDRESS_REQUIRED'
  /** The cart has no items. */
  | 'CART_EMPTY'
  /** A checkout of the cart is running. */
  | 'CART_LOCKED'
  /** The state of the object, or of something that depends on it, does not allow the change now. */
  | 'CONFLICT'
  /** The items, or the expected total, have different currencies. */
  | 'CURRENCY_MISMATCH'
  /** The idempotency key was used within the last 24 hours with other arguments (IdempotencyConflictError). */
  | 'IDEMPOTENCY_CONFLICT'
  /** The status does not allow this change. */
  | 'ILLEGAL_TRANSITION'
  /** Fewer units are available than requested (InsufficientStockError). */
  | 'INSUFFICIENT_STOCK'
  /** An argument or input field breaks a rule; the message says which. */
  | 'INVALID'
  /** More units of an offer than one buyer may hold unpaid (MaxPerOrderError). */
  | 'MAX_PER_ORDER'
  /** The order was shipped, or one of its tokens was redeemed. */
  | 'NOT_CANCELLABLE'
  /** The object does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The offer cannot be bought now: outside its sales period, or its listing is not published. */
  | 'NOT_ON_SALE'
  /** The caller may see the object, but not change or use it. */
  | 'NOT_OWNER'
  /** The provider or the card's bank declined the payment. */
  | 'PAYMENT_DECLINED'
  /** The payment was not made in time, or too little time remains for its method. */
  | 'PAYMENT_EXPIRED'
  /** The quote differs from expectedTotal (PriceChangedError). */
  | 'PRICE_CHANGED'
  /** A seated offer needs exactly one seat for each unit. */
  | 'SEAT_REQUIRED'
  /** A seat is sold, blocked, or held by somebody else (SeatUnavailableError). */
  | 'SEAT_UNAVAILABLE'
  /** In Checkout.failure: a participant could not be reached after all attempts. Try again later. */
  | 'SERVICE_UNAVAILABLE'
  /** The token was redeemed before. */
  | 'TOKEN_ALREADY_REDEEMED'
  /** The token was valid until a time that has passed. */
  | 'TOKEN_EXPIRED'
  /** The token is valid from a later time. */
  | 'TOKEN_NOT_YET_VALID'
  /** The token was revoked. */
  | 'TOKEN_REVOKED'
  /** No purchase token has this code. */
  | 'TOKEN_UNKNOWN'
  /** Too many failures of late; TooManyAttemptsError says when to try again. */
  | 'TOO_MANY_ATTEMPTS'
  /** Too many guest carts were created from the caller's network address. */
  | 'TOO_MANY_CARTS'
  /** Too many seats are held by the buyer or from their network (TooManyHoldsError). A checkout needs no hold. */
  | 'TOO_MANY_HOLDS'
  /** The buyer has the maximum number of open checkouts (TooManyOpenCheckoutsError). */
  | 'TOO_MANY_OPEN_CHECKOUTS'
  /** The buyer's account is unknown, suspended or deleted, or its e-mail address is not verified where that is required. */
  | 'USER_NOT_ELIGIBLE'
  /** The token is for another listing. */
  | 'WRONG_LISTING';

/** One seat at one event. */
export type EventSeat = {
  __typename?: 'EventSeat';
  /** TypeID with the prefix seat. */
  id: Scalars['ID']['output'];
};

/** A code with its status, for a scanner without a network. */
export type GateCode = {
  __typename?: 'GateCode';
  /** PurchaseToken.code. */
  code: Scalars['String']['output'];
  /** Status of the code. */
  status: GateCodeStatus;
};

/** Statuses of a code. */
export type GateCodeStatus =
  /** Admits again: an offer was withdrawn, or a chargeback ended. */
  | 'ACTIVE'
  /** Was redeemed. */
  | 'REDEEMED'
  /** Its token has another code since it changed hands. */
  | 'REPLACED'
  /** Was revoked. */
  | 'REVOKED'
  /** Its token is offered to another user. */
  | 'TRANSFER_PENDING';

/**
 * A scanner's copy of what it needs to admit without a network: it verifies signedPayload with the keys, and refuses codes
 * whose last known status is not ACTIVE.
 */
export type GateManifest = {
  __typename?: 'GateManifest';
  /**
   * Codes whose status changed since the cursor, at most 1,000; without a cursor all that are or were not simply valid. A
   * later entry of a code replaces an earlier one, and entries may be repeated.
   */
  codes: Array<GateCode>;
  /** Position behind these codes: pass it as `after`. Opaque. */
  cursor: Scalars['String']['output'];
  /** Whether there are further codes already. */
  hasMore: Scalars['Boolean']['output'];
  /** Number of the listing's tokens. */
  issued: Scalars['Int']['output'];
  /** The listing at whose entrance the scanner stands. */
  listing: Maybe<Listing>;
  /** Number of redeemed tokens. */
  redeemed: Scalars['Int']['output'];
  /** Number of revoked tokens. */
  revoked: Scalars['Int']['output'];
  /** Public keys (JWKS, RFC 7517) that verify signedPayload. */
  verificationKeys: Scalars['JSON']['output'];
};

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

/** A line of a paid order with units to ship: what its seller needs for a parcel. */
export type LineToShip = {
  __typename?: 'LineToShip';
  /** TypeID of the line, for markShipped. */
  itemId: Scalars['ID']['output'];
  /** TypeID of the order, for markShipped. */
  orderId: Scalars['ID']['output'];
  /** Number of the order. */
  orderNumber: Scalars['String']['output'];
  /** Time at which the payment succeeded. */
  paidAt: Scalars['DateTime']['output'];
  /** Number of units that were neither shipped nor canceled, 1 to 100. */
  quantity: Scalars['Int']['output'];
  /** Where the parcel goes; null once the buyer's account has been deleted. */
  shippingAddress: Maybe<Address>;
  /** The offer's title at the time of the purchase. */
  title: Scalars['String']['output'];
  /** The offer's universal product code at the time of the purchase, or null. */
  upc: Maybe<Scalars['String']['output']>;
};

/**
 * A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication,
 * Event.)
 */
export type Listing = {
  __typename?: 'Listing';
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /**
   * Sales of the listing. For the owning partner and analytics:read; FORBIDDEN to other partners. SERVICE_UNAVAILABLE while
   * they are computed for orders from before an upgrade.
   */
  sales: Maybe<SalesStatistics>;
};

/** Sales of one listing. */
export type ListingSales = {
  __typename?: 'ListingSales';
  /** Amount sold, before refunds: one amount for each currency, at most 200. */
  gross: Array<Money>;
  /** The listing. */
  listing: Maybe<Listing>;
  /** Number of units sold. */
  units: Scalars['Int']['output'];
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
   * Accepts a token that is offered to the caller.
   * Codes: NOT_FOUND (also a token that was never offered to the caller), CONFLICT (no longer offered), TOKEN_EXPIRED
   * (TokenPeriodError).
   */
  acceptTokenTransfer: PurchaseTokenPayload;
  /**
   * Adds units of an offer to a cart; units of an offer without seats are added to its line. Seats are held for the cart,
   * all or none, a guest's too: CartItem.heldUntil. Removing the line lets them go. Guests pass null as cartId
   * the first time, then the returned id. A guest cart is removed 30 days after its last change (CART_GUEST_DAYS), an
   * empty one after a day. At most 100 guest carts are created from one network address within an hour, and 200 exist at
   * once (IPv6: a /64 counts as one address). SERVICE_UNAVAILABLE while the catalog is unavailable.
   * Codes: NOT_FOUND (cart, offer or seat), CART_LOCKED, CURRENCY_MISMATCH, MAX_PER_ORDER (MaxPerOrderError),
   * SEAT_REQUIRED, SEAT_UNAVAILABLE (SeatUnavailableError), TOO_MANY_HOLDS (TooManyHoldsError), NOT_ON_SALE,
   * INSUFFICIENT_STOCK (InsufficientStockError), TOO_MANY_CARTS (TooManyCartsError), INVALID (quantity, seats, more than
   * 100 lines).
   */
  addToCart: CartPayload;
  /**
   * Cancels a checkout that awaits payment: it is compensated, and a payment that arrives later is refunded. For its
   * buyer and orders:manage.
   * Codes: NOT_FOUND, ILLEGAL_TRANSITION (it does not await payment).
   */
  cancelCheckout: CheckoutPayload;
  /**
   * Revokes tokens, refunds the payment, and returns stock and seats, as a separate saga; the order is CANCELLED when
   * that has ended. For its buyer and orders:manage.
   * Codes: NOT_FOUND, ILLEGAL_TRANSITION (already canceled), NOT_CANCELLABLE (shipped, a token was redeemed, or the
   * payment is disputed: the buyer's bank decides about the money), CONFLICT (its checkout or a cancellation is running),
   * IDEMPOTENCY_CONFLICT (IdempotencyConflictError), INVALID (empty reason, or a card number in it).
   */
  cancelOrder: OrderPayload;
  /**
   * Cancels a part of an order, as a saga: revokes the tokens of the units, refunds exactly their price, and returns stock
   * and seats. OrderItem.cancelledQuantity counts the units when that has ended, and ORDER_ITEMS_CANCELLED is sent. The
   * last units of an order are canceled as cancelOrder does. At most what is left of the payment is refunded. For its buyer
   * and orders:manage.
   * Codes: NOT_FOUND (order, line, token or seat), ILLEGAL_TRANSITION (already canceled), NOT_CANCELLABLE
   * (NotCancellableError: fewer units can be canceled, because others were canceled before, redeemed or shipped; or, without
   * a number, the payment is or was disputed), CONFLICT (its checkout or a cancellation is running), IDEMPOTENCY_CONFLICT
   * (IdempotencyConflictError), INVALID (quantity, a line twice, tokens or seats of another number, more than 100 items,
   * empty reason, or a card number in it).
   */
  cancelOrderItems: OrderPayload;
  /**
   * Starts the saga of a cart of the caller and returns immediately; follow it with Query.checkout or
   * Subscription.checkoutUpdated. The saga checks stock, seats, price, buyer and payment: see Checkout.failure.
   * MAX_PER_ORDER counts all units of an offer that the buyer holds unpaid: seats held by holdSeats and open checkouts
   * together; units that only catalog knows fail RESERVE_ITEMS. A buyer may have 10 open checkouts at once, and cannot
   * start more after 100 that failed within an hour. The items are compared with the catalog's current offers, as
   * createOrder does; while the catalog is unavailable, the saga does it. SERVICE_UNAVAILABLE while too many checkouts
   * run.
   * Codes: CART_EMPTY, CART_LOCKED, NOT_FOUND (cart, address, offer or seat), MAX_PER_ORDER (MaxPerOrderError),
   * NOT_ON_SALE, SEAT_REQUIRED, ADDRESS_REQUIRED, CURRENCY_MISMATCH, IDEMPOTENCY_CONFLICT (IdempotencyConflictError),
   * TOO_MANY_OPEN_CHECKOUTS (TooManyOpenCheckoutsError), TOO_MANY_ATTEMPTS (TooManyAttemptsError), INVALID.
   */
  checkout: CheckoutPayload;
  /**
   * Removes all lines.
   * Codes: NOT_FOUND, CART_LOCKED.
   */
  clearCart: CartPayload;
  /**
   * Buys items for the caller without a cart; otherwise as checkout. SERVICE_UNAVAILABLE also while the catalog is
   * unavailable.
   * Codes: NOT_FOUND (offer, seat or address), MAX_PER_ORDER (MaxPerOrderError), NOT_ON_SALE, SEAT_REQUIRED,
   * ADDRESS_REQUIRED, CURRENCY_MISMATCH, IDEMPOTENCY_CONFLICT (IdempotencyConflictError), TOO_MANY_OPEN_CHECKOUTS
   * (TooManyOpenCheckoutsError), TOO_MANY_ATTEMPTS (TooManyAttemptsError), INVALID.
   */
  createOrder: CheckoutPayload;
  /**
   * Ends all open checkouts of a user, for example of one who holds stock without paying. Checkouts that await payment are
   * compensated immediately: stock, seats and payment are released, and a late payment is refunded. Running checkouts are
   * compensated after the reply to their current step; checkouts with a completed payment continue. An unknown user has
   * none. For orders:manage.
   * Codes: none of its own.
   */
  endCheckouts: EndCheckoutsPayload;
  /**
   * Records a parcel with units of an order's lines. The order is PROCESSING then, COMPLETED with its last unit, and what was
   * shipped cannot be canceled. The buyer is notified (ORDER_SHIPPED). For the verified seller of the lines and
   * orders:manage.
   * Codes: NOT_FOUND (order or line, also those of other sellers), NOT_OWNER (its buyer), ILLEGAL_TRANSITION (not PAID or
   * PROCESSING), CONFLICT (its checkout or a cancellation is running, its money was returned, or fewer units are left),
   * IDEMPOTENCY_CONFLICT (IdempotencyConflictError), INVALID (not 1 to 100 lines, one of them twice or not shipped, a
   * quantity below 1, empty texts).
   */
  markShipped: ShipmentPayload;
  /**
   * Moves all items of a guest's cart, or of another cart of the caller, into the caller's own cart, or none of them. Units
   * of one offer are added, and a seat that is in both carts is there once. A repeated call moves nothing.
   * Codes: NOT_FOUND, CART_LOCKED, CURRENCY_MISMATCH, MAX_PER_ORDER, INVALID (more than 100 lines).
   */
  mergeCart: CartPayload;
  /**
   * Offers a token of the caller to another user. After acceptance it keeps its id and has a new code; the old code is
   * invalid. A cancellation of its order still revokes it. SERVICE_UNAVAILABLE while account is unavailable.
   * Codes: TOKEN_UNKNOWN (also of others), NOT_FOUND (no active user has the address), TOKEN_ALREADY_REDEEMED
   * (TokenAlreadyRedeemedError), TOKEN_REVOKED, TOKEN_EXPIRED (TokenPeriodError), CONFLICT (it is offered already),
   * TOO_MANY_ATTEMPTS (TooManyAttemptsError: more than 30 offers within an hour), INVALID (to oneself, or no
   * e-mail address).
   */
  offerTokenTransfer: PurchaseTokenPayload;
  /**
   * Redeems a token once. For tickets:validate and for the listing's partner. The same nonce again returns the first
   * answer.
   * Codes: TOKEN_UNKNOWN, TOKEN_ALREADY_REDEEMED (TokenAlreadyRedeemedError), TOKEN_REVOKED, TOKEN_NOT_YET_VALID and
   * TOKEN_EXPIRED (TokenPeriodError), WRONG_LISTING, NOT_OWNER (a holder scans their own token), CONFLICT (it is offered to
   * another user), INVALID (empty nonce).
   */
  redeemToken: RedeemTokenPayload;
  /**
   * Removes a line.
   * Codes: NOT_FOUND (cart or item), CART_LOCKED.
   */
  removeCartItem: CartPayload;
  /**
   * Continues as if the step or compensation that needs attention had succeeded, after staff did it by hand. For
   * orders:manage.
   * Codes: NOT_FOUND, ILLEGAL_TRANSITION (nothing needs attention), INVALID (empty note, or a card number in it).
   */
  resolveCheckout: CheckoutPayload;
  /**
   * Retries what needs attention: the failed compensation of a checkout, or the failed step of its order's cancellation.
   * For orders:manage.
   * Codes: NOT_FOUND, ILLEGAL_TRANSITION (nothing needs attention).
   */
  retryCheckout: CheckoutPayload;
  /**
   * Makes a token invalid. Its stock, seat and payment stay as they are. For orders:manage.
   * Codes: TOKEN_UNKNOWN, TOKEN_ALREADY_REDEEMED (TokenAlreadyRedeemedError), TOKEN_REVOKED, INVALID (empty reason, or a
   * card number in it).
   */
  revokeToken: PurchaseTokenPayload;
  /**
   * Sets the quantity of a line; 0 removes it.
   * Codes: NOT_FOUND (cart or item), CART_LOCKED, MAX_PER_ORDER, NOT_ON_SALE, SEAT_REQUIRED (a seated line of another
   * number of units), INVALID (negative quantity).
   */
  updateCartItem: CartPayload;
  /**
   * Records that an order is prepared or was shipped: PAID to PROCESSING, PROCESSING to COMPLETED. For orders:manage;
   * markShipped records parcels.
   * Codes: NOT_FOUND, ILLEGAL_TRANSITION (any other change), CONFLICT (its checkout or a cancellation is running).
   */
  updateOrderStatus: OrderPayload;
  /**
   * Stores admissions that a scanner made without a network, and returns which of them met a token that was already
   * redeemed, revoked or replaced. The same nonce again returns the first outcome. For tickets:validate and the listing's
   * partner.
   * Codes: NOT_FOUND (listing without tokens, or not the caller's), INVALID (not 1 to 100 scans, an empty nonce, a time in
   * the future or more than 30 days ago).
   */
  uploadScans: UploadScansPayload;
  /**
   * Takes back an offer of a token that the caller holds or held.
   * Codes: NOT_FOUND, CONFLICT (not offered, or accepted).
   */
  withdrawTokenTransfer: PurchaseTokenPayload;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationAcceptTokenTransferArgs = {
  tokenId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationAddToCartArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
  item: CartItemInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCancelCheckoutArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCancelOrderArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
  reason: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCancelOrderItemsArgs = {
  idempotencyKey: Scalars['String']['input'];
  items: Array<CancelItemInput>;
  orderId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCheckoutArgs = {
  input: CheckoutInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationClearCartArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateOrderArgs = {
  input: CreateOrderInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationEndCheckoutsArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationMarkShippedArgs = {
  carrier: Scalars['String']['input'];
  idempotencyKey: Scalars['String']['input'];
  items: Array<OrderItemQuantityInput>;
  orderId: Scalars['ID']['input'];
  trackingNumber: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationMergeCartArgs = {
  cartId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationOfferTokenTransferArgs = {
  code: Scalars['String']['input'];
  toEmail: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRedeemTokenArgs = {
  code: Scalars['String']['input'];
  listingId: InputMaybe<Scalars['ID']['input']>;
  nonce: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRemoveCartItemArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationResolveCheckoutArgs = {
  id: Scalars['ID']['input'];
  note: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRetryCheckoutArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRevokeTokenArgs = {
  code: Scalars['String']['input'];
  reason: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateCartItemArgs = {
  cartId: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateOrderStatusArgs = {
  id: Scalars['ID']['input'];
  status: OrderStatus;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUploadScansArgs = {
  listingId: Scalars['ID']['input'];
  scans: Array<OfflineScanInput>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationWithdrawTokenTransferArgs = {
  tokenId: Scalars['ID']['input'];
};

/** Fewer units of the line can be canceled than the caller asks for. */
export type NotCancellableError = UserError & {
  __typename?: 'NotCancellableError';
  /** Number of units of the line that can still be canceled. */
  cancellable: Scalars['Int']['output'];
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The unit of sale: a stocked item, a departure, a license plan, a ticket type. */
export type Offer = {
  __typename?: 'Offer';
  /** TypeID with the prefix offer. */
  id: Scalars['ID']['output'];
};

/** An admission that a scanner made without a network. */
export type OfflineScanInput = {
  /** Time of the admission by the scanner's clock, within the last 30 days. */
  admittedAt: Scalars['DateTime']['input'];
  /** PurchaseToken.code. At most 100 characters. */
  code: Scalars['String']['input'];
  /** Chosen by the scanner for this scan; its retries use the same. At most 200 characters. */
  nonce: Scalars['String']['input'];
};

/** How an admission without a network relates to its token. */
export type OfflineScanOutcome =
  /** The token is redeemed by this scan. */
  | 'ADMITTED'
  /** Another scan had redeemed the token: two people were admitted. Its redeemedAt is the time of the other scan. */
  | 'DOUBLE_ADMISSION'
  /** The code was that of a former holder: the token had changed hands. */
  | 'REPLACED'
  /** The token had been revoked. */
  | 'REVOKED'
  /** No token of the listing has the code. */
  | 'UNKNOWN';

/** The result of an uploaded admission. */
export type OfflineScanResult = {
  __typename?: 'OfflineScanResult';
  /** The scan's code. */
  code: Scalars['String']['output'];
  /** The scan's nonce. */
  nonce: Scalars['String']['output'];
  /** How the admission relates to the token. */
  outcome: OfflineScanOutcome;
  /** Whether the nonce was already used for the token: outcome is the first one. */
  replayed: Scalars['Boolean']['output'];
  /** The token as it is now; null if the outcome is UNKNOWN or REPLACED. */
  token: Maybe<PurchaseToken>;
};

/** What a buyer bought, or tries to buy, in one checkout. Readable by the buyer and holders of orders:manage. */
export type Order = {
  __typename?: 'Order';
  /** Statuses that the order can change to now, by people or automatically; empty while it is being canceled. At most 5. */
  allowedTransitions: Array<OrderStatus>;
  /** Reason that was given for the cancellation, or why the checkout failed; null if the order is not canceled. */
  cancelReason: Maybe<Scalars['String']['output']>;
  /** Time at which it became CANCELLED; null before. */
  cancelledAt: Maybe<Scalars['DateTime']['output']>;
  /** The checkout that placed the order. */
  checkout: Checkout;
  /** Time at which it became COMPLETED; null before. */
  completedAt: Maybe<Scalars['DateTime']['output']>;
  /** The buyer. */
  customer: Maybe<User>;
  /** What happened to the order, oldest first. */
  history: Array<OrderEvent>;
  /** TypeID with the prefix order. */
  id: Scalars['ID']['output'];
  /** Lines, at most 100: a checkout of more is refused (INVALID). */
  items: Array<OrderItem>;
  /** S- and eight letters and digits. Unique, for people. */
  number: Scalars['String']['output'];
  /** Time at which the payment succeeded; null before. */
  paidAt: Maybe<Scalars['DateTime']['output']>;
  /** State of its payment. */
  paymentStatus: OrderPaymentStatus;
  /** Time at which the checkout was started. */
  placedAt: Scalars['DateTime']['output'];
  /** Sum of all refunds so far, in the order's currency: of canceled units, and others (refundPayment). */
  refunded: Money;
  /** Parcels with lines of the order, oldest first. */
  shipments: Array<Shipment>;
  /** Copy of the buyer's address at the time of the purchase; null if nothing is shipped. */
  shippingAddress: Maybe<Address>;
  /** State of the order. */
  status: OrderStatus;
  /** Purchase tokens by line and unit; none before the checkout's step GENERATE_TOKENS. */
  tokens: Array<PurchaseToken>;
  /**
   * Sum of the lines as quoted by the checkout, also of units that were canceled later; before the quote, at the prices
   * the buyer saw.
   */
  total: Money;
};


/** What a buyer bought, or tries to buy, in one checkout. Readable by the buyer and holders of orders:manage. */
export type OrderHistoryArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What a buyer bought, or tries to buy, in one checkout. Readable by the buyer and holders of orders:manage. */
export type OrderShipmentsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What a buyer bought, or tries to buy, in one checkout. Readable by the buyer and holders of orders:manage. */
export type OrderTokensArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of orders. */
export type OrderConnection = {
  __typename?: 'OrderConnection';
  /** The items of the page with their cursors. */
  edges: Array<OrderEdge>;
  /** The items of the page. */
  nodes: Array<Order>;
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

/** An item of a page of orders, with its cursor. */
export type OrderEdge = {
  __typename?: 'OrderEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Order;
};

/** An entry of an order's history. */
export type OrderEvent = {
  __typename?: 'OrderEvent';
  /** The user who did it; null for automatic changes. */
  actor: Maybe<User>;
  /** Time at which it was recorded. */
  at: Scalars['DateTime']['output'];
  /** Opaque; pass it to Order.history(after:). */
  id: Scalars['ID']['output'];
  /** What happened, in English. */
  message: Scalars['String']['output'];
  /** What kind of entry it is. */
  type: OrderEventType;
};

/** Kinds of entries in an order's history. */
export type OrderEventType =
  /** A person acted, or left a note. */
  | 'NOTE'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** The order was paid. */
  | 'PAYMENT'
  /** Money was refunded. */
  | 'REFUND'
  /** Its checkout or cancellation progressed or failed. */
  | 'SAGA'
  /** The status changed. */
  | 'STATUS'
  /** Tokens were issued or revoked. */
  | 'TOKEN';

/** Restricts a list of orders; a field that is null or absent does not restrict. */
export type OrderFilter = {
  /** Only orders of this user; an unknown id matches nothing. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only the order with exactly this number. At most 100 characters. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** Only orders placed at or after this time. */
  placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders placed before this time. */
  placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders with this status. */
  status?: InputMaybe<OrderStatus>;
};

/** A purchased line; later changes of the offer do not affect it. */
export type OrderItem = {
  __typename?: 'OrderItem';
  /**
   * Number of units that cancelOrderItems can cancel now: neither canceled before, nor redeemed or shipped. 0 while the order's checkout or a cancellation runs, and after a dispute of its payment that is not decided
   * for the seller.
   */
  cancellableQuantity: Scalars['Int']['output'];
  /** Number of units that were canceled, by cancelOrderItems or with the order; 0 if the checkout failed. */
  cancelledQuantity: Scalars['Int']['output'];
  /** TypeID with the prefix line. */
  id: Scalars['ID']['output'];
  /** The offer as it is now. */
  offer: Maybe<Offer>;
  /** The seller; null for the platform's own listings, and before the quote. */
  partner: Maybe<Partner>;
  /** Number of units that were bought, 1 to 100. */
  quantity: Scalars['Int']['output'];
  /** Seats of a seated offer, one for each unit, also of canceled ones; at most 100. */
  seats: Array<Maybe<EventSeat>>;
  /** Number of units in Order.shipments; 0 for lines that are not shipped. */
  shippedQuantity: Scalars['Int']['output'];
  /** The offer's title at the time of the purchase. */
  title: Scalars['String']['output'];
  /** Purchase tokens of the line, one for each unit that is not shipped; at most 100. */
  tokens: Array<PurchaseToken>;
  /** unitPrice times quantity. */
  total: Money;
  /** Price of one unit as quoted by the checkout. */
  unitPrice: Money;
  /** The offer's universal product code at the time of the purchase, or null. */
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

/** A number of units of one line of an order. */
export type OrderItemQuantityInput = {
  /** TypeID of the line (OrderItem.id). */
  itemId: Scalars['ID']['input'];
  /** Number of units, 1 or more. */
  quantity: Scalars['Int']['input'];
};

/** Result of a change of an order. */
export type OrderPayload = {
  __typename?: 'OrderPayload';
  /** The order after the change; null if it was refused. */
  order: Maybe<Order>;
  /** True if the idempotency key was already used; false for mutations without a key. */
  replayed: Scalars['Boolean']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/**
 * States of an order's money, as its payment states it. While a refund is pending, the money counts as paid; an open dispute
 * does not change the state (Payment.status is then DISPUTED). After a failed checkout: UNPAID if PROCESS_PAYMENT was not
 * reached, FAILED if no payment was completed.
 */
export type OrderPaymentStatus =
  /** Authorized and not captured; not used at present. */
  | 'AUTHORIZED'
  /** The buyer's bank decided a dispute for the buyer and took money back; unused tokens are revoked. */
  | 'CHARGED_BACK'
  /** The payment failed, expired or was canceled. */
  | 'FAILED'
  /** Paid in full. */
  | 'PAID'
  /** A part was refunded. */
  | 'PARTIALLY_REFUNDED'
  /** All was refunded. */
  | 'REFUNDED'
  /** No payment yet. */
  | 'UNPAID';

/**
 * PENDING -> PAID -> PROCESSING -> COMPLETED; all but CANCELLED -> CANCELLED while no token is redeemed and nothing was
 * shipped. Its first shipment (markShipped) makes an order PROCESSING, the shipment of the last unit COMPLETED; one without
 * shipments changes from PAID to COMPLETED automatically. A failed checkout leaves its order CANCELLED.
 */
export type OrderStatus =
  /** Canceled, or its checkout failed. Final. */
  | 'CANCELLED'
  /** Fulfilled. */
  | 'COMPLETED'
  /** Paid. */
  | 'PAID'
  /** Placed; its checkout has not been paid. */
  | 'PENDING'
  /** Being prepared and shipped (markShipped, updateOrderStatus). */
  | 'PROCESSING';

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
  /** TypeID with the prefix partner. */
  id: Scalars['ID']['output'];
  /**
   * Lines of paid orders with units that the partner has to ship (markShipped), those of the oldest order first. For the
   * partner and orders:manage; FORBIDDEN to other partners.
   */
  linesToShip: Maybe<Array<LineToShip>>;
  /**
   * Sales of all the partner's listings. For the partner and analytics:read; FORBIDDEN to other partners. SERVICE_UNAVAILABLE
   * while they are computed for orders from before an upgrade. Sales are counted by the day in which the order was placed,
   * in UTC: the range is widened to whole days.
   */
  sales: Maybe<SalesStatistics>;
};


/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type PartnerLinesToShipArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type PartnerSalesArgs = {
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};

/** How the buyer pays. */
export type PaymentInput = {
  /**
   * A method that needs more time than remains (Checkout.expiresAt) fails PROCESS_PAYMENT with PAYMENT_EXPIRED:
   * BANK_TRANSFER needs an hour, VIRTUAL_ACCOUNT 15 minutes, E_WALLET 5.
   */
  method: PaymentMethod;
  /**
   * A Stripe payment method (pm_...): confirmed at once. Without it a CREDIT_CARD payment waits for the client to
   * confirm with its client secret. At most 300 characters.
   */
  paymentMethodToken?: InputMaybe<Scalars['String']['input']>;
  /**
   * Where the provider sends the buyer after an action of theirs: an http or https address without a password.
   * At most 2,000 characters.
   */
  returnUrl?: InputMaybe<Scalars['String']['input']>;
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

/**
 * Numbers about all orders and checkouts of the platform. Each counts for the day in which its order was placed, in UTC, also
 * refunds and redemptions of later days.
 */
export type PlatformAnalytics = {
  __typename?: 'PlatformAnalytics';
  /**
   * One entry for each day (UTC), ascending, at most the last 366; also for days without an order. Without bounds, from the
   * day of the first order until today.
   */
  byDay: Array<DailySales>;
  /** Checkouts that FAILED by step and reason, the most frequent first, at most 200. */
  checkoutFailures: Array<CheckoutFailureCount>;
  /**
   * Median duration of completed checkouts in milliseconds, waiting for payments included, at most 1 % off; null without
   * one.
   */
  checkoutP50Ms: Maybe<Scalars['Float']['output']>;
  /** 99th percentile of the duration of completed checkouts in milliseconds, at most 1 % off; null without one. */
  checkoutP99Ms: Maybe<Scalars['Float']['output']>;
  /** Number of orders that are COMPLETED. */
  completedOrders: Scalars['Int']['output'];
  /** Completed checkouts divided by started ones, 0 to 1; 0 without any. */
  conversion: Scalars['Float']['output'];
  /** Number of checkouts that FAILED. */
  failedCheckouts: Scalars['Int']['output'];
  /** Amount sold, before refunds and cancellations, of all paid orders: one amount for each currency, at most 200. */
  gross: Array<Money>;
  /** Number of orders placed, with those whose checkout failed. */
  orders: Scalars['Int']['output'];
  /** Number of redeemed tokens. */
  redeemed: Scalars['Int']['output'];
  /** Amount refunded: one amount for each currency, at most 200. */
  refunded: Array<Money>;
  /** Listings with the most units sold, canceled ones not counted; listings without any are left out. */
  topListings: Array<ListingSales>;
  /** Number of tokens that are not revoked, with redeemed ones. */
  validTokens: Scalars['Int']['output'];
};


/**
 * Numbers about all orders and checkouts of the platform. Each counts for the day in which its order was placed, in UTC, also
 * refunds and redemptions of later days.
 */
export type PlatformAnalyticsTopListingsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
};

/** The price changed after the client read the cart. */
export type PriceChangedError = UserError & {
  __typename?: 'PriceChangedError';
  /** The total at current prices. */
  actual: Money;
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** The total that the client expected. */
  expected: Money;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Numbers about one buyer's purchases. */
export type PurchaseStatistics = {
  __typename?: 'PurchaseStatistics';
  /** Number of orders that are CANCELLED. */
  cancelledOrders: Scalars['Int']['output'];
  /** Number of orders that are COMPLETED. */
  completedOrders: Scalars['Int']['output'];
  /** Time of the newest order; null without one. */
  lastOrderAt: Maybe<Scalars['DateTime']['output']>;
  /** Number of orders placed, with those whose checkout failed. */
  orders: Scalars['Int']['output'];
  /** Amount spent, without refunds: one amount for each currency, at most 200. */
  spent: Array<Money>;
  /** Number of units bought, without canceled ones. */
  units: Scalars['Int']['output'];
};

/**
 * Proof of one purchased unit: a tour token, a ticket, a license. Readable by its holder, the listing's partner,
 * tickets:validate and orders:manage.
 */
export type PurchaseToken = {
  __typename?: 'PurchaseToken';
  /**
   * Its event or departure for calendars (iCalendar), without the code, at an address as ticketPdfUrl. For its holder and
   * orders:manage; null to others, for licenses, and if it is REVOKED.
   */
  calendarUrl: Maybe<Scalars['URL']['output']>;
  /**
   * TPT-, TKT- or LIC- and twelve letters and digits, not guessable. FORBIDDEN to those who may not read the token, also to
   * the user to whom it is offered.
   */
  code: Maybe<Scalars['String']['output']>;
  /** The user who may redeem it. */
  holder: Maybe<User>;
  /** TypeID with the prefix token. */
  id: Scalars['ID']['output'];
  /** What it is proof of. */
  kind: TokenKind;
  /** The listing that was bought. */
  listing: Maybe<Listing>;
  /** The offer that was bought. */
  offer: Maybe<Offer>;
  /**
   * The user to whom it is offered; null unless it is TRANSFER_PENDING. For its holder, that user and orders:manage; null to
   * others.
   */
  offeredTo: Maybe<User>;
  /** The order that it was bought with. FORBIDDEN to the seller and scanners: they read the token, not the order. */
  order: Order;
  /** Price of the unit. */
  purchasePrice: Money;
  /** Time at which it was issued. */
  purchasedAt: Scalars['DateTime']['output'];
  /** signedPayload as a QR code: an SVG image in a data URL. FORBIDDEN as code is. */
  qrCode: Maybe<Scalars['String']['output']>;
  /** Time of its redemption; null before. */
  redeemedAt: Maybe<Scalars['DateTime']['output']>;
  /** The seat; null without one. */
  seat: Maybe<EventSeat>;
  /**
   * A compact JWS (EdDSA, kid) that scanners can verify offline with tokenVerificationKeys. Claims: jti, code, offer,
   * seat, exp and, if there is a start, nbf (seconds). FORBIDDEN as code is.
   */
  signedPayload: Maybe<Scalars['String']['output']>;
  /** State of the token. */
  status: TokenStatus;
  /**
   * A printable ticket: a PDF of one page with the QR code while it is ACTIVE, and its state otherwise. The address needs no
   * login, so do not publish it; it ends when the token changes hands or is revoked. For its holder and orders:manage; null to
   * others, and if it is REVOKED.
   */
  ticketPdfUrl: Maybe<Scalars['URL']['output']>;
  /** From when it can be redeemed; null if there is no earliest time. */
  validFrom: Maybe<Scalars['DateTime']['output']>;
  /** Until when it can be redeemed; null if there is no latest time. */
  validUntil: Maybe<Scalars['DateTime']['output']>;
};

/** Result of a change of a purchase token. */
export type PurchaseTokenPayload = {
  __typename?: 'PurchaseTokenPayload';
  /** The token after the change; null if it was refused. */
  token: Maybe<PurchaseToken>;
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
   * The caller's own cart, or the cart with the given id: a guest's or another one of the caller. Null for an anonymous
   * caller without an id, and if the caller has no cart yet.
   */
  cart: Maybe<Cart>;
  /**
   * One checkout, by exactly one of id and transactionId (BAD_USER_INPUT otherwise). Null to all but its buyer and
   * orders:manage. Also null if it failed without a payment more than 90 days ago (CHECKOUT_FAILED_DAYS): it is then
   * removed with its order.
   */
  checkout: Maybe<Checkout>;
  /** All checkouts, newest first. For orders:manage. */
  checkouts: CheckoutConnection;
  /**
   * What a scanner needs to admit tokens of a listing without a network. For tickets:validate and the listing's partner;
   * null to others, and if no token of the listing was issued.
   */
  gateManifest: Maybe<GateManifest>;
  /**
   * One order, by exactly one of id and number (BAD_USER_INPUT otherwise). Null to all but its buyer and orders:manage.
   * Also null if the checkout failed without a payment more than 90 days ago (CHECKOUT_FAILED_DAYS): the order is then
   * removed.
   */
  order: Maybe<Order>;
  /** All orders, newest first. For orders:manage. */
  orders: OrderConnection;
  /**
   * Numbers about all orders and checkouts. For analytics:read. SERVICE_UNAVAILABLE while they are computed for orders from
   * before an upgrade. The range is widened to whole days in UTC.
   */
  platformAnalytics: PlatformAnalytics;
  /**
   * Reads a token without redeeming it. For the holder, the listing's partner, tickets:validate and orders:manage; null
   * to others.
   */
  purchaseToken: Maybe<PurchaseToken>;
  /** Public keys (JWKS, RFC 7517) that verify signedPayload. */
  tokenVerificationKeys: Scalars['JSON']['output'];
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryCartArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryCheckoutArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  transactionId: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryCheckoutsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<CheckoutStatus>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryGateManifestArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  listingId: Scalars['ID']['input'];
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryOrderArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  number: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPlatformAnalyticsArgs = {
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPurchaseTokenArgs = {
  code: Scalars['String']['input'];
};

/** Result of redeemToken. */
export type RedeemTokenPayload = {
  __typename?: 'RedeemTokenPayload';
  /** True for exactly one nonce per token, also for concurrent scans. */
  admitted: Scalars['Boolean']['output'];
  /** Whether this nonce was already used. */
  replayed: Scalars['Boolean']['output'];
  /** The token; null if it is unknown or not the caller's to redeem. */
  token: Maybe<PurchaseToken>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Subgraphs that perform steps of a checkout. */
export type SagaParticipant =
  /** Accounts and addresses. */
  | 'ACCOUNT'
  /** Offers, stock and seats. */
  | 'CATALOG'
  /** Orders and purchase tokens. */
  | 'ORDER'
  /** A value that this version of Souk does not know: an older or newer one stored it. */
  | 'OTHER'
  /** Payments. */
  | 'PAYMENT'
  /** Follows and notifications. */
  | 'SOCIAL';

/** A step of a checkout, or its compensation. */
export type SagaStep = {
  __typename?: 'SagaStep';
  /** Number of times that the participant has tried it. */
  attempts: Scalars['Int']['output'];
  /** Time at which it ended, also without success; null before. */
  completedAt: Maybe<Scalars['DateTime']['output']>;
  /** Milliseconds from startedAt to completedAt; null until it has ended. */
  durationMs: Maybe<Scalars['Int']['output']>;
  /**
   * Why it failed, or null. Buyers read the code of a refusal, or a generic text; holders of orders:manage read
   * everything.
   */
  error: Maybe<Scalars['String']['output']>;
  /** Which step. */
  name: SagaStepName;
  /** The subgraph that performs it. UPDATE_STATS occurs twice: account, social. */
  participant: SagaParticipant;
  /** Time at which its command was issued; null before. */
  startedAt: Maybe<Scalars['DateTime']['output']>;
  /** State of the step. */
  status: SagaStepStatus;
};

/** Steps of a checkout, in the order of execution. */
export type SagaStepName =
  /** The hold becomes a sale. Undo: units and seats return to stock. */
  | 'CONFIRM_ITEMS'
  /** A token is issued for each unit that is not shipped. Undo: revoked. */
  | 'GENERATE_TOKENS'
  /** The payment is made; it may wait for the buyer. Undo: canceled or refunded. */
  | 'PROCESS_PAYMENT'
  /** Prices are quoted, compared with expectedTotal, and units and seats are held. Undo: released. */
  | 'RESERVE_ITEMS'
  /** The purchase is counted for the buyer and their followers are notified. Undo: subtracted. */
  | 'UPDATE_STATS'
  /** The account may buy, and the shipping address is the buyer's. */
  | 'VALIDATE_USER';

/** States of a step. */
export type SagaStepStatus =
  /** Was done, and then undone. */
  | 'COMPENSATED'
  /** Done. */
  | 'COMPLETED'
  /** Refused, or all attempts failed. */
  | 'FAILED'
  /** Not started. */
  | 'PENDING'
  /** The command was issued; no reply yet. */
  | 'RUNNING'
  /** Not executed, because an earlier step failed. */
  | 'SKIPPED'
  /** Waits for the buyer, the provider or an administrator. */
  | 'WAITING';

/** Numbers about sales of a listing or partner. */
export type SalesStatistics = {
  __typename?: 'SalesStatistics';
  /**
   * Amount sold, before refunds and cancellations, of all paid orders: one amount for each currency, at most 200. Currencies
   * without sales are left out.
   */
  gross: Array<Money>;
  /** Number of paid orders, without canceled ones. */
  orders: Scalars['Int']['output'];
  /** Number of redeemed tokens. */
  redeemed: Scalars['Int']['output'];
  /**
   * Amount refunded: one amount for each currency, at most 200. A refund is that of canceled units first; the rest is divided
   * among the order's other units in proportion to their prices. It counts for the day of the order.
   */
  refunded: Array<Money>;
  /** Number of units sold, without canceled ones. */
  units: Scalars['Int']['output'];
  /** Number of tokens that are not revoked, with redeemed ones. */
  validTokens: Scalars['Int']['output'];
};

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

/** A parcel that a seller handed to a carrier. Readable by the order's buyer, the seller and orders:manage. */
export type Shipment = {
  __typename?: 'Shipment';
  /** The carrier, as the seller named it. */
  carrier: Scalars['String']['output'];
  /** TypeID with the prefix shipment. */
  id: Scalars['ID']['output'];
  /** Contents, one entry for each line; at most 100. */
  items: Array<ShipmentItem>;
  /** Time at which the seller recorded it. */
  shippedAt: Scalars['DateTime']['output'];
  /** The carrier's number of the parcel; null without one, and once the buyer's account has been deleted. */
  trackingNumber: Maybe<Scalars['String']['output']>;
  /**
   * The carrier's page that shows where the parcel is, https. Null without a tracking number, and for carriers other than DHL,
   * DPD, UPS, FedEx, USPS, Royal Mail, La Poste and Colissimo.
   */
  trackingUrl: Maybe<Scalars['URL']['output']>;
};

/** Units of one line in a shipment. */
export type ShipmentItem = {
  __typename?: 'ShipmentItem';
  /** The line. */
  item: OrderItem;
  /** Number of units, 1 or more. */
  quantity: Scalars['Int']['output'];
};

/** Result of markShipped. */
export type ShipmentPayload = {
  __typename?: 'ShipmentPayload';
  /** Whether the idempotency key was already used. */
  replayed: Scalars['Boolean']['output'];
  /** The shipment; null if it was refused. */
  shipment: Maybe<Shipment>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type Subscription = {
  __typename?: 'Subscription';
  /**
   * A checkout, first as it is now, then after each change; the stream ends once it has ended. For its buyer and
   * orders:manage; FORBIDDEN to others, also for an unknown id.
   */
  checkoutUpdated: Checkout;
  /**
   * An order, first as it is now, then after each change of it, its checkout, tokens or history. For its buyer and
   * orders:manage; FORBIDDEN to others, also for an unknown id.
   */
  orderUpdated: Order;
};


/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type SubscriptionCheckoutUpdatedArgs = {
  id: Scalars['ID']['input'];
};


/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type SubscriptionOrderUpdatedArgs = {
  id: Scalars['ID']['input'];
};

/** The token was redeemed before. */
export type TokenAlreadyRedeemedError = UserError & {
  __typename?: 'TokenAlreadyRedeemedError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Time of the redemption; null if it is not known. */
  redeemedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Kinds of purchase tokens. */
export type TokenKind =
  /** A license of an app (LIC-). */
  | 'LICENCE'
  /** Admission to an event (TKT-). */
  | 'TICKET'
  /** A place on a tour (TPT-). */
  | 'TOUR';

/** The token is not valid yet (TOKEN_NOT_YET_VALID), or no longer (TOKEN_EXPIRED). */
export type TokenPeriodError = UserError & {
  __typename?: 'TokenPeriodError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** From when it can be redeemed; null if there is no earliest time. */
  validFrom: Maybe<Scalars['DateTime']['output']>;
  /** Until when it can be redeemed; null if there is no latest time. */
  validUntil: Maybe<Scalars['DateTime']['output']>;
};

/** States of a purchase token. */
export type TokenStatus =
  /** Can be redeemed. */
  | 'ACTIVE'
  /** Was redeemed. Final. */
  | 'REDEEMED'
  /** Revoked, for example because the order was canceled. Final. */
  | 'REVOKED'
  /** Offered to another user; cannot be redeemed until the transfer is accepted or withdrawn. */
  | 'TRANSFER_PENDING';

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

/** The limit of guest carts from the caller's network address (IPv6: a /64) is reached. */
export type TooManyCartsError = UserError & {
  __typename?: 'TooManyCartsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Number of guest carts that one network may create within an hour, or have at once; the message says which. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Latest time at which another cart can be created. */
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

/**
 * The buyer has reached the maximum number of open checkouts (CHECKOUT_MAX_OPEN_PER_BUYER; default 10).
 * Pay one, cancel one (cancelCheckout), or wait until one ends.
 */
export type TooManyOpenCheckoutsError = UserError & {
  __typename?: 'TooManyOpenCheckoutsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of open checkouts of one buyer. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Number of open checkouts of the buyer. */
  open: Scalars['Int']['output'];
};

/** Result of uploadScans. */
export type UploadScansPayload = {
  __typename?: 'UploadScansPayload';
  /** One result for each scan, in their order; empty if the upload was refused. */
  results: Array<OfflineScanResult>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** The user's own cart; null if they have none yet. Private: FORBIDDEN to others without orders:manage. */
  cart: Maybe<Cart>;
  /** TypeID with the prefix user. */
  id: Scalars['ID']['output'];
  /** Tokens that others offer to the user, newest first: accept with acceptTokenTransfer. Private. */
  offeredTokens: Maybe<Array<PurchaseToken>>;
  /** The user's orders, newest first. Private: FORBIDDEN to others without orders:manage. */
  orders: Maybe<OrderConnection>;
  /**
   * Numbers about the user's purchases, also while they are being made. For the user and analytics:read. SERVICE_UNAVAILABLE
   * while they are computed for orders from before an upgrade.
   */
  purchaseStatistics: Maybe<PurchaseStatistics>;
  /** Tokens that the user holds, newest first. Private: FORBIDDEN to others without orders:manage. */
  tokens: Maybe<Array<PurchaseToken>>;
};


/** A person with an account. */
export type UserOfferedTokensArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person with an account. */
export type UserOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<OrderStatus>;
};


/** A person with an account. */
export type UserTokensArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind: InputMaybe<TokenKind>;
  status: InputMaybe<TokenStatus>;
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
  CancelItemInput: CancelItemInput;
  Cart: ResolverTypeWrapper<CartEntity>;
  CartItem: ResolverTypeWrapper<CartItemEntity>;
  CartItemInput: CartItemInput;
  CartPayload: ResolverTypeWrapper<Omit<CartPayload, 'cart' | 'userErrors'> & { cart?: Maybe<ResolversTypes['Cart']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Checkout: ResolverTypeWrapper<SagaEntity>;
  CheckoutConnection: ResolverTypeWrapper<CheckoutConnectionModel>;
  CheckoutEdge: ResolverTypeWrapper<Omit<CheckoutEdge, 'node'> & { node: ResolversTypes['Checkout'] }>;
  CheckoutFailureCount: ResolverTypeWrapper<CheckoutFailureCountModel>;
  CheckoutInput: CheckoutInput;
  CheckoutPayload: ResolverTypeWrapper<Omit<CheckoutPayload, 'checkout' | 'userErrors'> & { checkout?: Maybe<ResolversTypes['Checkout']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CheckoutStatus: CheckoutStatus;
  CreateOrderInput: CreateOrderInput;
  DailySales: ResolverTypeWrapper<Omit<DailySales, 'gross'> & { gross: Array<ResolversTypes['Money']> }>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  EndCheckoutsPayload: ResolverTypeWrapper<Omit<EndCheckoutsPayload, 'checkouts' | 'userErrors'> & { checkouts: Array<ResolversTypes['Checkout']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ErrorCode: ErrorCode;
  EventSeat: ResolverTypeWrapper<Reference>;
  GateCode: ResolverTypeWrapper<GateCode>;
  GateCodeStatus: GateCodeStatus;
  GateManifest: ResolverTypeWrapper<GateManifestModel>;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LineToShip: ResolverTypeWrapper<LineToShipModel>;
  Listing: ResolverTypeWrapper<Reference>;
  ListingSales: ResolverTypeWrapper<ListingTotals>;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotCancellableError: ResolverTypeWrapper<UserErrorData>;
  Offer: ResolverTypeWrapper<Reference>;
  OfflineScanInput: OfflineScanInput;
  OfflineScanOutcome: OfflineScanOutcome;
  OfflineScanResult: ResolverTypeWrapper<OfflineResult>;
  Order: ResolverTypeWrapper<OrderEntity>;
  OrderConnection: ResolverTypeWrapper<OrderConnectionModel>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderEventEntity>;
  OrderEventType: OrderEventType;
  OrderFilter: OrderFilter;
  OrderItem: ResolverTypeWrapper<OrderLineEntity>;
  OrderItemQuantityInput: OrderItemQuantityInput;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['UserError']> }>;
  OrderPaymentStatus: OrderPaymentStatus;
  OrderStatus: OrderStatus;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<Reference>;
  PaymentInput: PaymentInput;
  PaymentMethod: PaymentMethod;
  PlatformAnalytics: ResolverTypeWrapper<PlatformAnalyticsModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PriceChangedError: ResolverTypeWrapper<UserErrorData>;
  PurchaseStatistics: ResolverTypeWrapper<Omit<PurchaseStatistics, 'spent'> & { spent: Array<ResolversTypes['Money']> }>;
  PurchaseToken: ResolverTypeWrapper<TokenEntity>;
  PurchaseTokenPayload: ResolverTypeWrapper<Omit<PurchaseTokenPayload, 'token' | 'userErrors'> & { token?: Maybe<ResolversTypes['PurchaseToken']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RedeemTokenPayload: ResolverTypeWrapper<Omit<RedeemTokenPayload, 'token' | 'userErrors'> & { token?: Maybe<ResolversTypes['PurchaseToken']>, userErrors: Array<ResolversTypes['UserError']> }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SagaParticipant: SagaParticipant;
  SagaStep: ResolverTypeWrapper<StepState>;
  SagaStepName: SagaStepName;
  SagaStepStatus: SagaStepStatus;
  SalesStatistics: ResolverTypeWrapper<Omit<SalesStatistics, 'gross' | 'refunded'> & { gross: Array<ResolversTypes['Money']>, refunded: Array<ResolversTypes['Money']> }>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  Shipment: ResolverTypeWrapper<ShipmentEntity>;
  ShipmentItem: ResolverTypeWrapper<ShipmentItemEntity>;
  ShipmentPayload: ResolverTypeWrapper<Omit<ShipmentPayload, 'shipment' | 'userErrors'> & { shipment?: Maybe<ResolversTypes['Shipment']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TokenAlreadyRedeemedError: ResolverTypeWrapper<UserErrorData>;
  TokenKind: TokenKind;
  TokenPeriodError: ResolverTypeWrapper<UserErrorData>;
  TokenStatus: TokenStatus;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyCartsError: ResolverTypeWrapper<UserErrorData>;
  TooManyHoldsError: ResolverTypeWrapper<UserErrorData>;
  TooManyOpenCheckoutsError: ResolverTypeWrapper<UserErrorData>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UploadScansPayload: ResolverTypeWrapper<Omit<UploadScansPayload, 'results' | 'userErrors'> & { results: Array<ResolversTypes['OfflineScanResult']>, userErrors: Array<ResolversTypes['UserError']> }>;
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
  CancelItemInput: CancelItemInput;
  Cart: CartEntity;
  CartItem: CartItemEntity;
  CartItemInput: CartItemInput;
  CartPayload: Omit<CartPayload, 'cart' | 'userErrors'> & { cart?: Maybe<ResolversParentTypes['Cart']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Checkout: SagaEntity;
  CheckoutConnection: CheckoutConnectionModel;
  CheckoutEdge: Omit<CheckoutEdge, 'node'> & { node: ResolversParentTypes['Checkout'] };
  CheckoutFailureCount: CheckoutFailureCountModel;
  CheckoutInput: CheckoutInput;
  CheckoutPayload: Omit<CheckoutPayload, 'checkout' | 'userErrors'> & { checkout?: Maybe<ResolversParentTypes['Checkout']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateOrderInput: CreateOrderInput;
  DailySales: Omit<DailySales, 'gross'> & { gross: Array<ResolversParentTypes['Money']> };
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  EndCheckoutsPayload: Omit<EndCheckoutsPayload, 'checkouts' | 'userErrors'> & { checkouts: Array<ResolversParentTypes['Checkout']>, userErrors: Array<ResolversParentTypes['UserError']> };
  EventSeat: Reference;
  GateCode: GateCode;
  GateManifest: GateManifestModel;
  IdempotencyConflictError: UserErrorData;
  InputError: UserErrorData;
  InsufficientStockError: UserErrorData;
  JSON: Scalars['JSON']['output'];
  LineToShip: LineToShipModel;
  Listing: Reference;
  ListingSales: ListingTotals;
  MaxPerOrderError: UserErrorData;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotCancellableError: UserErrorData;
  Offer: Reference;
  OfflineScanInput: OfflineScanInput;
  OfflineScanResult: OfflineResult;
  Order: OrderEntity;
  OrderConnection: OrderConnectionModel;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderEventEntity;
  OrderFilter: OrderFilter;
  OrderItem: OrderLineEntity;
  OrderItemQuantityInput: OrderItemQuantityInput;
  OrderPayload: Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PageInfo: PageInfo;
  Partner: Reference;
  PaymentInput: PaymentInput;
  PlatformAnalytics: PlatformAnalyticsModel;
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
  Shipment: ShipmentEntity;
  ShipmentItem: ShipmentItemEntity;
  ShipmentPayload: Omit<ShipmentPayload, 'shipment' | 'userErrors'> & { shipment?: Maybe<ResolversParentTypes['Shipment']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Subscription: Record<PropertyKey, never>;
  TokenAlreadyRedeemedError: UserErrorData;
  TokenPeriodError: UserErrorData;
  TooManyAttemptsError: UserErrorData;
  TooManyCartsError: UserErrorData;
  TooManyHoldsError: UserErrorData;
  TooManyOpenCheckoutsError: UserErrorData;
  URL: Scalars['URL']['output'];
  UploadScansPayload: Omit<UploadScansPayload, 'results' | 'userErrors'> & { results: Array<ResolversParentTypes['OfflineScanResult']>, userErrors: Array<ResolversParentTypes['UserError']> };
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
  checkout?: Resolver<Maybe<ResolversTypes['Checkout']>, ParentType, ContextType>;
  currentTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['CartItem']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CartItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartItem'] = ResolversParentTypes['CartItem']> = {
  currentUnitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  heldUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<Maybe<ResolversTypes['EventSeat']>>, ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CartPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartPayload'] = ResolversParentTypes['CartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CheckoutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Checkout'] = ResolversParentTypes['Checkout'], FederationReferenceType extends FederationReferenceTypes['Checkout'] = FederationReferenceTypes['Checkout']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Checkout']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type CheckoutEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutEdge'] = ResolversParentTypes['CheckoutEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Checkout'], ParentType, ContextType>;
};

export type CheckoutFailureCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutFailureCount'] = ResolversParentTypes['CheckoutFailureCount']> = {
  checkouts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  step?: Resolver<Maybe<ResolversTypes['SagaStepName']>, ParentType, ContextType>;
};

export type CheckoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutPayload'] = ResolversParentTypes['CheckoutPayload']> = {
  checkout?: Resolver<Maybe<ResolversTypes['Checkout']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DailySalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DailySales'] = ResolversParentTypes['DailySales']> = {
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

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

export type GateCodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GateCode'] = ResolversParentTypes['GateCode']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['GateCodeStatus'], ParentType, ContextType>;
};

export type GateManifestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GateManifest'] = ResolversParentTypes['GateManifest']> = {
  codes?: Resolver<Array<ResolversTypes['GateCode']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  issued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  redeemed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revoked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verificationKeys?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
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

export type LineToShipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LineToShip'] = ResolversParentTypes['LineToShip']> = {
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paidAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sales?: Resolver<Maybe<ResolversTypes['SalesStatistics']>, ParentType, ContextType>;
};

export type ListingSalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingSales'] = ResolversParentTypes['ListingSales']> = {
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
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
  cancelOrderItems?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderItemsArgs, 'idempotencyKey' | 'items' | 'orderId' | 'reason'>>;
  checkout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationCheckoutArgs, 'input'>>;
  clearCart?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, Partial<MutationClearCartArgs>>;
  createOrder?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationCreateOrderArgs, 'input'>>;
  endCheckouts?: Resolver<ResolversTypes['EndCheckoutsPayload'], ParentType, ContextType, RequireFields<MutationEndCheckoutsArgs, 'userId'>>;
  markShipped?: Resolver<ResolversTypes['ShipmentPayload'], ParentType, ContextType, RequireFields<MutationMarkShippedArgs, 'carrier' | 'idempotencyKey' | 'items' | 'orderId'>>;
  mergeCart?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationMergeCartArgs, 'cartId'>>;
  offerTokenTransfer?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationOfferTokenTransferArgs, 'code' | 'toEmail'>>;
  redeemToken?: Resolver<ResolversTypes['RedeemTokenPayload'], ParentType, ContextType, RequireFields<MutationRedeemTokenArgs, 'code' | 'nonce'>>;
  removeCartItem?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationRemoveCartItemArgs, 'itemId'>>;
  resolveCheckout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationResolveCheckoutArgs, 'id' | 'note'>>;
  retryCheckout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationRetryCheckoutArgs, 'id'>>;
  revokeToken?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationRevokeTokenArgs, 'code' | 'reason'>>;
  updateCartItem?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationUpdateCartItemArgs, 'itemId' | 'quantity'>>;
  updateOrderStatus?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationUpdateOrderStatusArgs, 'id' | 'status'>>;
  uploadScans?: Resolver<ResolversTypes['UploadScansPayload'], ParentType, ContextType, RequireFields<MutationUploadScansArgs, 'listingId' | 'scans'>>;
  withdrawTokenTransfer?: Resolver<ResolversTypes['PurchaseTokenPayload'], ParentType, ContextType, RequireFields<MutationWithdrawTokenTransferArgs, 'tokenId'>>;
};

export type NotCancellableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotCancellableError'] = ResolversParentTypes['NotCancellableError']> = {
  cancellable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Offer'] = ResolversParentTypes['Offer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OfflineScanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfflineScanResult'] = ResolversParentTypes['OfflineScanResult']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nonce?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['OfflineScanOutcome'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['PurchaseToken']>, ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allowedTransitions?: Resolver<Array<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  checkout?: Resolver<ResolversTypes['Checkout'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['OrderEvent']>, ParentType, ContextType, RequireFields<OrderHistoryArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  paymentStatus?: Resolver<ResolversTypes['OrderPaymentStatus'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipments?: Resolver<Array<ResolversTypes['Shipment']>, ParentType, ContextType, RequireFields<OrderShipmentsArgs, 'first'>>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  tokens?: Resolver<Array<ResolversTypes['PurchaseToken']>, ParentType, ContextType, RequireFields<OrderTokensArgs, 'first'>>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
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
  type?: Resolver<ResolversTypes['OrderEventType'], ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  cancellableQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cancelledQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<Maybe<ResolversTypes['EventSeat']>>, ParentType, ContextType, RequireFields<OrderItemSeatsArgs, 'first'>>;
  shippedQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  linesToShip?: Resolver<Maybe<Array<ResolversTypes['LineToShip']>>, ParentType, ContextType, RequireFields<PartnerLinesToShipArgs, 'first'>>;
  sales?: Resolver<Maybe<ResolversTypes['SalesStatistics']>, ParentType, ContextType, Partial<PartnerSalesArgs>>;
};

export type PlatformAnalyticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlatformAnalytics'] = ResolversParentTypes['PlatformAnalytics']> = {
  byDay?: Resolver<Array<ResolversTypes['DailySales']>, ParentType, ContextType>;
  checkoutFailures?: Resolver<Array<ResolversTypes['CheckoutFailureCount']>, ParentType, ContextType>;
  checkoutP50Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  checkoutP99Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  completedOrders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conversion?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  failedCheckouts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  redeemed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refunded?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  topListings?: Resolver<Array<ResolversTypes['ListingSales']>, ParentType, ContextType, RequireFields<PlatformAnalyticsTopListingsArgs, 'limit'>>;
  validTokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  calendarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TokenKind'], ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
  offeredTo?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  purchasePrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  purchasedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  qrCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  redeemedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seat?: Resolver<Maybe<ResolversTypes['EventSeat']>, ParentType, ContextType>;
  signedPayload?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TokenStatus'], ParentType, ContextType>;
  ticketPdfUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PurchaseTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseTokenPayload'] = ResolversParentTypes['PurchaseTokenPayload']> = {
  token?: Resolver<Maybe<ResolversTypes['PurchaseToken']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, Partial<QueryCartArgs>>;
  checkout?: Resolver<Maybe<ResolversTypes['Checkout']>, ParentType, ContextType, Partial<QueryCheckoutArgs>>;
  checkouts?: Resolver<ResolversTypes['CheckoutConnection'], ParentType, ContextType, RequireFields<QueryCheckoutsArgs, 'first'>>;
  gateManifest?: Resolver<Maybe<ResolversTypes['GateManifest']>, ParentType, ContextType, RequireFields<QueryGateManifestArgs, 'listingId'>>;
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
  participant?: Resolver<ResolversTypes['SagaParticipant'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SagaStepStatus'], ParentType, ContextType>;
};

export type SalesStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesStatistics'] = ResolversParentTypes['SalesStatistics']> = {
  gross?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  redeemed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refunded?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  validTokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeatUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatUnavailableError'] = ResolversParentTypes['SeatUnavailableError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment']> = {
  carrier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['ShipmentItem']>, ParentType, ContextType>;
  shippedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type ShipmentItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShipmentItem'] = ResolversParentTypes['ShipmentItem']> = {
  item?: Resolver<ResolversTypes['OrderItem'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ShipmentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShipmentPayload'] = ResolversParentTypes['ShipmentPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  shipment?: Resolver<Maybe<ResolversTypes['Shipment']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  checkoutUpdated?: SubscriptionResolver<ResolversTypes['Checkout'], "checkoutUpdated", ParentType, ContextType, RequireFields<SubscriptionCheckoutUpdatedArgs, 'id'>>;
  orderUpdated?: SubscriptionResolver<ResolversTypes['Order'], "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
};

export type TokenAlreadyRedeemedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenAlreadyRedeemedError'] = ResolversParentTypes['TokenAlreadyRedeemedError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  redeemedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TokenPeriodErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenPeriodError'] = ResolversParentTypes['TokenPeriodError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type TooManyHoldsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyHoldsError'] = ResolversParentTypes['TooManyHoldsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type UploadScansPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadScansPayload'] = ResolversParentTypes['UploadScansPayload']> = {
  results?: Resolver<Array<ResolversTypes['OfflineScanResult']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offeredTokens?: Resolver<Maybe<Array<ResolversTypes['PurchaseToken']>>, ParentType, ContextType, RequireFields<UserOfferedTokensArgs, 'first'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<UserOrdersArgs, 'first'>>;
  purchaseStatistics?: Resolver<Maybe<ResolversTypes['PurchaseStatistics']>, ParentType, ContextType>;
  tokens?: Resolver<Maybe<Array<ResolversTypes['PurchaseToken']>>, ParentType, ContextType, RequireFields<UserTokensArgs, 'first'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'NotCancellableError' | 'PriceChangedError' | 'SeatUnavailableError' | 'TokenAlreadyRedeemedError' | 'TokenPeriodError' | 'TooManyAttemptsError' | 'TooManyCartsError' | 'TooManyHoldsError' | 'TooManyOpenCheckoutsError', ParentType, ContextType>;
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
  CheckoutFailureCount?: CheckoutFailureCountResolvers<ContextType>;
  CheckoutPayload?: CheckoutPayloadResolvers<ContextType>;
  DailySales?: DailySalesResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  EndCheckoutsPayload?: EndCheckoutsPayloadResolvers<ContextType>;
  EventSeat?: EventSeatResolvers<ContextType>;
  GateCode?: GateCodeResolvers<ContextType>;
  GateManifest?: GateManifestResolvers<ContextType>;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  InputError?: InputErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  LineToShip?: LineToShipResolvers<ContextType>;
  Listing?: ListingResolvers<ContextType>;
  ListingSales?: ListingSalesResolvers<ContextType>;
  MaxPerOrderError?: MaxPerOrderErrorResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotCancellableError?: NotCancellableErrorResolvers<ContextType>;
  Offer?: OfferResolvers<ContextType>;
  OfflineScanResult?: OfflineScanResultResolvers<ContextType>;
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
  Shipment?: ShipmentResolvers<ContextType>;
  ShipmentItem?: ShipmentItemResolvers<ContextType>;
  ShipmentPayload?: ShipmentPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TokenAlreadyRedeemedError?: TokenAlreadyRedeemedErrorResolvers<ContextType>;
  TokenPeriodError?: TokenPeriodErrorResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyCartsError?: TooManyCartsErrorResolvers<ContextType>;
  TooManyHoldsError?: TooManyHoldsErrorResolvers<ContextType>;
  TooManyOpenCheckoutsError?: TooManyOpenCheckoutsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UploadScansPayload?: UploadScansPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
