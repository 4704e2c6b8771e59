/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AvailabilityStatus =
  | 'IN_STOCK'
  | 'LOW_STOCK'
  /** The listing is not published, its seller is suspended, or the sale has not begun or has ended. */
  | 'NOT_ON_SALE'
  | 'SOLD_OUT';

export type CartItemInput = {
  /** One of offerId and upc. */
  offerId?: string | null | undefined;
  quantity?: number | null | undefined;
  /** One for each unit of a seated offer. */
  seatIds?: Array<string> | null | undefined;
  /** At most 200 characters. */
  upc?: string | null | undefined;
};

export type CheckoutInput = {
  /** Default: the caller's own cart. */
  cartId?: string | null | undefined;
  /** Fails with PriceChangedError if the quote differs. */
  expectedTotal?: MoneyInput | null | undefined;
  /** The same key again returns the same checkout. At most 200 characters. */
  idempotencyKey: string;
  payment: PaymentInput;
  /** Required if a line is SHIPMENT (ADDRESS_REQUIRED). An address of another user fails VALIDATE_USER with NOT_FOUND. */
  shippingAddressId?: string | null | undefined;
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

/** Output only: each subgraph lists the codes that it returns. */
export type ErrorCode =
  | 'ACCOUNT_SUSPENDED'
  | 'ADDRESS_REQUIRED'
  | 'AMOUNT_MISMATCH'
  | 'BAD_CREDENTIALS'
  | 'BLOCKED'
  | 'CANNOT_FOLLOW_SELF'
  | 'CART_EMPTY'
  | 'CART_LOCKED'
  | 'CONFLICT'
  | 'CURRENCY_MISMATCH'
  | 'EMAIL_TAKEN'
  | 'IDEMPOTENCY_CONFLICT'
  | 'ILLEGAL_TRANSITION'
  | 'INSUFFICIENT_BALANCE'
  | 'INSUFFICIENT_STOCK'
  | 'INVALID'
  | 'IN_USE'
  | 'LAST_ADMIN'
  | 'MAX_PER_ORDER'
  | 'MFA_INVALID'
  | 'MFA_REQUIRED'
  | 'NOT_CANCELLABLE'
  | 'NOT_FOUND'
  | 'NOT_ON_SALE'
  | 'NOT_OWNER'
  | 'NOT_REFUNDABLE'
  | 'PARTNER_NOT_VERIFIED'
  | 'PAYMENT_DECLINED'
  | 'PAYMENT_EXPIRED'
  | 'PRICE_CHANGED'
  | 'PROVIDER_UNAVAILABLE'
  | 'REFUND_EXCEEDS_PAYMENT'
  | 'SEAT_REQUIRED'
  | 'SEAT_UNAVAILABLE'
  | 'SERVICE_UNAVAILABLE'
  | 'SLUG_TAKEN'
  | 'STALE_WRITE'
  | 'TEMPLATE_INVALID'
  | 'TOKEN_ALREADY_REDEEMED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'TOKEN_REUSED'
  | 'TOKEN_REVOKED'
  | 'TOKEN_UNKNOWN'
  /**
   * Too many cards of the buyer, or from their network address, were declined within an hour, or too many of the buyer's
   * checkouts failed.
   */
  | 'TOO_MANY_ATTEMPTS'
  /** Too many guest carts were created from the caller's network address. */
  | 'TOO_MANY_CARTS'
  | 'TOO_MANY_FOLLOWS'
  /** Too many seats of an offer are held from the caller's network. A checkout needs no hold. */
  | 'TOO_MANY_HOLDS'
  | 'TOO_MANY_OPEN_CHECKOUTS'
  | 'UPC_TAKEN'
  | 'USER_NOT_ELIGIBLE'
  | 'WEAK_PASSWORD'
  | 'WRONG_LISTING';

/** How a unit is fulfilled. */
export type Fulfilment =
  | 'LICENCE'
  | 'SHIPMENT'
  | 'TICKET'
  | 'TOUR_TOKEN';

export type ListingFilter = {
  availableOnly?: boolean | null | undefined;
  categoryId?: string | null | undefined;
  /** At most 200 characters. */
  city?: string | null | undefined;
  kinds?: Array<ListingKind> | null | undefined;
  partnerId?: string | null | undefined;
  priceMax?: MoneyInput | null | undefined;
  priceMin?: MoneyInput | null | undefined;
  /** Words, with stemming and tolerance for misspelling. At most 200 characters. */
  search?: string | null | undefined;
  startsAfter?: string | null | undefined;
  startsBefore?: string | null | undefined;
  /** Statuses other than PUBLISHED require catalog:manage or ownership. */
  status?: ListingStatus | null | undefined;
  /** Each has at most 200 characters. */
  tags?: Array<string> | null | undefined;
};

export type ListingKind =
  | 'APP'
  | 'EVENT'
  | 'PRODUCT'
  | 'TOUR';

export type ListingStatus =
  | 'ARCHIVED'
  | 'DRAFT'
  | 'PUBLISHED';

export type MoneyInput = {
  amount: number;
  /** At most 3 characters. */
  currency: string;
};

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

export type PaymentInput = {
  /** A method that needs more time than remains (Checkout.expiresAt) fails PROCESS_PAYMENT with PAYMENT_EXPIRED: BANK_TRANSFER needs an hour, VIRTUAL_ACCOUNT 15 minutes, E_WALLET 5. */
  method: PaymentMethod;
  /** A Stripe payment method (pm_...): confirmed at once. Without it a CREDIT_CARD payment waits for the client to confirm with its client secret. At most 300 characters. */
  paymentMethodToken?: string | null | undefined;
  /** At most 2,000 characters. */
  returnUrl?: string | null | undefined;
};

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CREDIT_CARD'
  | 'E_WALLET'
  | 'VIRTUAL_ACCOUNT';

export type RegisterInput = {
  /** At most 100 characters. */
  displayName?: string | null | undefined;
  /** At most 254 characters. */
  email: string;
  /** At most 100 characters. */
  firstName: string;
  /** Empty for a person with one name. At most 100 characters. */
  lastName: string;
  /** A BCP 47 language tag: `pt-BR`; `pt_BR` is understood. At most 60 characters. */
  locale?: string | null | undefined;
  /** At most 1,000 characters. */
  password: string;
  /** At most 60 characters. */
  timeZone?: string | null | undefined;
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

export type TokenKind =
  | 'LICENCE'
  | 'TICKET'
  | 'TOUR';

export type CheckoutMutationVariables = Exact<{
  input: CheckoutInput;
}>;


export type CheckoutMutation = { checkout: { checkout: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: string, status: SagaStepStatus }>, failure:
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
        | { code: ErrorCode, message: string, field: Array<string> | null }
       | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string, kind: TokenKind }> } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
    > } };

