import type { EventStreamOptions } from '@souk/shared/graph/event-stream';
import { StaggeredInterval } from '@souk/shared/async/staggered-interval';
import { countLimit } from '@souk/shared/telemetry';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import type { EndpointLimits } from '../http/endpoint-limits.js';
import type { ErrorMask } from '../http/errors.js';
import type { GraphQLResponse, ResponseStream } from '../types/graphql-response.js';
import { exactText, markNumbers, revived } from '../types/exact-json.js';
import { clientAddress } from '../types/request.js';
import type { RequestMetrics } from '../http/request-metrics.js';
import type { AllowedOrigins } from '../http/allowed-origins.js';
import { isForeignPage, originRefusal } from '../http/allowed-origins.js';
import { refuseUpgrade } from './upgrade-refusal.js';
import { WebSocketRequestMetrics } from './websocket-request-metrics.js';
import { SubscriptionMetrics } from './subscription-metrics.js';
import { failureResponse, guarded, resultOf, maskErrors } from './websocket-results.js';
import type { Authentication, Connection } from './websocket-connection.js';
import { authenticate, closing, isIdle, forwardedRequestHeaders } from './websocket-connection.js';
import type { Operation, WebSocketOperationOptions } from './websocket-operation.js';
import { admitOperation, begin, isErrors, operationScope } from './websocket-operation.js';
import { registerStream } from './registered-stream.js';
import { closeSoon, sendOrDrop } from './websocket-writing.js';

/** Dependencies of the WebSocket handler. */
export interface WebSocketHandlerOptions extends Authentication, WebSocketOperationOptions {
  origins: AllowedOrigins;
  maskError: ErrorMask;
  metrics: RequestMetrics;
  /** Null counts nothing. */
  endpoints: EndpointLimits | null;
  /** How long a connection may have no operation. */
  idleMs: number;
  maxMessageBytes: number;
  trustedProxies: number;
  keeping: EventStreamOptions;
}

