import type { VerifyToken } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import { eventStreamDefaults } from '@souk/shared/graph/event-stream';
import type { SubgraphExecutor, SubgraphSubscriber } from '@souk/shared/graph/server';
import { metricsEndpoint } from '@souk/shared/graph/metrics-endpoint';
import { loopback } from '@souk/shared/listen-host';
import type { Log } from '@souk/shared/log';
import type { QueueDashboard } from '@souk/shared/queue/queue-dashboard';
import { isTracing } from '@souk/shared/tracing';
import type { RequestHandler } from 'express';
import express from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { HoldsPolicy } from './types/access.js';
import { holdsByToken } from './access/access-rules.js';
import type { MetricsAccess } from './http/metrics-server.js';
import { graphqlHandler } from './http/graphql-handler.js';
import { EndpointLimits } from './http/endpoint-limits.js';
import { errorMask, sendFailure, errorHandler, notFound } from './http/errors.js';
import { createGraph } from './execution/graph.js';
import { createSubgraphs } from './subgraph/subgraphs.js';
import type { ProxyRoute } from './http/reverse-proxy.js';
import { proxyRouter } from './http/reverse-proxy.js';
import { healthRouter } from './http/health.js';
import { closeServer, listen } from './http/http-server.js';
import { MetricsServer } from './http/metrics-server.js';
import { graphiql } from './http/ide.js';
import type { CountLimits } from './limits/count-limits.js';
import type { ThreadFile } from './execution/plan/planner-thread.js';
import { plannerThreadFile } from './execution/plan/planner-thread.js';
import { SubgraphClients } from './subgraph/subgraph-clients.js';
import { queueDashboard } from './http/queue-dashboard.js';
import { queuesPath } from './http/queue-dashboard-page.js';
import { PersistedQueries } from './http/persisted-queries.js';
import type { RateLimits } from './limits/rate-limit.js';
import type { ReadCacheOptions } from './cache/cache-store.js';
import { ReadCache } from './cache/read-cache.js';
import { rateLimit } from './limits/rate-limit.js';
import { openScope } from './types/request.js';
import { RequestMetrics } from './http/request-metrics.js';
import { traceRequest } from './http/request-trace.js';
import {
  allowedOrigins,
  crossOrigin,
  setSecurityHeaders,
  setTransportSecurity,
} from './http/response-headers.js';
import { startGraphServer } from './http/apollo-server.js';
import { respondWithEvents } from './subscriptions/sse-handler.js';
import { ConnectionRegistry } from './subscriptions/connection-registry.js';
import { websocketHandler } from './subscriptions/websocket-handler.js';
import { readSupergraph } from './supergraph/supergraph.js';
import type { TrustedDocuments } from './access/trusted-documents.js';

