import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import type { Identity } from '@souk/shared/auth/identity';
import { readAddress } from '@souk/shared/client-network';
import type { Log } from '@souk/shared/log';
import type { OpenSpan } from '@souk/shared/tracing';
import { noSpan, readTraceparent, spanIds, traceHeader } from '@souk/shared/tracing';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cancellation } from '@souk/shared/cancellation';
import type { KnownOperation } from './operation.js';
import type { Charge } from './charge.js';
import type { RefreshCookieExchange } from './refresh-cookie.js';
import type { CacheInfo } from './graphql-response.js';

/** How a request ended: data, data with errors, not executed, failed, or canceled by the client. */
export type RequestOutcome = 'answered' | 'errors' | 'refused' | 'failed' | 'gone';

/** State of one request. */
export class RequestScope {
  readonly requestId: string;
  /** The client's. */
  readonly address: string;
  /** Cache status of the response; null if it is not cacheable. */
  cacheNote: CacheInfo | null = null;
  /** Seconds until a retry, if the request was refused and has a Retry-After. */
  retryAfterS: number | null = null;
  /** The client's traceparent; null if the client sent none. */
  clientTrace: string | null = null;
  /** The request in its trace. */
  span: OpenSpan = noSpan;
  /** The name of the operation, set once it is valid; null if it has none. */
  operation: string | null = null;
  /** Whether the answer has errors. */
  hasErrors = false;
  /** The outcome, if the HTTP status does not show it. */
  outcome: RequestOutcome | null = null;
  /** Whether it is a subscription. Metrics record its start only, since the client decides its duration. */
  isSubscription = false;
  /** Whether it runs a query. Only responses to queries are compressed: tokens are in responses to mutations. */
  isQuery = false;
  readonly #log: Log;
  #child: Log | null = null;

  constructor(requestId: string, address: string, log: Log) {
    this.requestId = requestId;
    this.address = address;
    this.#log = log;
  }

  /** Logs with the request id and the span's ids. Created on first use: most requests log nothing. */
  get log(): Log {
    this.#child ??= this.#log.child({ requestId: this.requestId, ...spanIds(this.span.traceparent) });
    return this.#child;
  }
}

/** Context of one GraphQL operation. */
export interface GatewayContext {
  scope: RequestScope;
  identity: Identity | null;
  /** Headers for subgraphs: those forwarded from the client, and the gateway's secret. */
  headers: Readonly<Record<string, string>>;
  /** Deadline in terms of `performance.now()`. */
  deadline: number;
  /** Cancels the operation when the client disconnects; null if it must complete. */
  cancellation: Cancellation | null;
  /** Whether the client wants to know what the operation costs. */
  showsCost: boolean;
  /** The rate limit points of the request; null without rate limits. */
  charge: Charge | null;
  /** The refresh cookie, if the client keeps its refresh token in one. */
  refreshCookie?: RefreshCookieExchange | null;
  /** The operation, once Apollo Server has had it checked. */
  prepared?: KnownOperation;
}

/** The header that names a request in logs and errors. */
export const requestIdHeader = 'x-request-id';

const requestIdPattern = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's request id if it is well-formed, else a new one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && requestIdPattern.test(header) ? header : randomUUID();
}

const scopes = new WeakMap<ServerResponse, RequestScope>();

/** Creates the scope of a request and sends its id to the client. Trusts this many proxies in front of the gateway. */
export function openScope(
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
  trustedProxies: number,
): RequestScope {
  const requestId = requestIdOf(headerOf(request, requestIdHeader));
  const scope = new RequestScope(requestId, clientAddress(request, trustedProxies), log);
  scope.clientTrace = readTraceparent(headerOf(request, traceHeader));
  scopes.set(response, scope);
  response.setHeader(requestIdHeader, requestId);
  return scope;
}

/** The scope of a request that `openScope` has seen. */
export function scopeOf(response: ServerResponse): RequestScope {
  const scope = scopes.get(response);
  if (!scope) throw new Error('The request has no scope.');
  return scope;
}

/** A header of a request, by its name in lower case. */
export function headerOf({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The query string of a request's URL with its question mark, or an empty string. */
export function searchOf({ url = '' }: Pick<IncomingMessage, 'url'>): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark);
}

/** The client's address; of proxies in front, so many hops are believed. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  const forwarded = trustedProxies > 0 ? headerOf(request, 'x-forwarded-for') : undefined;
  // The nearest proxy wrote the last entry.
  const hops = [direct, ...(forwarded?.split(',').reverse() ?? [])];
  const hop = hops[Math.min(trustedProxies, hops.length - 1)] ?? direct;
  // Proxies write ports and brackets too. A value that is no address must not become a client of its own.
  return readAddress(hop) ?? readAddress(direct) ?? direct;
}

/** Client headers that are forwarded to subgraphs. */
export const forwardedHeaderNames = ['authorization', 'accept-language', 'user-agent'] as const;

/** Limit of optional headers: a subgraph would refuse longer ones, and its circuit would open. */
const maxHeaderLength = 1_000;

/** The headers for subgraphs: forwarded headers and the gateway's own, never what a client claims about itself. */
export function forwardedHeaders(
  request: Pick<IncomingMessage, 'headers'>,
  { requestId, address, span, clientTrace }: RequestScope,
  identity: Identity | null,
): Record<string, string> {
  const headers: Record<string, string> = { [requestIdHeader]: requestId, 'x-forwarded-for': address };
  // Subgraphs may trace where the gateway does not.
  const trace = span.traceparent ?? clientTrace;
  if (trace !== null) headers[traceHeader] = trace;
  for (const name of forwardedHeaderNames) {
    const value = headerOf(request, name);
    if (value !== undefined && (name === 'authorization' || value.length <= maxHeaderLength))
      headers[name] = value;
  }
  // Subgraphs know no issuer but account.
  if (identity?.exchangedToken !== undefined) headers['authorization'] = `Bearer ${identity.exchangedToken}`;
  return headers;
}

/** Of the client alone: what is kept for others, or run for several, is read without them. */
const clientHeaders: ReadonlySet<string> = new Set(['user-agent', 'x-forwarded-for']);

const withoutClient = new WeakMap<Readonly<Record<string, string>>, Readonly<Record<string, string>>>();

/** Headers for subgraphs without those of one client. The same object for the same headers. */
export function sharedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let shared = withoutClient.get(headers);
  if (!shared) {
    shared = Object.fromEntries(Object.entries(headers).filter(([name]) => !clientHeaders.has(name)));
    withoutClient.set(headers, shared);
  }
  return shared;
}

/** Adds the gateway's secret, if its subgraphs require one. */
export function withSecret(
  headers: Readonly<Record<string, string>>,
  secret: string | null,
): Record<string, string> {
  return secret === null ? { ...headers } : { ...headers, [gatewaySecretHeader]: secret };
}
