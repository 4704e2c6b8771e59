import { graphError } from '@souk/shared/graph/errors';
import type { EventStreamOptions } from '@souk/shared/graph/event-stream';
import { sendEvent, sendEvents } from '@souk/shared/graph/event-stream';
import { countLimit } from '@souk/shared/telemetry';
import { OperationTypeNode } from 'graphql';
import type { EventExchange } from '../http/graphql-handler.js';
import { outcomeOf, serializeShared } from '../http/http-response.js';
import type { GraphQLParams } from '../http/request-params.js';
import type { ErrorMask } from '../http/errors.js';
import { sendError } from '../http/errors.js';
import type { GraphQLResponse, ResponseStream } from '../types/graphql-response.js';
import { errorResponse } from '../types/graphql-response.js';
import type { Graph } from '../execution/graph.js';
import { isParsed } from '../execution/plan/parse-and-validate.js';
import type { GatewayContext } from '../types/request.js';
import { sendRateLimited } from '../http/request-admission.js';
import type { RequestMetrics } from '../http/request-metrics.js';
import type { AllowedOrigins } from '../http/allowed-origins.js';
import { isForeignPage, originRefusal } from '../http/allowed-origins.js';
import { SubscriptionMetrics } from './subscription-metrics.js';
import type { ConnectionRegistry } from './connection-registry.js';
import { closeWithinMs } from './websocket-writing.js';

/** Dependencies of the SSE handler. */
export interface SseHandlerOptions {
  graph: Graph;
  streams: ConnectionRegistry;
  /** Allowed origins besides the gateway's own. */
  origins: AllowedOrigins;
  maskError: ErrorMask;
  metrics: RequestMetrics;
  keeping: EventStreamOptions;
}

/** The started operation; `measured` is set for a subscription. */
interface StartedOperation {
  begun: GraphQLResponse | ResponseStream;
  measured: SubscriptionMetrics | null;
}

/**
 * Responds with a stream of events (graphql-sse, distinct connections mode) to any operation; queries and mutations
 * emit one event. A refusal is an event too, since browsers hide failed responses from pages. Resolves when the stream
 * has started.
 */
export async function respondWithEvents(
  options: SseHandlerOptions,
  { request, response, params }: EventExchange,
  context: GatewayContext,
): Promise<void> {
  const { streams, origins, maskError } = options;
  const { scope } = context;
  if (!params) {
    sendError(response, 400, 'BAD_REQUEST', 'The request lacks a query, or its parts are of the wrong type.');
    return;
  }
  // Browsers open an EventSource to any origin without a preflight request.
  if (isForeignPage(origins, request)) {
    sendError(response, 403, 'FORBIDDEN', originRefusal(request));
    return;
  }
  const client = { identity: context.identity, address: scope.address };
  if (streams.isFullFor(client)) {
    countLimit('streams');
    sendError(response, 503, 'SERVICE_UNAVAILABLE', 'Too many streams are open.', { retryAfter: 5 });
    return;
  }
  // The stream holds on to these variables while it is open.
  const { begun, measured } = await begin(options, params, request.method !== 'POST', context);
  const write = (answer: GraphQLResponse): string => {
    if (measured) measured.observe(answer);
    else scope.outcome = outcomeOf(answer);
    return serializeShared(answer, scope, maskError);
  };
  if (!isStream(begun)) {
    // Callers over a rate limit read it from the status, as everywhere.
    const limited = begun.errors.find(({ extensions }) => extensions['code'] === 'RATE_LIMITED');
    if (limited && begun.data === null && !response.destroyed) {
      sendRateLimited(limited, response);
      return;
    }
    if (!response.destroyed) sendEvent(response, write(begun));
    return;
  }
  const onFault = (error: unknown): void => scope.log.error({ err: error }, 'a stream failed');
  const keeping = { ...options.keeping, onFault };
  const open = streams.add('sse', client, (why) => {
    begun.end(errorResponse(why));
    setTimeout(() => sent.cut(), closeWithinMs).unref();
  });
  const sent = sendEvents(response, begun, write, keeping, () => open.remove());
}

async function begin(
  { graph, metrics }: SseHandlerOptions,
  { query, operationName, variables }: GraphQLParams,
  mayOnlyRead: boolean,
  context: GatewayContext,
): Promise<StartedOperation> {
  const prepared = await graph.prepare(query, operationName, context);
  if (!isParsed(prepared)) return once(errorResponse(...prepared));
  const { operation } = prepared.operation;
  if (operation === OperationTypeNode.SUBSCRIPTION) {
    return SubscriptionMetrics.begin(metrics, context, () => graph.subscribe(prepared, variables, context));
  }
  if (operation === OperationTypeNode.MUTATION && mayOnlyRead) {
    return once(errorResponse(graphError('BAD_REQUEST', 'Send mutations by POST.')));
  }
  return once(await graph.run(prepared, variables, context));
}

function isStream(begun: GraphQLResponse | ResponseStream): begun is ResponseStream {
  return Symbol.asyncIterator in begun;
}

/** A query, a mutation, or a refusal. */
function once(begun: GraphQLResponse): StartedOperation {
  return { begun, measured: null };
}
