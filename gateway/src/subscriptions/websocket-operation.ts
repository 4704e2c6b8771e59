import { graphError } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import { readTraceparent, traceHeader } from '@souk/shared/tracing';
import type { GraphQLError } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { Graph } from '../execution/graph.js';
import type { KnownOperation } from '../types/operation.js';
import { isParsed } from '../execution/plan/parse-and-validate.js';
import type { RateLimit } from '../limits/rate-limit.js';
import type { GatewayContext } from '../types/request.js';
import { headerOf, RequestScope, requestIdHeader, forwardedHeaders, withSecret } from '../types/request.js';
import { beginTrace } from '../http/request-trace.js';
import type { TrustedDocuments } from '../access/trusted-documents.js';
import { mismatchMessage, trustedBody } from '../access/trusted-documents.js';
import type { WebSocketRequestMetrics } from './websocket-request-metrics.js';
import type { SubscriptionMetrics } from './subscription-metrics.js';
import type { Connection } from './websocket-connection.js';

/** An admitted operation with its variables and context. */
export interface Running {
  known: KnownOperation;
  variables: Readonly<Record<string, unknown>>;
  context: GatewayContext;
  measured: WebSocketRequestMetrics;
}

/** An operation, as long as graphql-ws knows it: what it is run with is let go once it has begun. */
export interface Operation {
  scope: RequestScope;
  /** Whether its client has ended it. */
  hasGone: () => boolean;
  running: Running | null;
  /** Where it is a subscription that has begun. */
  measured: SubscriptionMetrics | null;
}

/** Dependencies of operations over WebSockets. */
export interface WebSocketOperationOptions {
  graph: Graph;
  /** Null disables rate limits. */
  rateLimit: RateLimit | null;
  /** Null where there are none. */
  trusted: TrustedDocuments | null;
  gatewaySecret: string | null;
  /** Timeout of a whole operation. */
  requestTimeoutMs: number;
}

const maxOperations = 100;

/** Creates the scope of an operation. Its trace is the operation's own, or else the connection's. */
export function operationScope(
  log: Log,
  { address, request }: Connection,
  traceparent: unknown,
): RequestScope {
  const scope = new RequestScope(randomUUID(), address, log);
  scope.clientTrace =
    (typeof traceparent === 'string' ? readTraceparent(traceparent) : null) ??
    readTraceparent(headerOf(request, traceHeader));
  beginTrace(scope);
  return scope;
}

/** Admits an operation, or returns the errors that refuse it. */
export async function admitOperation(
  { graph, trusted, rateLimit, gatewaySecret, requestTimeoutMs }: WebSocketOperationOptions,
  { address, authorization, cancellation, identity, request }: Connection,
  body: { query: string; operationName: string | null; variables: Record<string, unknown> },
  { scope, measured, underWay }: { scope: RequestScope; measured: WebSocketRequestMetrics; underWay: number },
): Promise<Running | readonly GraphQLError[]> {
  if (underWay > maxOperations) {
    return [graphError('RATE_LIMITED', `A connection may have ${maxOperations} concurrent operations.`)];
  }
  const charge = rateLimit?.charge(identity, address, null) ?? null;
  const unpaid = charge?.refusal();
  if (unpaid) return [unpaid];
  let { query } = body;
  if (trusted) {
    const checked = trustedBody(trusted, body);
    if ('refused' in checked) {
      const refused = await charge?.settle();
      if (refused) return [refused];
      if (checked.refused === 'mismatched') return [graphError('BAD_REQUEST', mismatchMessage)];
      return [graphError('FORBIDDEN', 'Only trusted documents are allowed.')];
    }
    ({ query } = checked.body as { query: string });
  }
  const { authorization: _header, ...forwarded } = forwardedHeaders(request, scope, null);
  const context: GatewayContext = {
    scope,
    identity,
    headers: withSecret(
      {
        ...forwarded,
        [requestIdHeader]: scope.requestId,
        ...(authorization !== null && { authorization }),
      },
      gatewaySecret,
    ),
    deadline: performance.now() + requestTimeoutMs,
    cancellation,
    showsCost: false,
    charge,
  };
  const known = await graph.prepare(query, body.operationName, context);
  return isParsed(known) ? { known, variables: body.variables, measured, context } : known;
}

/** Takes the admitted operation out, once. */
export function begin(operation: Operation): Running {
  const { running } = operation;
  if (!running) throw new Error('The operation has begun already.');
  operation.running = null;
  return running;
}

/** Whether an operation was refused. */
export function isErrors(running: Running | readonly GraphQLError[]): running is readonly GraphQLError[] {
  return Array.isArray(running);
}
