import type { RequestHandler } from 'express';

/** Headers that do no harm anywhere and close a few doors in browsers. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
  next();
};

// Apollo's IDE, where it runs on its own pages.
const developmentOrigins = new Set([
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://sandbox.embed.apollographql.com',
]);

/** Pages of our own origin only; while developing, Apollo Sandbox too. */
export function crossOrigin(production: boolean): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    const isAllowed = !production && origin !== undefined && developmentOrigins.has(origin);
    if (isAllowed) {
      response.vary('origin');
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'x-request-id');
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    if (isAllowed) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader(
        'access-control-allow-headers',
        request.get('access-control-request-headers') ?? 'content-type, authorization',
      );
      response.setHeader('access-control-max-age', '600');
      if (request.get('access-control-request-private-network') === 'true') {
        response.setHeader('access-control-allow-private-network', 'true');
      }
    }
    response.status(204).end();
  };
}
