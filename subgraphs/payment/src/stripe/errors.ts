import Stripe from 'stripe';
import { Unavailable } from '@souk/shared/errors';

/**
 * How to treat a failed call. `reject`: Stripe works and refused the call, which does not count as a failure for the
 * circuit breaker. `retry`: a transient failure. `fail`: a failure that a retry does not cure.
 */
export function decideRetry(error: unknown): 'reject' | 'retry' | 'fail' {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'retry';
  if (!(error instanceof Stripe.errors.StripeError)) return 'fail';
  const status = error.statusCode ?? 500;
  if (status === 429 || status === 409) return 'retry';
  if (status < 500) return 'reject';
  return isStoredFault(error) ? 'fail' : 'retry';
}

/** Whether Stripe stored a server error under the idempotency key: a repeat with the same key fails too. */
export function isStoredFault(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeError &&
    (error.statusCode ?? 0) >= 500 &&
    isReplay(error.headers ?? {})
  );
}

/** Whether Stripe answered with the stored response of an earlier call with the same key. */
export function isReplay(headers: Record<string, string>): boolean {
  return headers['idempotent-replayed'] === 'true';
}

/** Reason why Stripe refused a refund; null for other errors. */
export function refusalOfRefund(error: unknown): { reason: string; disputed: boolean } | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return null;
  if (error.code === 'charge_disputed') return { reason: 'The payment is disputed.', disputed: true };
  // Stripe has no code for an amount above the rest.
  return error.code === 'charge_already_refunded' || error.param === 'amount'
    ? { reason: 'The amount exceeds the refundable amount.', disputed: false }
    : null;
}

/** The error's code at Stripe. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError ? error.code : undefined;
}

/** Replaces a Stripe error, which contains the intent with its client secret, the card and headers. */
export function redactError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const details = [error.type, error.statusCode, error.code, error.requestId].filter(Boolean).join(' ');
  if (decideRetry(error) === 'reject')
    return new Error(`Stripe refused a call: ${details}: ${withoutNumbers(error.message)}`);
  return new Unavailable(`The card provider is unavailable (${details}).`);
}

/** Masks digits that may be a card number: Stripe's messages repeat the input. */
function withoutNumbers(message: string): string {
  return message.replace(/\d[\d -]{10,}\d/g, '(number)');
}
