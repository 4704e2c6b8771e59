import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { StripeError } from '../stripe-error.js';

/**
 * Lets a call pass that carries a key, as Bearer or as the user name of Basic; with `secretKey`, only that one.
 * @throws StripeError (401) through `next`
 */
export function authentication(secretKey: string | undefined) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const key = readKey(request.get('authorization') ?? '');
    const known = key !== null && (secretKey === undefined || sameText(key, secretKey));
    if (known) {
      next();
      return;
    }
    response.set('WWW-Authenticate', 'Bearer realm="Stripe"');
    const message =
      key === null
        ? 'You did not provide an API key. You need to provide your API key in the Authorization header, using ' +
          "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication " +
          'for details, or we can help at https://support.stripe.com/.'
        : `Invalid API Key provided: ${mask(key)}`;
    next(new StripeError(401, { type: 'invalid_request_error', message }));
  };
}

function readKey(header: string): string | null {
  const [scheme, credentials] = header.split(' ', 2);
  if (credentials === undefined || credentials === '') return null;
  if (scheme?.toLowerCase() === 'bearer') return credentials;
  if (scheme?.toLowerCase() !== 'basic') return null;
  const [user] = Buffer.from(credentials, 'base64').toString().split(':', 1);
  return user === undefined || user === '' ? null : user;
}

/** Takes the same time whatever the texts have in common. */
function sameText(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

/** Shows as much of a key as Stripe does, and of a short one nothing. */
function mask(key: string): string {
  return key.length < 16
    ? '*'.repeat(key.length)
    : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
