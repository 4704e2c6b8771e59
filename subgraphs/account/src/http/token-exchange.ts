import { InvalidToken } from '@souk/shared/auth/access-token';
import type { ExchangeToken } from '@souk/shared/auth/token-exchange';
import { maxExternalTokenLength, tokenExchangePath } from '@souk/shared/auth/token-exchange';
import { Unavailable } from '@souk/shared/errors';
import { json, Router } from 'express';
import { z } from 'zod';

const exchangeRequest = z.object({ token: z.string().max(maxExternalTokenLength) });

/** The internal endpoint at which the gateway exchanges access tokens of external issuers. */
export function tokenExchangeRouter(exchange: ExchangeToken): Router {
  const router = Router();
  router.post(tokenExchangePath, json({ limit: '20kb' }), async (request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const { token } = exchangeRequest.parse(request.body);
      response.json(await exchange(token));
    } catch (error) {
      if (error instanceof InvalidToken)
        response.status(401).json({ message: error.message, reason: error.reason });
      else if (error instanceof Unavailable)
        response.status(503).json({ message: error.message, retryAfter: error.retryAfter });
      else throw error;
    }
  });
  return router;
}