/** Handles WebSockets (graphql-ws) with any operation. */
export interface WebSocketHandler {
  /** Upgrades an HTTP connection to a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const initWithinMs = 5_000;

/** Creates the WebSocket handler. */
export function websocketHandler(options: WebSocketHandlerOptions): WebSocketHandler {
  const { graph, streams, origins, maskError, metrics, keeping, log, endpoints } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });

  const pings = new StaggeredInterval<Connection>(
    keeping.pingMs,
    (connection) => {
      if (!connection.isAlive) connection.socket.terminate();
      if (isIdle(connection, options.idleMs))
        closeSoon(connection.socket, closing.away, 'The connection had no operation for too long.');
      connection.isAlive = false;
      connection.socket.ping();
    },
    (error) => log.error({ err: error }, 'WebSocket ping failed'),
  );

  const server = makeServer<Record<string, unknown> | undefined, Connection>({
    connectionInitWaitTimeout: initWithinMs,
    onConnect: ({ connectionParams, extra, subscriptions }) => {
      extra.operations = subscriptions;
      return authenticate(options, connectionParams, extra);
    },
    onSubscribe: async (context, id, { query, operationName = null, variables, extensions }) => {
      const scope = operationScope(log, context.extra, extensions?.['traceparent']);
      const hasGone = (): boolean => !(id in context.subscriptions);
      const measured = new WebSocketRequestMetrics(metrics, scope, hasGone);
      context.extra.usedAt = performance.now();
      const body = { query, operationName, variables: revived(variables ?? {}), extensions };
      const underWay = Object.keys(context.subscriptions).length;
      // graphql-ws would close the connection, and with it the other operations of its client.
      const running = await measured
        .attempt(() => admitOperation(options, context.extra, body, { scope, measured, underWay }))
        .catch((error: unknown) => failureResponse(error, scope).errors);
      if (isErrors(running)) {
        measured.end({ data: null, errors: running, extensions: null });
        return maskErrors(running, scope, maskError);
      }
      const { document } = running.known;
      const contextValue: Operation = { scope, running, measured: null, hasGone };
      return { schema: graph.api, document, operationName, contextValue } satisfies ExecutionArgs;
    },
    execute: async ({ contextValue }: ExecutionArgs) => {
      const { known, variables, context, measured } = begin(contextValue as Operation);
      try {
        const answer = await measured.attempt(() => graph.run(known, variables, context));
        measured.end(answer);
        return unwritten(answer);
      } catch (error) {
        return unwritten(failureResponse(error, context.scope));
      }
    },
    subscribe: async ({ contextValue }: ExecutionArgs) => {
      const operation = contextValue as Operation;
      const { known, variables, context } = begin(operation);
      try {
        const { begun, measured } = await SubscriptionMetrics.begin(metrics, context, () =>
          registerStream(streams, context, () => graph.subscribe(known, variables, context)),
        );
        operation.measured = measured;
        // graphql-ws does not end a stream that its client has ended before it was there.
        if (operation.hasGone() && 'return' in begun) await begun.return();
        return unwritten('data' in begun ? begun : guarded(begun, context.scope));
      } catch (error) {
        return unwritten(failureResponse(error, context.scope));
      }
    },
    onNext: (_context, _id, _payload, { contextValue }, result) => {
      const { scope, measured } = contextValue as Operation;
      const answer = result as unknown as GraphQLResponse;
      measured?.observe(answer);
      return resultOf(answer, scope, maskError);
    },
    onError: (_context, _id, _payload, errors) => errors.map((error) => error.toJSON()),
  });

  const open = (socket: WebSocket, request: IncomingMessage, address: string): void => {
    const cancellation = new Cancellation();
    const connection: Connection = {
      socket,
      request: { headers: forwardedRequestHeaders(request) },
      address,
      identity: null,
      authorization: null,
      cancellation,
      registration: streams.add('websocket', { identity: null, address }, () =>
        closeSoon(socket, closing.away, 'The gateway is closing.'),
      ),
      isAlive: true,
      operations: null,
      usedAt: performance.now(),
    };
    pings.add(connection);
    socket.on('pong', () => (connection.isAlive = true));
    // The connection ends with it; why is in `close`.
    socket.on('error', (error) => log.debug({ err: error }, 'WebSocket connection broke'));
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendOrDrop(socket, exactText(text), keeping.slowMs),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (data: Buffer) => {
            connection.isAlive = true;
            take(markNumbers(data.toString())).catch((error: unknown) => {
              log.error({ err: error }, 'WebSocket message failed');
              socket.close(4500, 'Internal server error');
            });
          });
        },
      },
      connection,
    );
    socket.on('close', (code, reason) => {
      pings.delete(connection);
      connection.registration.remove();
      cancellation.cancel(new ClientGone());
      void closed(code, reason.toString());
    });
  };

  return {
    upgrade: (request, socket, head) => {
      socket.on('error', destroyBroken);
      const address = clientAddress(request, options.trustedProxies);
      if ((endpoints?.take('websockets', address) ?? 0) > 0)
        refuseUpgrade(socket, 429, 'RATE_LIMITED', 'Too many requests.');
      else if (isForeignPage(origins, request)) {
        // Browsers do not show the body to the page: the log helps its developer too.
        const message = originRefusal(request);
        log.warn({ origin: request.headers.origin }, `WebSocket refused. ${message}`);
        refuseUpgrade(socket, 403, 'FORBIDDEN', message);
      } else if (streams.isFullFor({ identity: null, address })) {
        countLimit('streams');
        refuseUpgrade(socket, 503, 'SERVICE_UNAVAILABLE', 'Too many streams are open.');
      } else {
        sockets.handleUpgrade(request, socket, head, (opened) => open(opened, request, address));
      }
    },
    close: () => sockets.close(),
  };
}

/** Types a response as graphql-ws passes it from an operation to `onNext`. */
function unwritten<Given extends GraphQLResponse | ResponseStream>(given: Given): Unwritten<Given> {
  return given as unknown as Unwritten<Given>;
}

type Unwritten<Given> =
  | (Given extends GraphQLResponse ? ExecutionResult : never)
  | (Given extends ResponseStream ? AsyncIterableIterator<ExecutionResult> : never);

/** Not a closure: it would hold on to the request for as long as the connection is open. */
function destroyBroken(this: Duplex): void {
  this.destroy();
}
