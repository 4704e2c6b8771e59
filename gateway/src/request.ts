import type { Identity } from '@souk/shared/auth/identity';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import type { Log } from '@souk/shared/log';
import type { Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Cancellation } from './cancellation.js';

/** What the gateway knows of the request that it is answering. */
export interface RequestScope {
  requestId: string;
  log: Log;
}

/** What a GraphQL operation is run with. */
export interface GatewayContext {
  identity: Identity | null;
  requestId: string;
  /** What travels to the subgraphs: of the client's request, and the gateway's secret. */
  headers: Readonly<Record<string, string>>;
  /** `performance.now()` at which the answer is of no use any more. */
  deadline: number;
  /** Ends the operation when the client goes; null where it must be brought to an end. */
  cancellation: Cancellation | null;
}

/** The scope of the operation that is running, for places that are handed nothing of the request. */
export const operationScope = new AsyncLocalStorage<RequestScope>();

/** The header that names a request in logs and errors. */
export const requestIdHeader = 'x-request-id';

const requestIdPattern = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's request id where it is harmless, else a new one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && requestIdPattern.test(header) ? header : randomUUID();
}

/** Gives a request its scope, and tells the client its id. */
export function openScope(request: Request, response: Response, log: Log): RequestScope {
  const requestId = requestIdOf(request.get(requestIdHeader));
  const scope: RequestScope = { requestId, log: log.child({ requestId }) };
  response.locals['scope'] = scope;
  response.setHeader(requestIdHeader, requestId);
  return scope;
}

/** The scope of a request that `openScope` has seen. */
export function scopeOf(response: Response): RequestScope {
  return response.locals['scope'] as RequestScope;
}

const travelling = ['authorization', 'accept-language', 'user-agent'] as const;

/** The headers that a subgraph sees: these, and what the link adds; never what a client claims about itself. */
export function travellingHeaders(request: Request, { requestId }: RequestScope): Record<string, string> {
  const headers: Record<string, string> = {
    [requestIdHeader]: requestId,
    'x-forwarded-for': clientAddress(request),
  };
  for (const name of travelling) {
    const value = request.get(name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** The client's address; of a proxy only as many hops as Express was told to trust. */
export function clientAddress(request: Request): string {
  return (request.ip ?? request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/** Adds what only the gateway can say; nothing where its subgraphs ask for no secret. */
export function withSecret(
  headers: Readonly<Record<string, string>>,
  secret: string | null,
): Record<string, string> {
  return secret === null ? { ...headers } : { ...headers, [gatewaySecretHeader]: secret };
}
