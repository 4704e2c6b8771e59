/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** An offer to buy, named by exactly one of offerId and upc. */
export type CartItemInput = {
  /** TypeID of the offer. */
  offerId?: string | null | undefined;
  /** Number of units, 1 to the offer's maxPerOrder; default 1. */
  quantity?: number | null | undefined;
  /** For a seated offer one seat for each unit (SEAT_REQUIRED otherwise), at most 100; leave out for other offers. */
  seatIds?: Array<string> | null | undefined;
  /** The offer's universal product code. At most 200 characters. */
  upc?: string | null | undefined;
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
  expectedTotal?: MoneyInput | null | undefined;
  /** The same key again within 24 hours returns the same checkout. 1 to 200 visible characters: at most 200 characters. */
  idempotencyKey: string;
  /** What to buy, 1 to 100 items. */
  items: Array<CartItemInput>;
  /** How the buyer pays. */
  payment: PaymentInput;
  /**
   * TypeID of an address of the buyer. Required if a line is SHIPMENT (ADDRESS_REQUIRED). An address of another user
   * fails VALIDATE_USER with NOT_FOUND.
   */
  shippingAddressId?: string | null | undefined;
};

/** Kinds of expected refusals, for programs. Output only. Each mutation's description lists the codes that it returns. */
export type ErrorCode =
  /** The account is suspended. */
  | 'ACCOUNT_SUSPENDED'
  /** An item is shipped and the input names no shipping address. */
  | 'ADDRESS_REQUIRED'
  /** The amount or currency differs from the payment's. */
  | 'AMOUNT_MISMATCH'
  /** Wrong e-mail address or password; the answer does not say which. */
  | 'BAD_CREDENTIALS'
  /** One of the two users has blocked the other. */
  | 'BLOCKED'
  /** Nobody can follow themselves. */
  | 'CANNOT_FOLLOW_SELF'
  /** The cart has no items. */
  | 'CART_EMPTY'
  /** A checkout of the cart is running. */
  | 'CART_LOCKED'
  /** The state of the object, or of something that depends on it, does not allow the change now. */
  | 'CONFLICT'
  /** The items, or the expected total, have different currencies. */
  | 'CURRENCY_MISMATCH'
  /** The e-mail address already has an account. */
  | 'EMAIL_TAKEN'
  /** The idempotency key was used within the last 24 hours with other arguments (IdempotencyConflictError). */
  | 'IDEMPOTENCY_CONFLICT'
  /** The status does not allow this change. */
  | 'ILLEGAL_TRANSITION'
  /** More than what the platform owes the partner in this currency. */
  | 'INSUFFICIENT_BALANCE'
  /** Fewer units are available than requested (InsufficientStockError). */
  | 'INSUFFICIENT_STOCK'
  /** An argument or input field breaks a rule; the message says which. */
  | 'INVALID'
  /** Others refer to the object, so it cannot be deleted (CategoryInUseError for a category). */
  | 'IN_USE'
  /** The change would leave no active administrator. */
  | 'LAST_ADMIN'
  /** More units of an offer than one buyer may hold unpaid (MaxPerOrderError). */
  | 'MAX_PER_ORDER'
  /** The code of the second factor is wrong, was used before, or no factor is enrolled. */
  | 'MFA_INVALID'
  /** The action needs a second factor verified within the last ten minutes: see elevateSession. */
  | 'MFA_REQUIRED'
  /** The order was shipped, or one of its tokens was redeemed. */
  | 'NOT_CANCELLABLE'
  /** The object does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The offer cannot be bought now: outside its sales period, or its listing is not published. */
  | 'NOT_ON_SALE'
  /** The caller may see the object, but not change or use it. */
  | 'NOT_OWNER'
  /** Nothing can be refunded: not paid, nothing left, being reverted, or disputed. */
  | 'NOT_REFUNDABLE'
  /** The caller has no purchase of the listing that allows a review of it. */
  | 'NOT_VERIFIED_BUYER'
  /** The caller sells nothing: neither a verified partner nor catalog:manage. */
  | 'PARTNER_NOT_VERIFIED'
  /** The response of the passkey does not verify: of another site, user or ceremony, or its counter went back. */
  | 'PASSKEY_INVALID'
  /** The provider or the card's bank declined the payment. */
  | 'PAYMENT_DECLINED'
  /** The payment was not made in time, or too little time remains for its method. */
  | 'PAYMENT_EXPIRED'
  /** The quote differs from expectedTotal (PriceChangedError). */
  | 'PRICE_CHANGED'
  /** The card provider cannot be reached. Try again later. */
  | 'PROVIDER_UNAVAILABLE'
  /** More than what is left to refund (RefundExceedsPaymentError). */
  | 'REFUND_EXCEEDS_PAYMENT'
  /** A seated offer needs exactly one seat for each unit. */
  | 'SEAT_REQUIRED'
  /** A seat is sold, blocked, or held by somebody else (SeatUnavailableError). */
  | 'SEAT_UNAVAILABLE'
  /** In Checkout.failure: a participant could not be reached after all attempts. Try again later. */
  | 'SERVICE_UNAVAILABLE'
  /** Another object of this kind has the slug. */
  | 'SLUG_TAKEN'
  /** The listing or offer was changed since the revision that the caller expects (StaleWriteError). */
  | 'STALE_WRITE'
  /** The template does not parse, or uses an unknown variable; the message says where. */
  | 'TEMPLATE_INVALID'
  /** The token was redeemed before. */
  | 'TOKEN_ALREADY_REDEEMED'
  /** The token was valid until a time that has passed. */
  | 'TOKEN_EXPIRED'
  /** The token is valid from a later time. */
  | 'TOKEN_NOT_YET_VALID'
  /** The refresh token was used twice, so its session has ended. */
  | 'TOKEN_REUSED'
  /** The token was revoked. */
  | 'TOKEN_REVOKED'
  /** No purchase token has this code. */
  | 'TOKEN_UNKNOWN'
  /** Too many failures of late; TooManyAttemptsError says when to try again. */
  | 'TOO_MANY_ATTEMPTS'
  /** The caller blocks the maximum number of users (TooManyBlocksError). */
  | 'TOO_MANY_BLOCKS'
  /** Too many guest carts were created from the caller's network address. */
  | 'TOO_MANY_CARTS'
  /** The caller follows the maximum number of users (TooManyFollowsError). */
  | 'TOO_MANY_FOLLOWS'
  /** Too many seats are held by the buyer or from their network (TooManyHoldsError). A checkout needs no hold. */
  | 'TOO_MANY_HOLDS'
  /** The buyer has the maximum number of open checkouts (TooManyOpenCheckoutsError). */
  | 'TOO_MANY_OPEN_CHECKOUTS'
  /** The caller has reported the maximum number of reviews of late (TooManyReportsError). */
  | 'TOO_MANY_REPORTS'
  /** Too many pictures, or bytes of pictures, were uploaded within 24 hours. */
  | 'TOO_MANY_UPLOADS'
  /** Another offer has the universal product code. */
  | 'UPC_TAKEN'
  /** The buyer's account is unknown, suspended or deleted, or its e-mail address is not verified where that is required. */
  | 'USER_NOT_ELIGIBLE'
  /** The password is too short, too long or too easy to guess; the message names the weakness. */
  | 'WEAK_PASSWORD'
  /** The caller's wishlist has the maximum number of listings (WishlistFullError). */
  | 'WISHLIST_FULL'
  /** The token is for another listing. */
  | 'WRONG_LISTING';

