import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import { MappedEvents } from '@souk/shared/graph/mapped-events';
import type { EventStreamOptions } from '@souk/shared/graph/event-stream';
import type { Log } from '@souk/shared/log';
import { countLimit } from '@souk/shared/telemetry';
import { readTraceparent, traceHeader } from '@souk/shared/tracing';
import type { ExecutionArgs, FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Context } from 'graphql-ws';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { Cancellation, ClientGone } from '../cancellation.js';
import type { ErrorMask } from '../errors.js';
import type { Answer } from '../execution/answers.js';
import type { Graph } from '../execution/graph.js';
import type { KnownOperation } from '../execution/operation.js';
import { isReady } from '../execution/preparation.js';
import type { RateLimit } from '../rate-limit.js';
import type { GatewayContext } from '../request.js';
import {
  clientAddress,
  headerOf,
  RequestScope,
  requestIdHeader,
  travellingHeaders,
  withSecret,
} from '../request.js';
import type { RequestMetrics } from '../request-metrics.js';
import { beginTrace } from '../request-trace.js';
import { isForeignPage } from '../response-headers.js';
import type { TrustedDocuments } from '../trusted-documents.js';
import { trustedBody } from '../trusted-documents.js';
import { isStream } from './event-door.js';
import { MeasuredRequest } from './measured-request.js';
import { MeasuredSubscription } from './measured-subscription.js';
import type { OpenStreams } from './open-streams.js';
import { resultOf, shown } from './socket-answers.js';
import { closeSoon, sendOrDrop } from './socket-writing.js';

/** What the door for WebSockets is made of. */
export interface SocketDoorOptions {
  graph: Graph;
  streams: OpenStreams;
  origins: ReadonlySet<string>;
  rateLimit: RateLimit | null;
  trusted: TrustedDocuments | null;
  verifyToken: VerifyToken | null;
  gatewaySecret: string | null;
  maskError: ErrorMask;
  metrics: RequestMetrics;
  maxMessageBytes: number;
  requestTimeoutMs: number;
  trustedProxies: number;
  keeping: EventStreamOptions;
  log: Log;
}

/** The door for WebSockets: graphql-ws, any operation. */
export interface SocketDoor {
  /** Takes an HTTP connection over that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** One connection. */
interface Connection {
  socket: WebSocket;
  request: IncomingMessage;
  address: string;
  identity: Identity | null;
  /** What the client showed. */
  authorization: string | null;
  /** Ends what runs for it. */
  cancellation: Cancellation;
  /** Takes it out of the open ones. */
  remove: () => void;
}

/** What an operation is run with. */
interface Running {
  known: KnownOperation;
  variables: Readonly<Record<string, unknown>>;
  context: GatewayContext;
  measured: MeasuredRequest;
}

type SocketContext = Context<Record<string, unknown> | undefined, Connection>;

const maxOperations = 100;
const initWithinMs = 5_000;
/** For the rest of a connection's life; the reasons are for people. */
const closing = { forbidden: 4403, away: 1001, later: 1013 } as const;

/** Opens the door. */
export function socketDoor(options: SocketDoorOptions): SocketDoor {
  const { graph, streams, origins, maskError, metrics, keeping, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });

  const server = makeServer<Record<string, unknown> | undefined, Connection>({
    connectionInitWaitTimeout: initWithinMs,
    onConnect: ({ connectionParams, extra }) => authenticate(options, connectionParams, extra),
    onSubscribe: async (context, id, { query, operationName = null, variables, extensions }) => {
      const scope = scopeOf(options, context.extra, extensions?.['traceparent']);
      const measured = new MeasuredRequest(metrics, scope, () => !(id in context.subscriptions));
      const body = { query, operationName, variables: variables ?? {}, extensions };
      const running = await measured.attempt(() => admit(options, context, body, { scope, measured }));
      if (isErrors(running)) {
        measured.end({ data: null, errors: running, extensions: null });
        return shown(running, scope, maskError);
      }
      const { document } = running.known;
      return { schema: graph.api, document, operationName, contextValue: running } satisfies ExecutionArgs;
    },
    execute: async ({ contextValue }: ExecutionArgs) => {
      const { known, variables, context, measured } = contextValue as Running;
      const answer = await measured.attempt(() => graph.run(known, variables, context));
      measured.end(answer);
      return resultOf(answer, context.scope, maskError);
    },
    subscribe: async ({ contextValue }: ExecutionArgs) => {
      const { known, variables, context } = contextValue as Running;
      const { begun, measured } = await MeasuredSubscription.begin(metrics, context, () =>
        graph.subscribe(known, variables, context),
      );
      const tell = (answer: Answer): Record<string, unknown> => {
        measured.told(answer);
        return resultOf(answer, context.scope, maskError);
      };
      return isStream(begun) ? new MappedEvents(begun, { map: tell }) : tell(begun);
    },
    // As they are: they have been made for clients already.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.map((error) => error.toJSON()),
  });

