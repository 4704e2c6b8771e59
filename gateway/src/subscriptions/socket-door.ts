import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import type { EventStreamOptions } from '@souk/shared/graph/event-stream';
import type { Log } from '@souk/shared/log';
import { Rounds } from '@souk/shared/rounds';
import { countLimit } from '@souk/shared/telemetry';
import { readTraceparent, traceHeader } from '@souk/shared/tracing';
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from 'graphql-ws';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { Cancellation, ClientGone } from '../cancellation.js';
import type { ErrorMask } from '../errors.js';
import type { Answer, Answers } from '../execution/answers.js';
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
  travelling,
  travellingHeaders,
  withSecret,
} from '../request.js';
import type { RequestMetrics } from '../request-metrics.js';
import { beginTrace } from '../request-trace.js';
import { isForeignPage } from '../response-headers.js';
import type { TrustedDocuments } from '../trusted-documents.js';
import { trustedBody } from '../trusted-documents.js';
import { MeasuredRequest } from './measured-request.js';
import { MeasuredSubscription } from './measured-subscription.js';
import type { OpenStream, OpenStreams } from './open-streams.js';
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
  /** Those headers of its request that its operations are run with. */
  request: Pick<IncomingMessage, 'headers'>;
  address: string;
  identity: Identity | null;
  /** What the client showed. */
  authorization: string | null;
  /** Ends what runs for it. */
  cancellation: Cancellation;
  /** Among the open ones. */
  open: OpenStream;
  /** Whether it has given a sign of life since it was last asked for one. */
  isAlive: boolean;
}

/** What an operation is run with. */
interface Running {
  known: KnownOperation;
  variables: Readonly<Record<string, unknown>>;
  context: GatewayContext;
  measured: MeasuredRequest;
}

/** An operation, as long as graphql-ws knows it: what it is run with is let go once it has begun. */
interface Operation {
  scope: RequestScope;
  running: Running | null;
  /** Where it is a subscription that has begun. */
  measured: MeasuredSubscription | null;
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

  const pings = new Rounds<Connection>(keeping.pingMs, (connection) => {
    if (!connection.isAlive) connection.socket.terminate();
    connection.isAlive = false;
    connection.socket.ping();
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
      const contextValue: Operation = { scope, running, measured: null };
      return { schema: graph.api, document, operationName, contextValue } satisfies ExecutionArgs;
    },
    execute: async ({ contextValue }: ExecutionArgs) => {
      const { known, variables, context, measured } = begin(contextValue as Operation);
      const answer = await measured.attempt(() => graph.run(known, variables, context));
      measured.end(answer);
      return unwritten(answer);
    },
    subscribe: async ({ contextValue }: ExecutionArgs) => {
      const operation = contextValue as Operation;
      const { known, variables, context } = begin(operation);
      const { begun, measured } = await MeasuredSubscription.begin(metrics, context, () =>
        graph.subscribe(known, variables, context),
      );
      operation.measured = measured;
      return unwritten(begun);
    },
    onNext: (_context, _id, _payload, { contextValue }, result) => {
      const { scope, measured } = contextValue as Operation;
      const answer = result as unknown as Answer;
      measured?.told(answer);
      return resultOf(answer, scope, maskError);
    },
    onError: (_context, _id, _payload, errors) => errors.map((error) => error.toJSON()),
  });

  const open = (socket: WebSocket, request: IncomingMessage, address: string): void => {
    const cancellation = new Cancellation();
    const connection: Connection = {
      socket,
      request: { headers: keptHeaders(request) },
      address,
      identity: null,
      authorization: null,
      cancellation,
      open: streams.add('websocket', null, () => closeSoon(socket, closing.away, 'The gateway is closing.')),
      isAlive: true,
    };
    pings.add(connection);
    socket.on('pong', () => (connection.isAlive = true));
    // The connection ends with it; why is in `close`.
    socket.on('error', (error) => log.debug({ err: error }, 'a WebSocket broke'));
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendOrDrop(socket, text, keeping.slowMs),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (data: Buffer) => {
            connection.isAlive = true;
            take(data.toString()).catch((error: unknown) => {
              log.error({ err: error }, 'a WebSocket message failed');
              socket.close(4500, 'Internal server error');
            });
          });
        },
      },
      connection,
    );
    socket.on('close', (code, reason) => {
      pings.delete(connection);
      connection.open.remove();
      cancellation.cancel(new ClientGone());
      void closed(code, reason.toString());
    });
  };

  return {
    upgrade: (request, socket, head) => {
      socket.on('error', destroyBroken);
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
    connection.open.remove();
    connection.open = streams.add('websocket', identity, ({ extensions, message }) =>
      closeSoon(socket, extensions['code'] === 'UNAUTHENTICATED' ? closing.forbidden : closing.away, message),
    );
    // It has gone meanwhile.
    if (connection.cancellation.reason) connection.open.remove();
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

/** What an operation is to be run with, once. */
function begin(operation: Operation): Running {
  const { running } = operation;
  if (!running) throw new Error('The operation has begun already.');
  operation.running = null;
  return running;
}

/** Of a request that has become a WebSocket, which outlives it. */
function keptHeaders({ headers }: IncomingMessage): IncomingMessage['headers'] {
  return Object.fromEntries(
    [...travelling, traceHeader].flatMap((name) =>
      headers[name] === undefined ? [] : [[name, headers[name]]],
    ),
  );
}

function isErrors(running: Running | readonly GraphQLError[]): running is readonly GraphQLError[] {
  return Array.isArray(running);
}

/** What graphql-ws hands from an operation to `onNext`, event by event. */
function unwritten<Given extends Answer | Answers>(given: Given): Unwritten<Given> {
  return given as unknown as Unwritten<Given>;
}

type Unwritten<Given> =
  | (Given extends Answer ? ExecutionResult : never)
  | (Given extends Answers ? AsyncIterableIterator<ExecutionResult> : never);

/** Not a closure: it would hold on to the request for as long as the connection is open. */
function destroyBroken(this: Duplex): void {
  this.destroy();
}

function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
