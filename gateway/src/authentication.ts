import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './errors.js';
import { headerOf, scopeOf } from './request.js';

/** Who calls: null for nobody in particular, undefined where the request has been refused. */
export type Caller = Identity | null | undefined;

/**
 * Finds out who calls. A request whose token is not valid is refused whole: its sender believes to be somebody.
 * @returns at once where there is no token.
 */
export function authenticate(
  verifyToken: VerifyToken,
  request: IncomingMessage,
  response: ServerResponse,
): Caller | Promise<Caller> {
  const header = headerOf(request, 'authorization');
  return header === undefined ? null : verify(verifyToken, header, response);
}

async function verify(verifyToken: VerifyToken, header: string, response: ServerResponse): Promise<Caller> {
  try {
    const token = bearerToken(header);
    return token === null ? null : await verifyToken(token);
  } catch (error) {
    if (error instanceof InvalidToken) {
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      refuse(response, 401, 'UNAUTHENTICATED', error.message);
      return undefined;
    }
    scopeOf(response).log.error({ err: error }, 'a token could not be verified');
    refuse(response, 503, 'SERVICE_UNAVAILABLE', 'Access tokens cannot be verified at the moment.');
    return undefined;
  }
}