export type CheckoutNowQueryVariables = Exact<{
  id: string;
}>;


export type CheckoutNowQuery = { checkout: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: string, status: SagaStepStatus }>, failure:
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
     | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string, kind: TokenKind }> } } | null };

export type CheckoutUpdatedSubscriptionVariables = Exact<{
  id: string;
}>;


export type CheckoutUpdatedSubscription = { checkoutUpdated: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: string, status: SagaStepStatus }>, failure:
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
     | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string, kind: TokenKind }> } } };

export type CheckoutProgressFragment = { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: string, status: SagaStepStatus }>, failure:
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
   | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string, kind: TokenKind }> } };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register: { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, mfaChallenge: string | null, user: { id: string, displayName: string } | null, userErrors: Array<
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
    > } };

export type LoginMutationVariables = Exact<{
  email: string;
  password: string;
}>;


export type LoginMutation = { login: { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, mfaChallenge: string | null, user: { id: string, displayName: string } | null, userErrors: Array<
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
    > } };

export type RefreshSessionMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshSessionMutation = { refreshSession: { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, mfaChallenge: string | null, user: { id: string, displayName: string } | null, userErrors: Array<
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
    > } };

export type SignedInFragment = { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, mfaChallenge: string | null, user: { id: string, displayName: string } | null, userErrors: Array<
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
    | { code: ErrorCode, message: string, field: Array<string> | null }
  > };

type Refusal_IdempotencyConflictError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_InputError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_InsufficientStockError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_MaxPerOrderError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_PaymentDeclinedError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_PriceChangedError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_RefundExceedsPaymentError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_SeatUnavailableError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyAttemptsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyCartsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyFollowsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyOpenCheckoutsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

export type RefusalFragment =
  | Refusal_IdempotencyConflictError_Fragment
  | Refusal_InputError_Fragment
  | Refusal_InsufficientStockError_Fragment
  | Refusal_MaxPerOrderError_Fragment
  | Refusal_PaymentDeclinedError_Fragment
  | Refusal_PriceChangedError_Fragment
  | Refusal_RefundExceedsPaymentError_Fragment
  | Refusal_SeatUnavailableError_Fragment
  | Refusal_TooManyAttemptsError_Fragment
  | Refusal_TooManyCartsError_Fragment
  | Refusal_TooManyFollowsError_Fragment
  | Refusal_TooManyOpenCheckoutsError_Fragment
;

