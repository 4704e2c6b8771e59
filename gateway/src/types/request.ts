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
import type { CacheInfo } from './graphql-response.js';

/** How a request ended: with data, with data and errors, not run, not answered, or nobody waited. */
export type RequestOutcome = 'answered' | 'errors' | 'refused' | 'failed' | 'gone';

/** What the gateway knows of a request that it is answering. */
export class RequestScope {
  readonly requestId: string;
  /** The client's. */
  readonly address: string;
  /** What the answer has to do with the cache of reads: known afterwards, where it has. */
  cacheNote: CacheInfo | null = null;
  /** After how many seconds it may be asked again: known afterwards, where it was refused for that. */
  retryAfterS: number | null = null;
  /** The client's span that it belongs to; null where he traces nothing. */
  clientTrace: string | null = null;
  /** The request in its trace. */
  span: OpenSpan = noSpan;
  /** The name of the operation that is run, once it is known to be one that can be; null where it has none. */
  operation: string | null = null;
  /** Whether the answer has errors. */
  hasErrors = false;
  /** How it ended, where the status does not tell. */
  outcome: RequestOutcome | null = null;
  /** Whether it is a subscription: measured by how it begins, since it takes as long as its client listens. */
  isSubscription = false;
  readonly #log: Log;
  #child: Log | null = null;

  constructor(requestId: string, address: string, log: Log) {
    this.requestId = requestId;
    this.address = address;
    this.#log = log;
  }

  /** Logs with the request's id, and its span's. Most requests log nothing: it is made when first asked for. */
  get log(): Log {
    this.#child ??= this.#log.child({ requestId: this.requestId, ...spanIds(this.span.traceparent) });
    return this.#child;
  }
}

/** What a GraphQL operation is run with. */
export interface GatewayContext {
  scope: RequestScope;
  identity: Identity | null;
  /** What travels to the subgraphs: of the client's request, and the gateway's secret. */
  headers: Readonly<Record<string, string>>;
  /** `performance.now()` at which the answer is of no use any more. */
  deadline: number;
  /** Ends the operation when the client goes; null where it must be brought to an end. */
  cancellation: Cancellation | null;
  /** Whether the client wants to know what the operation costs. */
  showsCost: boolean;
  /** What the request pays; null where requests are not counted. */
  charge: Charge | null;
  /** The operation, once Apollo Server has had it checked. */
  prepared?: KnownOperation;
}

/** The header that names a request in logs and errors. */
export const requestIdHeader = 'x-request-id';

const requestIdPattern = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's request id where it is harmless, else a new one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && requestIdPattern.test(header) ? header : randomUUID();
}

const scopes = new WeakMap<ServerResponse, RequestScope>();

/** Gives a request its scope, and tells the client its id. Of proxies, so many hops are believed. */
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

/** The query of a request's address, with its question mark; empty where it has none. */
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

/** Of a client's headers, those that travel on. */
export const forwardedHeaderNames = ['authorization', 'accept-language', 'user-agent'] as const;

/** Of what only helps: with longer ones a subgraph would not take the request, and seem to be in trouble. */
const maxHeaderLength = 1_000;

/** The headers that a subgraph sees: these, and what the link adds; never what a client claims about itself. */
export function forwardedHeaders(
  request: Pick<IncomingMessage, 'headers'>,
  { requestId, address, span, clientTrace }: RequestScope,
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
  return headers;
}

/** Adds what only the gateway can say; nothing where its subgraphs ask for no secret. */
export function withSecret(
  headers: Readonly<Record<string, string>>,
  secret: string | null,
): Record<string, string> {
  return secret === null ? { ...headers } : { ...headers, [gatewaySecretHeader]: secret };
}
