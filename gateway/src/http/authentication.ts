import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './errors.js';
import { headerOf, scopeOf } from '../types/request.js';

/** Who calls: null for nobody in particular. */
export type Caller = Identity | null;

/** Why a request with a token is refused whole: its sender believes to be somebody. */
export class Unverified {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  /** Answers the request. */
  refuse(response: ServerResponse): void {
    if (this.#error instanceof InvalidToken) {
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      refuse(response, 401, 'UNAUTHENTICATED', this.#error.message);
      return;
    }
    scopeOf(response).log.error({ err: this.#error }, 'a token could not be verified');
    refuse(response, 503, 'SERVICE_UNAVAILABLE', 'Access tokens cannot be verified at the moment.');
  }
}

/** Finds out who calls. @returns at once where there is no token. */
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