export type ListingsQueryVariables = Exact<{
  filter?: ListingFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListingsQuery = { listings: { nodes: Array<
      | { id: string, slug: string, kind: ListingKind, title: string, offers: Array<{ id: string, title: string, fulfilment: Fulfilment, seated: boolean, price: { amount: number, currency: string, formatted: string }, availability: { status: AvailabilityStatus, available: number | null } }> }
      | { id: string, slug: string, kind: ListingKind, title: string, offers: Array<{ id: string, title: string, fulfilment: Fulfilment, seated: boolean, price: { amount: number, currency: string, formatted: string }, availability: { status: AvailabilityStatus, available: number | null } }> }
      | { id: string, slug: string, kind: ListingKind, title: string, offers: Array<{ id: string, title: string, fulfilment: Fulfilment, seated: boolean, price: { amount: number, currency: string, formatted: string }, availability: { status: AvailabilityStatus, available: number | null } }> }
      | { id: string, slug: string, kind: ListingKind, title: string, offers: Array<{ id: string, title: string, fulfilment: Fulfilment, seated: boolean, price: { amount: number, currency: string, formatted: string }, availability: { status: AvailabilityStatus, available: number | null } }> }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OfferForSaleFragment = { id: string, title: string, fulfilment: Fulfilment, seated: boolean, price: { amount: number, currency: string, formatted: string }, availability: { status: AvailabilityStatus, available: number | null } };

export type AddToCartMutationVariables = Exact<{
  item: CartItemInput;
  cartId?: string | null | undefined;
}>;


export type AddToCartMutation = { addToCart: { cart: { id: string, itemCount: number, total: { amount: number, currency: string, formatted: string } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
      | { code: ErrorCode, message: string, field: Array<string> | null }
    > } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  field
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const CheckoutProgressFragmentDoc = new TypedDocumentString(`
    fragment CheckoutProgress on Checkout {
  id
  transactionId
  status
  currentStep
  steps {
    name
    participant
    status
  }
  failure {
    ...Refusal
  }
  order {
    id
    number
    status
    total {
      amount
      currency
      formatted
    }
    tokens {
      id
      code
      kind
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  field
}`, {"fragmentName":"CheckoutProgress"}) as unknown as TypedDocumentString<CheckoutProgressFragment, unknown>;
export const SignedInFragmentDoc = new TypedDocumentString(`
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  mfaChallenge
  user {
    id
    displayName
  }
  userErrors {
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
  field
}`, {"fragmentName":"SignedIn"}) as unknown as TypedDocumentString<SignedInFragment, unknown>;
export const OfferForSaleFragmentDoc = new TypedDocumentString(`
    fragment OfferForSale on Offer {
  id
  title
  fulfilment
  seated
  price {
    amount
    currency
    formatted
  }
  availability {
    status
    available
  }
}
    `, {"fragmentName":"OfferForSale"}) as unknown as TypedDocumentString<OfferForSaleFragment, unknown>;
export const CheckoutDocument = new TypedDocumentString(`
    mutation Checkout($input: CheckoutInput!) {
  checkout(input: $input) {
    checkout {
      ...CheckoutProgress
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment CheckoutProgress on Checkout {
  id
  transactionId
  status
  currentStep
  steps {
    name
    participant
    status
  }
  failure {
    ...Refusal
  }
  order {
    id
    number
    status
    total {
      amount
      currency
      formatted
    }
    tokens {
      id
      code
      kind
    }
  }
}
fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CheckoutMutation, CheckoutMutationVariables>;
export const CheckoutNowDocument = new TypedDocumentString(`
    query CheckoutNow($id: ID!) {
  checkout(id: $id) {
    ...CheckoutProgress
  }
}
    fragment CheckoutProgress on Checkout {
  id
  transactionId
  status
  currentStep
  steps {
    name
    participant
    status
  }
  failure {
    ...Refusal
  }
  order {
    id
    number
    status
    total {
      amount
      currency
      formatted
    }
    tokens {
      id
      code
      kind
    }
  }
}
fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CheckoutNowQuery, CheckoutNowQueryVariables>;
export const CheckoutUpdatedDocument = new TypedDocumentString(`
    subscription CheckoutUpdated($id: ID!) {
  checkoutUpdated(id: $id) {
    ...CheckoutProgress
  }
}
    fragment CheckoutProgress on Checkout {
  id
  transactionId
  status
  currentStep
  steps {
    name
    participant
    status
  }
  failure {
    ...Refusal
  }
  order {
    id
    number
    status
    total {
      amount
      currency
      formatted
    }
    tokens {
      id
      code
      kind
    }
  }
}
fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CheckoutUpdatedSubscription, CheckoutUpdatedSubscriptionVariables>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ...SignedIn
  }
}
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  mfaChallenge
  user {
    id
    displayName
  }
  userErrors {
    ...Refusal
  }
}
fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($email: EmailAddress!, $password: String!) {
  login(email: $email, password: $password) {
    ...SignedIn
  }
}
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  mfaChallenge
  user {
    id
    displayName
  }
  userErrors {
    ...Refusal
  }
}
fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) {
    ...SignedIn
  }
}
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  mfaChallenge
  user {
    id
    displayName
  }
  userErrors {
    ...Refusal
  }
}
fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const ListingsDocument = new TypedDocumentString(`
    query Listings($filter: ListingFilter, $first: Int = 20, $after: String) {
  listings(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      slug
      kind
      title
      offers {
        ...OfferForSale
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment OfferForSale on Offer {
  id
  title
  fulfilment
  seated
  price {
    amount
    currency
    formatted
  }
  availability {
    status
    available
  }
}`) as unknown as TypedDocumentString<ListingsQuery, ListingsQueryVariables>;
export const AddToCartDocument = new TypedDocumentString(`
    mutation AddToCart($item: CartItemInput!, $cartId: ID) {
  addToCart(item: $item, cartId: $cartId) {
    cart {
      id
      itemCount
      total {
        amount
        currency
        formatted
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<AddToCartMutation, AddToCartMutationVariables>;