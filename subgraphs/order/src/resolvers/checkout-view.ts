import { storedEnum } from '@souk/shared/graph/stored-enum';
import type { SubgraphName } from '@souk/shared/message';
import type { RejectionData } from '@souk/shared/errors';
import type { SagaStatus } from '@souk/shared/saga/state';
import type { CheckoutStatus, ErrorCode, SagaParticipant, SagaStepName } from '../generated/resolvers.js';
import type { CheckoutStep } from '../saga/checkout.js';

const checkoutStatuses: Readonly<Record<SagaStatus, CheckoutStatus>> = {
  RUNNING: 'RUNNING',
  WAITING: 'AWAITING_PAYMENT',
  COMPENSATING: 'COMPENSATING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  NEEDS_ATTENTION: 'NEEDS_ATTENTION',
};

/** Converts the name of a step's participant to the API's. */
export const participantOf = storedEnum<SubgraphName, SagaParticipant>({
  account: 'ACCOUNT',
  catalog: 'CATALOG',
  order: 'ORDER',
  payment: 'PAYMENT',
  social: 'SOCIAL',
});

/** Converts a saga's status to the API's. */
export function checkoutStatusOf(status: SagaStatus): CheckoutStatus {
  return checkoutStatuses[status];
}

/** Converts the API's status to a saga's. */
export function sagaStatusOf(status: CheckoutStatus): SagaStatus {
  const entries = Object.entries(checkoutStatuses) as [SagaStatus, CheckoutStatus][];
  const found = entries.find(([, apiStatus]) => apiStatus === status);
  if (!found) throw new Error(`Unknown saga status: ${status}.`);
  return found[0];
}

/** Error codes of this subgraph; does not compile if one is missing. */
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
  TOO_MANY_HOLDS: true,
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

/** Converts the code of a failure; participants have codes of their own, which are CONFLICT here. */
export function errorCodeOf(code: string): ErrorCode {
  return code in codes ? (code as ErrorCode) : 'CONFLICT';
}

/**
 * Converts the name of a checkout's step. A stored name is that of a step in code, since released versions stay there; one
 * that the schema does not have does not compile here.
 */
export function stepNameOf(name: string): SagaStepName {
  const known = name as CheckoutStep;
  return known;
}

/** Required fields of each error type; details that lack one are omitted. */
const detailsOf: Readonly<Record<string, readonly string[]>> = {
  PriceChangedError: ['expected', 'actual'],
  InsufficientStockError: ['offerId', 'available'],
  SeatUnavailableError: ['seatIds'],
  MaxPerOrderError: ['offerId', 'maximum', 'held'],
  TooManyAttemptsError: ['retryAt'],
};

/** Returns a checkout's failure in this subgraph's schema; participants have their own codes and types. */
export function failureOf(failure: RejectionData): RejectionData {
  const code = errorCodeOf(failure.code);
  const needed = detailsOf[failure.typename];
  const whole = needed?.every((name) => name in failure.details) ?? false;
  return whole ? { ...failure, code } : { ...failure, code, typename: 'InputError', details: {} };
}

/**
 * Returns the part of a step's error that buyers may read: a rejection's code, or a generic text for a fault.
 */
export function publicError(error: string): string {
  const [code = ''] = error.split(':');
  return code in codes && code !== 'SERVICE_UNAVAILABLE' ? code : 'A temporary error.';
}