  const open = (socket: WebSocket, request: IncomingMessage, address: string): void => {
    const cancellation = new Cancellation();
    const connection: Connection = {
      socket,
      request,
      address,
      identity: null,
      authorization: null,
      cancellation,
      remove: streams.add('websocket', null, () =>
        closeSoon(socket, closing.away, 'The gateway is closing.'),
      ),
    };
    let isAlive = true;
    const ping = setInterval(() => {
      if (!isAlive) socket.terminate();
      isAlive = false;
      socket.ping();
    }, keeping.pingMs).unref();
    socket.on('pong', () => (isAlive = true));
    // The connection ends with it; why is in `close`.
    socket.on('error', (error) => log.debug({ err: error }, 'a WebSocket broke'));
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendOrDrop(socket, text, keeping.slowMs),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (data: Buffer) => {
            isAlive = true;
            take(data.toString()).catch((error: unknown) => {
              log.error({ err: error }, 'a WebSocket message failed');
              socket.close(4500, 'Internal server error');
            });
          });
        },
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      clearInterval(ping);
      connection.remove();
      cancellation.cancel(new ClientGone());
      void closed(code, reason.toString());
    });
  };

  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (isForeignPage(origins, request)) refuseUpgrade(socket, 403, 'Forbidden');
      else if (streams.isFull) {
        countLimit('streams');
        refuseUpgrade(socket, 503, 'Service Unavailable');
      } else {
        const address = clientAddress(request, options.trustedProxies);
        sockets.handleUpgrade(request, socket, head, (opened) => open(opened, request, address));
      }
    },
    close: () => sockets.close(),
  };
}

/** Finds out who connects: by connection_init, or by the header of whoever is no browser. False refuses him. */
async function authenticate(
  { verifyToken, streams, log }: SocketDoorOptions,
  params: Readonly<Record<string, unknown>> | undefined,
  connection: Connection,
): Promise<boolean> {
  const { socket, request } = connection;
  const given = params?.['authorization'] ?? params?.['Authorization'] ?? headerOf(request, 'authorization');
  if (given === undefined || !verifyToken) return true;
  if (typeof given !== 'string') return false;
  try {
    const token = bearerToken(given);
    if (token === null) return true;
    const identity = await verifyToken(token);
    connection.identity = identity;
    connection.authorization = given;
    connection.remove();
    connection.remove = streams.add('websocket', identity, ({ extensions, message }) =>
      closeSoon(socket, extensions['code'] === 'UNAUTHENTICATED' ? closing.forbidden : closing.away, message),
    );
    // It has gone meanwhile.
    if (connection.cancellation.reason) connection.remove();
    return true;
  } catch (error) {
    if (error instanceof InvalidToken) return false;
    log.error({ err: error }, 'a token could not be verified');
    socket.close(closing.later, 'Access tokens cannot be verified at the moment.');
    return true;
  }
}

/** What is known of an operation. Its client's trace is its own where it has one, else its connection's. */
function scopeOf(
  { log }: SocketDoorOptions,
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

/** What an operation is to be run with, or what is held against it. */
async function admit(
  { graph, trusted, rateLimit, gatewaySecret, requestTimeoutMs }: SocketDoorOptions,
  { subscriptions, extra }: SocketContext,
  body: { query: string; operationName: string | null; variables: Record<string, unknown> },
  { scope, measured }: { scope: RequestScope; measured: MeasuredRequest },
): Promise<Running | readonly GraphQLError[]> {
  const { identity, address, request, authorization } = extra;
  if (Object.keys(subscriptions).length > maxOperations) {
    return [graphError('RATE_LIMITED', `A connection may have ${maxOperations} operations under way.`)];
  }
  const refused = await rateLimit?.admitOperation(identity, address);
  if (refused) return [refused];
  let { query } = body;
  if (trusted) {
    const checked = trustedBody(trusted, body);
    if ('refused' in checked) {
      return [graphError('FORBIDDEN', 'Only documents that are known beforehand are run here.')];
    }
    ({ query } = checked.body as { query: string });
  }
  const known = graph.prepare(query, body.operationName);
  if (!isReady(known)) return known;
  const { authorization: _header, ...travelling } = travellingHeaders(request, scope);
  return {
    known,
    variables: body.variables,
    measured,
    context: {
      scope,
      identity,
      headers: withSecret(
        {
          ...travelling,
          [requestIdHeader]: scope.requestId,
          ...(authorization !== null && { authorization }),
        },
        gatewaySecret,
      ),
      deadline: performance.now() + requestTimeoutMs,
      cancellation: extra.cancellation,
      showsCost: false,
    },
  };
}

function isErrors(running: Running | readonly GraphQLError[]): running is readonly GraphQLError[] {
  return Array.isArray(running);
}

function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
