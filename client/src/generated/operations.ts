/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Whether an offer can be bought. */
export type AvailabilityStatus =
  /** Units are available. */
  | 'IN_STOCK'
  /** Fewer units are available than the setting catalog.lowStockThreshold (default 5). */
  | 'LOW_STOCK'
  /** The listing is not published, its seller is suspended, or the sale has not begun or has ended. */
  | 'NOT_ON_SALE'
  /** No units are available. */
  | 'SOLD_OUT';

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

/** A checkout of a cart. */
export type CheckoutInput = {
  /** TypeID of the cart: the caller's, or a guest's, which becomes theirs. Default: the caller's own cart. */
  cartId?: string | null | undefined;
  /** The total that the buyer saw: the saga fails with PriceChangedError if the quote differs. Null accepts any. */
  expectedTotal?: MoneyInput | null | undefined;
  /** The same key again within 24 hours returns the same checkout. 1 to 200 visible characters: at most 200 characters. */
  idempotencyKey: string;
  /** How the buyer pays. */
  payment: PaymentInput;
  /**
   * TypeID of an address of the buyer. Required if a line is SHIPMENT (ADDRESS_REQUIRED). An address of another user
   * fails VALIDATE_USER with NOT_FOUND.
   */
  shippingAddressId?: string | null | undefined;
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

/** How a unit is fulfilled. */
export type Fulfilment =
  /** A purchase token that is the license. */
  | 'LICENCE'
  /** Shipped to the buyer's address. */
  | 'SHIPMENT'
  /** A purchase token that admits to the event. */
  | 'TICKET'
  /** A purchase token for a place on the tour. */
  | 'TOUR_TOKEN';

/** Restricts a list of listings; all conditions must hold. A field that is null or absent does not restrict. */
export type ListingFilter = {
  /** True for listings with an offer that can be bought now. */
  availableOnly?: boolean | null | undefined;
  /** Only listings of this category and those below it; an unknown id matches nothing. */
  categoryId?: string | null | undefined;
  /**
   * Only listings of the category with this slug and those below it; an unknown slug matches nothing. Not together with
   * categoryId (BAD_USER_INPUT). At most 100 characters.
   */
  categorySlug?: string | null | undefined;
  /** Only events at venues in this city and tours that begin there, without regard to case and accents. At most 200 characters. */
  city?: string | null | undefined;
  /** Only tours that are this demanding; at most 100 items. */
  difficulties?: Array<TourDifficulty> | null | undefined;
  /** Only these kinds; at most 100 items. */
  kinds?: Array<ListingKind> | null | undefined;
  /** Only listings of this partner; an unknown id matches nothing. */
  partnerId?: string | null | undefined;
  /** Only listings with an offer at this price or below; in the currency of priceMin (BAD_USER_INPUT otherwise). */
  priceMax?: MoneyInput | null | undefined;
  /** Only listings with an offer at this price or above, in this currency. */
  priceMin?: MoneyInput | null | undefined;
  /**
   * Words that a listing must have, in any form and without regard to accents; a word that nothing has is corrected if a
   * similar one exists. "Words in quotes" follow each other, -word excludes, OR is between alternatives, everything else is
   * ignored. The first 16 words count. At most 10,000 characters.
   */
  search?: string | null | undefined;
  /** Only events, and tours with a departure, that start after this time. */
  startsAfter?: string | null | undefined;
  /** Only events, and tours with a departure, that start before this time. */
  startsBefore?: string | null | undefined;
  /**
   * Only listings with this status; default PUBLISHED. Others require catalog:manage, or are restricted to the calling
   * partner's own.
   */
  status?: ListingStatus | null | undefined;
  /** Only listings that have all of these tags; at most 100. Each has at most 200 characters. */
  tags?: Array<string> | null | undefined;
};

/** Kinds of listings. */
export type ListingKind =
  /** Software with license plans. */
  | 'APP'
  /** An event at a venue and a time. */
  | 'EVENT'
  /** Physical goods, which are shipped. */
  | 'PRODUCT'
  /** A guided trip with departures. */
  | 'TOUR';

/** States of a listing. */
export type ListingStatus =
  /** No longer on sale; can still be read by id and slug. */
  | 'ARCHIVED'
  /** Not on sale; visible to its owner and catalog:manage only. */
  | 'DRAFT'
  /** On sale, and in lists. */
  | 'PUBLISHED';

/** An exact amount in the currency's minor unit. */
export type MoneyInput = {
  /** Number of minor units: 1250 EUR is 12.50 euros. */
  amount: number;
  /** ISO 4217 code. At most 3 characters. */
  currency: string;
};

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

/** A new account. */
export type RegisterInput = {
  /** Name that others see; first name and initial ("Ada L.") when null. At most 100 characters. */
  displayName?: string | null | undefined;
  /** E-mail address; no other account may have it, in upper or lower case. At most 254 characters. */
  email: string;
  /** First name. At most 100 characters. */
  firstName: string;
  /** Last name; empty for a person with one name. At most 100 characters. */
  lastName: string;
  /**
   * Language and region as a BCP 47 tag: `pt-BR`; `pt_BR` is understood. When null, that of the Accept-Language header.
   * At most 60 characters.
   */
  locale?: string | null | undefined;
  /** 10 to 200 characters, not easy to guess (WEAK_PASSWORD). Longer than at most 1,000 characters is INVALID. */
  password: string;
  /** IANA time zone; UTC when null. At most 60 characters. */
  timeZone?: string | null | undefined;
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

/** How demanding a tour is. */
export type TourDifficulty =
  /** For everybody. */
  | 'EASY'
  /** For fit and experienced people. */
  | 'HARD'
  /** For people of average fitness. */
  | 'MODERATE';

export type CheckoutMutationVariables = Exact<{
  input: CheckoutInput;
}>;


export type CheckoutMutation = { checkout: { checkout: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: SagaParticipant, status: SagaStepStatus }>, failure:
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
       | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string | null, kind: TokenKind }> } } | null, userErrors: Array<
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

