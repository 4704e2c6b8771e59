import type { Attempt } from '../domain/confirmation.js';
import type { Answer } from '../state/records.js';
import type { Transaction } from '../state/transaction.js';
import { paymentFailed } from '../stripe-error.js';
import { expand } from './expansion.js';
import type { RawParameters } from './parameters.js';

/** One call of the API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** With at most one variable segment, `:id`. */
  readonly path: string;
  /**
   * Reads and checks the parameters (a refusal here is not stored under the call's key, as at Stripe) and
   * answers what executes the call. That may throw a StripeError, which leaves everything as it was.
   */
  readonly prepare: (parameters: RawParameters, id: string) => (tx: Transaction) => Answer;
}

/** 200 with an object, expanded along the requested paths. */
export function found(tx: Transaction, object: object, expansions: readonly string[]): Answer {
  return { status: 200, body: expand(tx, object, expansions) };
}

/** The answer to an attempt to pay: the PaymentIntent, or 402 with what went wrong. */
export function attempted(
  tx: Transaction,
  { intent, error }: Attempt,
  expansions: readonly string[],
): Answer {
  if (error === null) return found(tx, intent, expansions);
  const failure = paymentFailed(error, intent);
  return { status: failure.status, body: failure.body() };
}
