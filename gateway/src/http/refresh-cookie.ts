import type { RefreshCookieChange } from '@souk/shared/graph/refresh-cookie';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RefreshCookieExchange } from '../types/refresh-cookie.js';
import { headerOf } from '../types/request.js';
import type { AllowedOrigins } from './allowed-origins.js';
import { isForeignPage, isLoopbackOrigin, originRefusal } from './allowed-origins.js';

// Why cookies are as they are: docs/decisions/0053-refresh-cookies.md.

/** A request header: the refresh token travels in a cookie. A page of another origin cannot send it unasked. */
export const refreshCookieRequestHeader = 'souk-refresh-cookie';

const path = '/graphql';
/** Browsers accept the prefix from https pages alone; pages of this machine may have no certificate. */
const names = { https: '__Secure-souk-refresh', http: 'souk-refresh' };
const tokenPattern = /^[A-Za-z0-9_-]{1,500}$/;

/** Whether a request, or the one that a preflight request announces, may have cookies. */
export function wantsCookies(request: IncomingMessage): boolean {
  if (request.method !== 'OPTIONS') return headerOf(request, refreshCookieRequestHeader) !== undefined;
  const announced = headerOf(request, 'access-control-request-headers') ?? '';
  return announced
    .toLowerCase()
    .split(/\s*,\s*/)
    .includes(refreshCookieRequestHeader);
}

/** The cookie of a request, or the reason why it may not use one. Null: the request has no header for it. */
export function readRefreshCookie(
  request: IncomingMessage,
  origins: AllowedOrigins,
  subgraph: string,
): RefreshCookieExchange | { refused: string } | null {
  if (headerOf(request, refreshCookieRequestHeader) === undefined) return null;
  const origin = headerOf(request, 'origin');
  // Browsers send the header with every POST, also to their own origin.
  if (origin === undefined)
    return { refused: 'The refresh cookie is for browsers: the request has no Origin header.' };
  if (isForeignPage(origins, request)) return { refused: originRefusal(request) };
  const name = nameFor(origin);
  if (name === null) return { refused: 'The refresh cookie needs a page that was loaded by HTTPS.' };
  return new RefreshCookieExchange(subgraph, tokenIn(headerOf(request, 'cookie') ?? '', name));
}

/** Sets or deletes the cookie as the response to a request has it. */
export function setRefreshCookie(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: RefreshCookieExchange | null,
): void {
  const name = nameFor(headerOf(request, 'origin') ?? '');
  if (!exchange?.change || name === null) return;
  response.setHeader('set-cookie', serialized(name, exchange.change));
  response.setHeader('cache-control', 'no-store');
}

function nameFor(origin: string): string | null {
  if (origin.startsWith('https://')) return names.https;
  return isLoopbackOrigin(origin) ? names.http : null;
}

/** A name that comes twice is no cookie of ours: the site of another host name may have set the second one. */
function tokenIn(header: string, name: string): string | null {
  const values = header.split(';').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=');
    return key.trim() === name ? [value.join('=').trim()] : [];
  });
  const [token] = values;
  return values.length === 1 && token !== undefined && tokenPattern.test(token) ? token : null;
}

function serialized(name: string, { token, expiresAt }: RefreshCookieChange): string {
  const seconds = expiresAt === null ? 0 : Math.max(0, Math.ceil((expiresAt.getTime() - Date.now()) / 1_000));
  return `${name}=${token ?? ''}; Path=${path}; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Strict`;
}