/** Dependencies and settings of a gateway. */
export interface GatewayOptions {
  /** The composed supergraph, with its access rules. */
  supergraphSdl: string;
  /** The subgraphs by name, where they are functions of this process; null: over HTTP. */
  subgraphs: Readonly<Record<string, SubgraphExecutor>> | null;
  /** The subscriptions of those that are functions of this process. */
  subscribers?: Readonly<Record<string, SubgraphSubscriber>>;
  /** Addresses of subgraphs by name, instead of those in the supergraph. */
  urls?: Readonly<Record<string, string>>;
  /** Null ignores tokens and refuses every field that requires one. */
  verifyToken: VerifyToken | null;
  /** Ends the streams of sessions that end; null, or left out, where they end with their tokens only. */
  revocations?: Pick<Revocations, 'isEnded' | 'onEnded'> | null;
  /** Decides @policy; by default callers hold the policies in their tokens. */
  holdsPolicy?: HoldsPolicy;
  /** The secret that subgraphs require of the gateway; null where they require none. */
  gatewaySecret: string | null;
  log: Log;
  /** Hides internal details from clients. */
  production: boolean;
  /** Enables introspection and the IDEs. */
  introspection: boolean;
  /** Endpoints of other processes, served by reverse proxy. */
  forwards?: readonly ProxyRoute[];
  /** Endpoints of subgraphs in this process. They read request bodies themselves. */
  routers?: readonly { path: string; router: RequestHandler }[];
  /** The queue dashboard at /admin/queues; null or left out without queues or tokens. */
  queueBoard?: QueueDashboard | null;
  /** Of a request body; 1 MB when left out. */
  maxBodyBytes?: number;
  /** How deep operations may nest; 15 when left out. */
  depthLimit?: number;
  /** How many aliases, root fields and directives operations may have; 150, 30 and 60 when left out. */
  countLimits?: CountLimits;
  /** The highest estimated cost of an operation (limits/cost.ts); 100,000 by default. */
  maxCost?: number;
  /** The highest estimated cost of one subscription event; 5,000 by default. */
  maxEventCost?: number;
  /** The thread that checks and plans operations; null plans in the calling thread. A compiled gateway has its own. */
  plannerThread?: ThreadFile | null;
  /** Items of a list without @listSize in a foreign supergraph, where costs are estimated; 10 when left out. */
  assumedListSize?: number;
  /** Null, or left out: any number of requests. */
  rateLimits?: RateLimits | null;
  /** Null, or left out: none. */
  trustedDocuments?: TrustedDocuments | null;
  /** Allowed origins besides the gateway's own. */
  corsOrigins?: readonly string[];
  /** Validates supergraphs before they are served. Set it for supergraphs that no build has checked. */
  validateSupergraph?: boolean;
  /** Timeout of a whole request; 30 s by default. */
  requestTimeoutMs?: number;
  /** Concurrent calls of one subgraph; 2,000 by default. */
  maxSubgraphCalls?: number;
  /** How long an open circuit rejects calls before a trial call; 5 s by default. */
  subgraphResetTimeoutMs?: number;
  /** Timeout of a subgraph call; 10 s by default. */
  subgraphTimeoutMs?: number;
  /** Approximate memory for plans and compiled operations; 64 MB by default. */
  maxPlanBytes?: number;
  /** Whether identical concurrent queries of one caller run once; yes by default. */
  shareQueries?: boolean;
  /** Whether entity fetches of one request are batched; yes by default. */
  joinCalls?: boolean;
  /**
   * Whether an operation with a field that its caller may not see is refused whole; no when left out: such a field is
   * null, with an error at its place.
   */
  refuseUnauthorized?: boolean;
  /** Null or left out disables the read cache. */
  readCache?: ReadCacheOptions | null;
  /** Streams and WebSockets that may be open at one time; 20,000 when left out. */
  maxStreams?: number;
  /** Of them, those that one user may have; 100 when left out. */
  maxStreamsPerClient?: number;
  /** Of them, those from one address, of its users and of anonymous callers; 1,000 when left out. */
  maxStreamsPerAddress?: number;
  /** How long a WebSocket may be open without an operation; 120 s when left out. */
  socketIdleMs?: number;
  /** Interval of keep-alives on silent streams; 15 s by default. */
  streamPingMs?: number;
  /** How long a client may leave sent events unread before it is disconnected; 10 s by default. */
  slowClientMs?: number;
  /** Number of trusted proxies in front of the gateway (X-Forwarded-For); 0 by default. */
  trustedProxies?: number;
  /** 0 chooses a free port. */
  port: number;
  /** The address that it listens on; loopback when left out. */
  host?: string;
  /** Access to /metrics; public on this port by default. */
  metrics?: MetricsAccess;
  /**
   * Seconds of Strict-Transport-Security where a trusted proxy says that the client came by HTTPS; 0 when left out:
   * never.
   */
  hstsMaxAge?: number;
}