/** An exact amount in the currency's minor unit. */
export type MoneyInput = {
  /** Number of minor units: 1250 EUR is 12.50 euros. */
  amount: number;
  /** ISO 4217 code. At most 3 characters. */
  currency: string;
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
  paymentMethodToken?: string | null | undefined;
  /**
   * Where the provider sends the buyer after an action of theirs: an http or https address without a password.
   * At most 2,000 characters.
   */
  returnUrl?: string | null | undefined;
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

/** Kinds of purchase tokens. */
export type TokenKind =
  /** A license of an app (LIC-). */
  | 'LICENCE'
  /** Admission to an event (TKT-). */
  | 'TICKET'
  /** A place on a tour (TPT-). */
  | 'TOUR';

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

export type CreateOrderMutationVariables = Exact<{
  input: CreateOrderInput;
}>;


export type CreateOrderMutation = { createOrder: { checkout: { id: string } | null, userErrors: Array<
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

export type CheckoutStateQueryVariables = Exact<{
  id: string;
}>;


export type CheckoutStateQuery = { checkout: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, expiresAt: string | null, startedAt: string, completedAt: string | null, steps: Array<{ name: SagaStepName, participant: SagaParticipant, status: SagaStepStatus, attempts: number, durationMs: number | null, error: string | null }>, compensations: Array<{ name: SagaStepName, participant: SagaParticipant, status: SagaStepStatus, attempts: number, durationMs: number | null }>, failure:
      | { __typename: 'CategoryInUseError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'InputError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', offerId: string, available: number, code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'MaxPerOrderError', offerId: string, maximum: number, held: number, code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'NotCancellableError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'PaymentDeclinedError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'PriceChangedError', code: ErrorCode, message: string, field: Array<string> | null, expected: { amount: number, currency: string }, actual: { amount: number, currency: string } }
      | { __typename: 'RefundExceedsPaymentError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'SeatUnavailableError', seatIds: Array<string>, code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'StaleWriteError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TokenAlreadyRedeemedError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TokenPeriodError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyBlocksError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyCartsError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyFollowsError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyHoldsError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyOpenCheckoutsError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TooManyReportsError', code: ErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'WishlistFullError', code: ErrorCode, message: string, field: Array<string> | null }
     | null, order: { id: string, number: string, status: OrderStatus, paymentStatus: OrderPaymentStatus, cancelReason: string | null, total: { amount: number, currency: string, formatted: string }, items: Array<{ title: string, quantity: number, unitPrice: { amount: number }, total: { amount: number }, tokens: Array<{ code: string | null }> }>, tokens: Array<{ id: string, code: string | null, kind: TokenKind, status: TokenStatus, signedPayload: string | null, qrCode: string | null, purchasePrice: { amount: number }, seat: { id: string } | null, listing:
          | { title: string }
          | { title: string }
          | { title: string }
          | { title: string }
         | null }>, payment: { id: string, status: PaymentStatus, amount: { amount: number }, refunded: { amount: number }, events: Array<{ type: PaymentEventType, source: PaymentEventSource }> } | null } } | null };

export type CheckoutStatusQueryVariables = Exact<{
  id: string;
}>;


export type CheckoutStatusQuery = { checkout: { status: CheckoutStatus } | null };

export type SetSystemSettingMutationVariables = Exact<{
  key: string;
  value: unknown;
}>;


export type SetSystemSettingMutation = { setSystemSetting: { setting: { key: string } | null, userErrors: Array<
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

export const CreateOrderDocument = new TypedDocumentString(`
    mutation CreateOrder($input: CreateOrderInput!) {
  createOrder(input: $input) {
    checkout {
      id
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<CreateOrderMutation, CreateOrderMutationVariables>;
export const CheckoutStateDocument = new TypedDocumentString(`
    query CheckoutState($id: ID!) {
  checkout(id: $id) {
    id
    transactionId
    status
    currentStep
    expiresAt
    startedAt
    completedAt
    steps {
      name
      participant
      status
      attempts
      durationMs
      error
    }
    compensations {
      name
      participant
      status
      attempts
      durationMs
    }
    failure {
      __typename
      code
      message
      field
      ... on InsufficientStockError {
        offerId
        available
      }
      ... on SeatUnavailableError {
        seatIds
      }
      ... on MaxPerOrderError {
        offerId
        maximum
        held
      }
      ... on PriceChangedError {
        expected {
          amount
          currency
        }
        actual {
          amount
          currency
        }
      }
    }
    order {
      id
      number
      status
      paymentStatus
      total {
        amount
        currency
        formatted
      }
      cancelReason
      items {
        title
        quantity
        unitPrice {
          amount
        }
        total {
          amount
        }
        tokens {
          code
        }
      }
      tokens {
        id
        code
        kind
        status
        signedPayload
        qrCode
        purchasePrice {
          amount
        }
        seat {
          id
        }
        listing {
          title
        }
      }
      payment {
        id
        status
        amount {
          amount
        }
        refunded {
          amount
        }
        events {
          type
          source
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CheckoutStateQuery, CheckoutStateQueryVariables>;
export const CheckoutStatusDocument = new TypedDocumentString(`
    query CheckoutStatus($id: ID!) {
  checkout(id: $id) {
    status
  }
}
    `) as unknown as TypedDocumentString<CheckoutStatusQuery, CheckoutStatusQueryVariables>;
export const SetSystemSettingDocument = new TypedDocumentString(`
    mutation SetSystemSetting($key: String!, $value: JSON!) {
  setSystemSetting(key: $key, value: $value) {
    setting {
      key
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SetSystemSettingMutation, SetSystemSettingMutationVariables>;