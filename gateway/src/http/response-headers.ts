import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AllowedOrigins } from './allowed-origins.js';
import { addVary } from './compression.js';
import { headerOf } from '../types/request.js';

/** Sets security headers that are safe for every response. */
export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
}

/**
 * Has browsers come by HTTPS only from now on, where the client came by it: the gateway itself speaks plain HTTP, so
 * that is what a trusted proxy says. Over plain HTTP the header must not be sent (RFC 6797, 7.2).
 */
export function setTransportSecurity(
  request: IncomingMessage,
  response: ServerResponse,
  trustedProxies: number,
  maxAge: number,
): void {
  if (maxAge === 0 || trustedProxies === 0) return;
  const hops = (headerOf(request, 'x-forwarded-proto') ?? '').split(',').map((hop) => hop.trim());
  // As in X-Forwarded-For, entries before those of the trusted proxies come from the client.
  const scheme = hops[Math.max(0, hops.length - trustedProxies)];
  if (scheme === 'https') response.setHeader('strict-transport-security', `max-age=${maxAge}`);
}

const exposed = 'x-request-id, ratelimit, ratelimit-policy, retry-after, age, cache-status';

/**
 * Sets CORS headers for pages of the allowed origins.
 * @param credentials whether their requests may have cookies
 * @returns whether that was all that the browser wanted to know: the response is sent.
 */
export function crossOrigin(
  allowed: AllowedOrigins,
  request: IncomingMessage,
  response: ServerResponse,
  { methods = 'GET, POST', credentials = false }: { methods?: string; credentials?: boolean } = {},
): boolean {
  const origin = headerOf(request, 'origin');
  const isAllowed = origin !== undefined && allowed.has(origin);
  if (!allowed.isEmpty) addVary(response, 'origin');
  if (isAllowed) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposed);
    if (credentials) response.setHeader('access-control-allow-credentials', 'true');
  }
  if (request.method !== 'OPTIONS') return false;
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', methods);
    response.setHeader(
      'access-control-allow-headers',
      headerOf(request, 'access-control-request-headers') ?? 'content-type, authorization',
    );
    response.setHeader('access-control-max-age', '600');
    if (headerOf(request, 'access-control-request-private-network') === 'true') {
      response.setHeader('access-control-allow-private-network', 'true');
    }
  }
  response.statusCode = 204;
  response.end();
  return true;
}
