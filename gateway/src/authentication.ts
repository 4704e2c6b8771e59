import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import type { RequestHandler, Response } from 'express';
import { refuse } from './errors.js';
import { scopeOf } from './request.js';

/** Finds out who calls. A request whose token is not valid is refused whole: its sender believes to be somebody. */
export function authentication(verifyToken: VerifyToken): RequestHandler {
  return async (request, response, next) => {
    try {
      const token = bearerToken(request.get('authorization'));
      response.locals['identity'] = token === null ? null : await verifyToken(token);
    } catch (error) {
      if (error instanceof InvalidToken) {
        response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
        refuse(response, 401, 'UNAUTHENTICATED', error.message);
        return;
      }
      scopeOf(response).log.error({ err: error }, 'a token could not be verified');
      refuse(response, 503, 'SERVICE_UNAVAILABLE', 'Access tokens cannot be verified at the moment.');
      return;
    }
    next();
  };
}

/** Who calls, once `authentication` has run. */
export function identityOf(response: Response): Identity | null {
  return response.locals['identity'] as Identity | null;
}
