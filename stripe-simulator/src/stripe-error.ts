import type { PaymentError, PaymentIntent, PaymentMethod } from './stripe-objects.js';

export type ErrorType = 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error';

/** The `error` object in the response to a refused call; absent fields are omitted. */
export interface ErrorDetails {
  readonly type: ErrorType;
  readonly message: string;
  readonly code?: string | undefined;
  readonly param?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly charge?: string | undefined;
  readonly payment_intent?: PaymentIntent | undefined;
  readonly payment_method?: PaymentMethod | undefined;
}

/** A refusal as Stripe words it: an HTTP status and the error object of its answer. */
export class StripeError extends Error {
  constructor(
    readonly status: number,
    readonly details: ErrorDetails,
  ) {
    super(details.message);
    this.name = 'StripeError';
  }

  /** The same refusal without the PaymentIntent, for a caller whose call has not created it. */
  withoutIntent(): StripeError {
    return new StripeError(this.status, { ...this.details, payment_intent: undefined });
  }

  /** The answer's body. */
  body(): { error: ErrorDetails & { doc_url?: string } } {
    const { code } = this.details;
    return { error: code === undefined ? this.details : { ...this.details, doc_url: docUrl(code) } };
  }
}

/** Where Stripe explains an error code. */
export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}

type Extra = Omit<ErrorDetails, 'type' | 'message'>;

/** HTTP 400: the call itself is wrong. */
export function invalidRequest(message: string, extra: Extra = {}): StripeError {
  return new StripeError(400, { type: 'invalid_request_error', message, ...extra });
}

/** An id that names nothing: 404 where it stands in the path, 400 where Stripe answers that for a parameter. */
export function resourceMissing(
  noun: string,
  id: string,
  param: string,
  status: 400 | 404 = 404,
): StripeError {
  return new StripeError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
  });
}

/** HTTP 400: the PaymentIntent's status does not allow the call. The answer carries the PaymentIntent. */
export function unexpectedState(message: string, intent: PaymentIntent, param?: string): StripeError {
  return invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    param,
    payment_intent: intent,
  });
}

/** HTTP 402: the attempt was made and failed. Its effects stand; `intent` is the PaymentIntent after it. */
export function paymentFailed(error: PaymentError, intent: PaymentIntent): StripeError {
  return new StripeError(402, {
    type: error.type,
    code: error.code,
    decline_code: error.decline_code,
    charge: error.charge,
    message: error.message,
    payment_intent: intent,
    payment_method: error.payment_method,
  });
}