/** The public endpoint of the supergraph. */
export interface Gateway {
  /**
   * Replaces the supergraph; running requests end on the old one.
   * @throws if it is invalid; the gateway keeps the old one.
   */
  reload(supergraphSdl: string): Promise<void>;
  /** Takes requests from now on. @returns the port. */
  listen(): Promise<number>;
  /** Stops accepting requests, and lets running ones finish within `graceMs` (4,000 by default). */
  close(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 4_000;
/** Bytes of all automatic persisted queries. */
const maxPersistedBytes = 16_000_000;

/**
 * Creates a gateway; its subgraphs need not be available yet.
 * @throws UnreadableRule where the supergraph states an access rule that cannot be enforced.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { log, gatewaySecret, production, introspection, maxBodyBytes = 1_000_000 } = options;
  const requestTimeoutMs = options.requestTimeoutMs ?? 30_000;
  const supergraph = readSupergraph(options.supergraphSdl);
  const links = new SubgraphClients(
    {
      functions: options.subgraphs,
      subscribers: options.subscribers ?? {},
      urls: options.urls ?? {},
      resilience: {
        maxCalls: options.maxSubgraphCalls ?? 2_000,
        resetTimeoutMs: options.subgraphResetTimeoutMs ?? 5_000,
        countsLate: options.subgraphs === null,
      },
      graceMs: requestTimeoutMs,
      log,
    },
    supergraph,
  );
  const limit = options.rateLimits ? rateLimit(options.rateLimits, log) : null;
  // Without rate limits, other endpoints are not limited either.
  const endpoints = limit ? new EndpointLimits() : null;
  const readCache = options.readCache ? new ReadCache(options.readCache, log) : null;
  const graph = createGraph({
    supergraph,
    subgraphs: createSubgraphs(links, options.subgraphTimeoutMs ?? 10_000, log),
    validate: options.validateSupergraph ?? false,
    maxPlanBytes: options.maxPlanBytes ?? 64_000_000,
    share: options.shareQueries ?? true,
    joins: options.joinCalls ?? true,
    refusesWhole: options.refuseUnauthorized ?? false,
    eventTimeoutMs: requestTimeoutMs,
    documentLimits: {
      depth: options.depthLimit ?? 15,
      counts: options.countLimits ?? { aliases: 150, rootFields: 30, directives: 60 },
      introspection,
    },
    plannerThread: options.plannerThread === undefined ? plannerThreadFile : options.plannerThread,
    log,
    maxEventCost: options.maxEventCost ?? 5_000,
    cost: { max: options.maxCost ?? 100_000, assumedListSize: options.assumedListSize ?? 10 },
    admitFields: limit ? (fields, address) => limit.admitFields(fields, address) : null,
    holdsPolicy: options.holdsPolicy ?? holdsByToken,
    readCache,
    exposePlans: !production,
  });
  const metricsAccess = options.metrics ?? { port: null, token: null, isPublic: true };
  const host = options.host ?? loopback;
  const ownMetrics = new MetricsServer(metricsAccess, host);
  const maskError = errorMask(production);
  const persistedQueries = new PersistedQueries(maxPersistedBytes);
  const server = await startGraphServer({
    graph,
    persistedQueries,
    production,
    maskError,
    introspection,
    log,
  });
  const origins = allowedOrigins(options.corsOrigins ?? [], production);
  const streams = new ConnectionRegistry(
    {
      max: options.maxStreams ?? 20_000,
      maxPerClient: options.maxStreamsPerClient ?? 100,
      maxPerAddress: options.maxStreamsPerAddress ?? 1_000,
    },
    options.revocations ?? null,
  );
  const keeping = {
    pingMs: options.streamPingMs ?? eventStreamDefaults.pingMs,
    slowMs: options.slowClientMs ?? eventStreamDefaults.slowMs,
  };
  const metrics = new RequestMetrics(options.trustedDocuments ?? null);
  const doors = {
    graph,
    rateLimit: limit,
    trusted: options.trustedDocuments ?? null,
    verifyToken: options.verifyToken,
    gatewaySecret,
    maskError,
    metrics,
    requestTimeoutMs,
  };
  const graphql = graphqlHandler({
    ...doors,
    server,
    persistedQueries,
    respondWithEvents: (exchange, context) =>
      respondWithEvents({ graph, streams, origins, maskError, metrics, keeping }, exchange, context),
    maxBodyBytes,
  });
  const sockets = websocketHandler({
    ...doors,
    streams,
    origins,
    endpoints,
    idleMs: options.socketIdleMs ?? 120_000,
    maxMessageBytes: maxBodyBytes,
    trustedProxies: options.trustedProxies ?? 0,
    keeping,
    log,
  });
  const forwards = proxyRouter(options.forwards ?? [], { gatewaySecret, maxBodyBytes });
  let isClosing = false;

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  if (endpoints) app.use(endpoints.handler);
  app.use(healthRouter({ links, gatewaySecret, log, production, isClosing: () => isClosing }));
  if (metricsAccess.isPublic) app.get('/metrics', metricsEndpoint(metricsAccess.token));
  for (const { path, router } of options.routers ?? []) app.use(path, router);
  const { queueBoard, verifyToken } = options;
  if (queueBoard && verifyToken)
    app.use(
      queuesPath,
      queueDashboard({
        board: queueBoard,
        verifyToken,
        admitSignIn: limit && ((address) => limit.admitSignIn(address)),
        production,
      }),
    );
  app.use(forwards.router);
  app.get('/', (_request, response) => {
    response.redirect('/graphql');
  });
  if (introspection) app.get('/graphiql', graphiql());
  app.use(notFound);
  app.use(errorHandler);

  const http = createServer((request: IncomingMessage, response: ServerResponse) => {
    const scope = openScope(request, response, log, options.trustedProxies ?? 0);
    if (isClosing) response.setHeader('connection', 'close');
    setSecurityHeaders(response);
    setTransportSecurity(request, response, options.trustedProxies ?? 0, options.hstsMaxAge ?? 0);
    if (!isGraphql(request.url ?? '')) {
      app(request, response);
      return;
    }
    metrics.measure(response, scope);
    if (isTracing()) traceRequest(response, scope);
    if (crossOrigin(origins, request, response)) return;
    graphql(request, response).catch((error: unknown) => sendFailure(error, response));
  });
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (isGraphql(request.url ?? '') && !isClosing) sockets.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  return {
    reload: async (sdl) => {
      const next = readSupergraph(sdl);
      // Operations on the new supergraph need its clients. Clients of the old one close after a grace period.
      await graph.reload(next, () => links.update(next));
    },
    listen: async () => {
      await graph.ready;
      await ownMetrics.listen();
      return listen(http, options.port, host);
    },
    close: async (graceMs = defaultGraceMs) => {
      isClosing = true;
      readCache?.close();
      streams.close();
      sockets.close();
      await closeServer(http, graceMs);
      await ownMetrics.close();
      await server.stop();
      await Promise.all([forwards.close(), links.close(), queueBoard?.close(), graph.close()]);
    },
  };
}

function isGraphql(url: string): boolean {
  return url === '/graphql' || url.startsWith('/graphql?') || url.startsWith('/graphql/');
}
