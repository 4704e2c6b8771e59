import type { RejectionData } from '@souk/shared/errors';
import type { SagaStatus } from '@souk/shared/saga/state';
import type { CheckoutStatus, ErrorCode } from '../generated/resolvers.js';

const checkoutStatuses: Readonly<Record<SagaStatus, CheckoutStatus>> = {
  RUNNING: 'RUNNING',
  WAITING: 'AWAITING_PAYMENT',
  COMPENSATING: 'COMPENSATING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  NEEDS_ATTENTION: 'NEEDS_ATTENTION',
};

/** A saga's status as the API has it. */
export function checkoutStatusOf(status: SagaStatus): CheckoutStatus {
  return checkoutStatuses[status];
}

/** The API's status as sagas have it. */
export function sagaStatusOf(status: CheckoutStatus): SagaStatus {
  const entries = Object.entries(checkoutStatuses) as [SagaStatus, CheckoutStatus][];
  const found = entries.find(([, shown]) => shown === status);
  if (!found) throw new Error(`No saga is ever ${status}.`);
  return found[0];
}

/** The codes of this subgraph; does not compile while one is missing. */
const codes: Readonly<Record<ErrorCode, true>> = {
  INVALID: true,
  NOT_FOUND: true,
  CONFLICT: true,
  CART_EMPTY: true,
  CART_LOCKED: true,
  CURRENCY_MISMATCH: true,
  INSUFFICIENT_STOCK: true,
  SEAT_UNAVAILABLE: true,
  SEAT_REQUIRED: true,
  NOT_ON_SALE: true,
  MAX_PER_ORDER: true,
  PRICE_CHANGED: true,
  USER_NOT_ELIGIBLE: true,
  PAYMENT_DECLINED: true,
  PAYMENT_EXPIRED: true,
  IDEMPOTENCY_CONFLICT: true,
  ILLEGAL_TRANSITION: true,
  NOT_CANCELLABLE: true,
  TOKEN_UNKNOWN: true,
  TOKEN_ALREADY_REDEEMED: true,
  TOKEN_REVOKED: true,
  TOKEN_NOT_YET_VALID: true,
  TOKEN_EXPIRED: true,
  WRONG_LISTING: true,
  NOT_OWNER: true,
  SERVICE_UNAVAILABLE: true,
  ADDRESS_REQUIRED: true,
  TOO_MANY_OPEN_CHECKOUTS: true,
  TOO_MANY_ATTEMPTS: true,
  TOO_MANY_CARTS: true,
};

/** The fields that a refusal's type carries; one that lacks some is shown without any. */
const detailsOf: Readonly<Record<string, readonly string[]>> = {
  PriceChangedError: ['expected', 'actual'],
  InsufficientStockError: ['offerId', 'available'],
  SeatUnavailableError: ['seatIds'],
  MaxPerOrderError: ['offerId', 'maximum', 'held'],
  TooManyAttemptsError: ['retryAt'],
};

/** Why a checkout failed, as this subgraph's schema can tell it: participants have codes and types of their own. */
export function failureOf(failure: RejectionData): RejectionData {
  const code = failure.code in codes ? failure.code : 'CONFLICT';
  const needed = detailsOf[failure.typename];
  const whole = needed?.every((name) => name in failure.details) ?? false;
  return whole ? { ...failure, code } : { ...failure, code, typename: 'InputError', details: {} };
}

/** What a buyer may read of a step's error: a refusal's code; of a fault no more than that it was one. */
export function publicError(error: string): string {
  const [code = ''] = error.split(':');
  return code in codes && code !== 'SERVICE_UNAVAILABLE' ? code : 'A temporary fault.';
}