export type CheckoutNowQueryVariables = Exact<{
  id: string;
}>;


export type CheckoutNowQuery = { checkout: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: SagaParticipant, status: SagaStepStatus }>, failure:
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
     | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string | null, kind: TokenKind }> } } | null };

export type CheckoutUpdatedSubscriptionVariables = Exact<{
  id: string;
}>;


export type CheckoutUpdatedSubscription = { checkoutUpdated: { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: SagaParticipant, status: SagaStepStatus }>, failure:
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
     | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string | null, kind: TokenKind }> } } };

export type CheckoutProgressFragment = { id: string, transactionId: string, status: CheckoutStatus, currentStep: SagaStepName | null, steps: Array<{ name: SagaStepName, participant: SagaParticipant, status: SagaStepStatus }>, failure:
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
   | null, order: { id: string, number: string, status: OrderStatus, total: { amount: number, currency: string, formatted: string }, tokens: Array<{ id: string, code: string | null, kind: TokenKind }> } };

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

type Refusal_CategoryInUseError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_IdempotencyConflictError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_InputError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_InsufficientStockError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_MaxPerOrderError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_NotCancellableError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_PaymentDeclinedError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_PriceChangedError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_RefundExceedsPaymentError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_SeatUnavailableError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_StaleWriteError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TokenAlreadyRedeemedError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TokenPeriodError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyAttemptsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyBlocksError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyCartsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyFollowsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyHoldsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyOpenCheckoutsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_TooManyReportsError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

type Refusal_WishlistFullError_Fragment = { code: ErrorCode, message: string, field: Array<string> | null };

export type RefusalFragment =
  | Refusal_CategoryInUseError_Fragment
  | Refusal_IdempotencyConflictError_Fragment
  | Refusal_InputError_Fragment
  | Refusal_InsufficientStockError_Fragment
  | Refusal_MaxPerOrderError_Fragment
  | Refusal_NotCancellableError_Fragment
  | Refusal_PaymentDeclinedError_Fragment
  | Refusal_PriceChangedError_Fragment
  | Refusal_RefundExceedsPaymentError_Fragment
  | Refusal_SeatUnavailableError_Fragment
  | Refusal_StaleWriteError_Fragment
  | Refusal_TokenAlreadyRedeemedError_Fragment
  | Refusal_TokenPeriodError_Fragment
  | Refusal_TooManyAttemptsError_Fragment
  | Refusal_TooManyBlocksError_Fragment
  | Refusal_TooManyCartsError_Fragment
  | Refusal_TooManyFollowsError_Fragment
  | Refusal_TooManyHoldsError_Fragment
  | Refusal_TooManyOpenCheckoutsError_Fragment
  | Refusal_TooManyReportsError_Fragment
  | Refusal_WishlistFullError_Fragment
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

export type SeatMapQueryVariables = Exact<{
  eventId: string;
  revision?: number | null | undefined;
}>;


export type SeatMapQuery = { seatMap: { revision: number, sections: { names: Array<string>, offerIds: Array<string> }, rows: { labels: Array<string>, sections: Array<number>, firstSeats: Array<number> }, seats: { ids: Array<string>, numbers: Array<number>, x: Array<number | null>, y: Array<number | null> } } | null };

export type SeatStatesQueryVariables = Exact<{
  eventId: string;
}>;


export type SeatStatesQuery = { listing:
    | { seatStates: { revision: string, mapRevision: number, states: string } }
    | Record<PropertyKey, never>
   | null };

export type SeatsChangedSubscriptionVariables = Exact<{
  eventId: string;
  after?: string | null | undefined;
}>;


export type SeatsChangedSubscription = { seatsChanged: { since: string | null, revision: string, mapRevision: number, states: string | null, changes: Array<Array<number>> } };

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
export const SeatMapDocument = new TypedDocumentString(`
    query SeatMap($eventId: ID!, $revision: Int) {
  seatMap(eventId: $eventId, revision: $revision) {
    revision
    sections {
      names
      offerIds
    }
    rows {
      labels
      sections
      firstSeats
    }
    seats {
      ids
      numbers
      x
      y
    }
  }
}
    `) as unknown as TypedDocumentString<SeatMapQuery, SeatMapQueryVariables>;
export const SeatStatesDocument = new TypedDocumentString(`
    query SeatStates($eventId: ID!) {
  listing(id: $eventId) {
    ... on Event {
      seatStates {
        revision
        mapRevision
        states
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SeatStatesQuery, SeatStatesQueryVariables>;
export const SeatsChangedDocument = new TypedDocumentString(`
    subscription SeatsChanged($eventId: ID!, $after: String) {
  seatsChanged(eventId: $eventId, after: $after) {
    since
    revision
    mapRevision
    states
    changes
  }
}
    `) as unknown as TypedDocumentString<SeatsChangedSubscription, SeatsChangedSubscriptionVariables>;