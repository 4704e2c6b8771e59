import type { IncomingMessage } from 'node:http';
import { headerOf } from '../types/request.js';

/** Decides which pages of other origins may use the API. */
export interface AllowedOrigins {
  has(origin: string): boolean;
  /** Whether no origin is allowed, so that responses do not depend on the Origin header. */
  readonly isEmpty: boolean;
}

/** Allows no origin but the gateway's own. */
export const noOrigins: AllowedOrigins = { has: () => false, isEmpty: true };

// Apollo's IDE, where it runs on its own pages.
const sandboxOrigins = [
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://sandbox.embed.apollographql.com',
];

/** The allowed origins: those listed; outside production Apollo Sandbox and every loopback origin too. */
export function allowedOrigins(listed: readonly string[], production: boolean): AllowedOrigins {
  const named = new Set([...listed, ...(production ? [] : sandboxOrigins)]);
  return {
    has: (origin) => named.has(origin) || (!production && isLoopbackOrigin(origin)),
    isEmpty: production && named.size === 0,
  };
}

/** Whether an origin is a page of this machine, on any port: localhost and names below it, 127.0.0.1, [::1]. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: canonical } = new URL(origin);
  return (
    (protocol === 'http:' || protocol === 'https:') &&
    canonical === origin &&
    (hostname === 'localhost' ||
      hostname.endsWith('.localhost') ||
      hostname === '127.0.0.1' ||
      hostname === '[::1]')
  );
}

/** Whether a page of a foreign origin sent the request. Needed where browsers do not apply CORS themselves. */
export function isForeignPage(allowed: AllowedOrigins, request: IncomingMessage): boolean {
  const origin = headerOf(request, 'origin');
  if (origin === undefined || allowed.has(origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headerOf(request, 'host');
}

/** The message for a page whose origin is not allowed. */
export function originRefusal(request: IncomingMessage): string {
  const origin = (headerOf(request, 'origin') ?? 'null').slice(0, 200);
  return `Pages of the origin ${origin} may not connect. Add it to CORS_ORIGINS.`;
}
