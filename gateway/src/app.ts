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
import { errorMask, fail, errorHandler, notFound } from './http/errors.js';
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

/** What a gateway is made of. */
export interface GatewayOptions {
  /** The composed supergraph, with its access rules. */
  supergraphSdl: string;
  /** The subgraphs by name, where they are functions of this process; null: over HTTP. */
  subgraphs: Readonly<Record<string, SubgraphExecutor>> | null;
  /** The subscriptions of those that are functions of this process. */
  subscribers?: Readonly<Record<string, SubgraphSubscriber>>;
  /** Addresses of subgraphs by name, instead of those in the supergraph. */
  urls?: Readonly<Record<string, string>>;
  /** Null where nobody has tokens: they are not read, and what asks for one is refused. */
  verifyToken: VerifyToken | null;
  /** Ends the streams of sessions that end; null, or left out, where they end with their tokens only. */
  revocations?: Pick<Revocations, 'isEnded' | 'onEnded'> | null;
  /** Judges @policy; where it is left out callers hold what their tokens say. */
  holdsPolicy?: HoldsPolicy;
  /** What subgraphs know their gateway by; null where they ask for nothing. */
  gatewaySecret: string | null;
  log: Log;
  /** Tells clients less. */
  production: boolean;
  /** Whether clients may read the schema, and are given the IDEs. */
  introspection: boolean;
  /** Doors of other processes. */
  forwards?: readonly ProxyRoute[];
  /** Doors of subgraphs in this process. They read their bodies themselves. */
  routers?: readonly { path: string; router: RequestHandler }[];
  /** Shown to administrators at /admin/queues; null, or left out, where there are no queues or no tokens. */
  queueBoard?: QueueDashboard | null;
  /** Of a request body; 1 MB when left out. */
  maxBodyBytes?: number;
  /** How deep operations may nest; 15 when left out. */
  depthLimit?: number;
  /** How many aliases, root fields and directives operations may have; 150, 30 and 60 when left out. */
  countLimits?: CountLimits;
  /** What an operation may cost, as it is estimated (cost.ts); 100,000 when left out. */
  maxCost?: number;
  /** What one event of a subscription may cost, as it is estimated; 5,000 when left out. */
  maxEventCost?: number;
  /** The thread that checks and plans operations; null plans in the calling thread. A compiled gateway has its own. */
  plannerThread?: ThreadFile | null;
  /** Items of a list without @listSize in a foreign supergraph, where costs are estimated; 10 when left out. */
  assumedListSize?: number;
  /** Null, or left out: any number of requests. */
  rateLimits?: RateLimits | null;
  /** Null, or left out: none. */
  trustedDocuments?: TrustedDocuments | null;
  /** Origins whose pages may ask, besides our own. */
  corsOrigins?: readonly string[];
  /** Looks for faults in supergraphs before they are served: for those that no build has checked. */
  validateSupergraph?: boolean;
  /** What a request may take altogether; 30 s when left out. */
  requestTimeoutMs?: number;
  /** Calls of one subgraph under way at one time; 2,000 when left out. */
  maxSubgraphCalls?: number;
  /** How long a subgraph in trouble is left alone; 5 s when left out. */
  subgraphResetTimeoutMs?: number;
  /** What a subgraph may take for an answer; 10 s when left out. */
  subgraphTimeoutMs?: number;
  /** Bytes that plans and compiled operations may take, roughly; 64 MB when left out. */
  maxPlanBytes?: number;
  /** Whether identical queries of one caller that are under way at one time are run once; yes when left out. */
  shareQueries?: boolean;
  /** Whether fetches of one request that ask a subgraph the same of entities are one call; yes when left out. */
  joinCalls?: boolean;
  /**
   * Whether an operation with a field that its caller may not see is refused whole; no when left out: such a field is null,
   * with an error at its place.
   */
  refuseUnauthorized?: boolean;
  /** Null, or left out: public reads are not kept. */
  readCache?: ReadCacheOptions | null;
  /** Streams and WebSockets that may be open at one time; 20,000 when left out. */
  maxStreams?: number;
  /** Of them, those that one user may have; 100 when left out. */
  maxStreamsPerClient?: number;
  /** Of them, those from one address, of its users and of anonymous callers; 1,000 when left out. */
  maxStreamsPerAddress?: number;
  /** How long a WebSocket may be open without an operation; 120 s when left out. */
  socketIdleMs?: number;
  /** After how much silence a stream is given a sign of life; 15 s when left out. */
  streamPingMs?: number;
  /** How long a client may not take what a stream sends; 10 s when left out. */
  slowClientMs?: number;
  /** Proxies in front of the gateway whose X-Forwarded-For is believed; 0 when left out. */
  trustedProxies?: number;
  /** 0 asks the system for a free one. */
  port: number;
  /** The address that it listens on; loopback when left out. */
  host?: string;
  /** Who may read /metrics; at this port everybody when left out. */
  metrics?: MetricsAccess;
  /** Seconds of Strict-Transport-Security where a trusted proxy says that the client came by HTTPS; 0 when left out: never. */
  hstsMaxAge?: number;
}

/** The one door to the supergraph. */
export interface Gateway {
  /**
   * Serves another supergraph from now on; requests under way end on the old one.
   * @throws where it cannot be served: the old one stays.
   */
  reload(supergraphSdl: string): Promise<void>;
  /** Takes requests from now on. @returns the port. */
  listen(): Promise<number>;
  /** Takes no more requests, and lets those under way finish within `graceMs` (4,000 when left out). */
  close(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 4_000;
/** What the texts of automatic persisted queries may take. */
const maxPersistedBytes = 16_000_000;

/**
 * Puts a gateway together; subgraphs need not be there yet.
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
  // Limits are for everybody or for nobody: where requests are not counted, nothing else is.
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
    graphql(request, response).catch((error: unknown) => fail(error, response));
  });
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (isGraphql(request.url ?? '') && !isClosing) sockets.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  return {
    reload: async (sdl) => {
      const next = readSupergraph(sdl);
      // Operations on the new supergraph need its links; those of the old one are kept for a while.
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
