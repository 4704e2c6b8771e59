import Stripe from 'stripe';
import { decideRetry } from './errors.js';

const raw = (statusCode: number, headers: Record<string, string> = {}) => ({
  type: 'api_error' as const,
  message: 'fault',
  statusCode,
  headers,
});

describe('decideRetry', () => {
  it.each([
    ['a broken connection', new Stripe.errors.StripeConnectionError({ message: 'reset' }), 'retry'],
    ['a server error', new Stripe.errors.StripeAPIError(raw(500)), 'retry'],
    [
      'a stored server error',
      new Stripe.errors.StripeAPIError(raw(500, { 'idempotent-replayed': 'true' })),
      'fail',
    ],
    ['too many requests', new Stripe.errors.StripeRateLimitError(raw(429)), 'retry'],
    ['a conflict with a concurrent call', new Stripe.errors.StripeAPIError(raw(409)), 'retry'],
    ['a declined card', new Stripe.errors.StripeCardError(raw(402)), 'reject'],
    ['an invalid request', new Stripe.errors.StripeInvalidRequestError(raw(400)), 'reject'],
    ['a defect of ours', new TypeError('undefined is not a function'), 'fail'],
  ])('%s', (_case, error, decision) => {
    expect(decideRetry(error)).toBe(decision);
  });
});
