import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import { Unavailable } from '@souk/shared/errors';
import type { Identity } from '@souk/shared/auth/identity';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendError } from './errors.js';
import { headerOf, scopeOf } from '../types/request.js';

/** The authenticated caller; null for an anonymous one. */
export type Caller = Identity | null;

/** The reason to refuse a request whose token could not be verified. */
export class Unverified {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  /** Sends the refusal. */
  refuse(response: ServerResponse): void {
    if (this.#error instanceof InvalidToken) {
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      const { message, reason } = this.#error;
      sendError(response, 401, 'UNAUTHENTICATED', message, { reason });
      return;
    }
    scopeOf(response).log.error({ err: this.#error }, 'token verification failed');
    const retryAfter = this.#error instanceof Unavailable ? this.#error.retryAfter : null;
    if (retryAfter !== null) response.setHeader('retry-after', retryAfter);
    sendError(
      response,
      503,
      'SERVICE_UNAVAILABLE',
      'Access tokens cannot be verified at the moment.',
      retryAfter === null ? {} : { retryAfter },
    );
  }
}

/** Authenticates the caller. @returns synchronously if there is no token. */
export function authenticate(
  verifyToken: VerifyToken,
  request: IncomingMessage,
): Caller | Promise<Caller | Unverified> {
  const header = headerOf(request, 'authorization');
  return header === undefined ? null : verify(verifyToken, header);
}

async function verify(verifyToken: VerifyToken, header: string): Promise<Caller | Unverified> {
  try {
    const token = bearerToken(header);
    return token === null ? null : await verifyToken(token);
  } catch (error) {
    return new Unverified(error);
  }
}
