import { eventStreamDefaults } from '@souk/shared/graph/event-stream';
import { loopback } from '@souk/shared/listen-host';
import type { Log } from '@souk/shared/log';
import { isTracing } from '@souk/shared/tracing';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { holdsByToken } from './access/access-rules.js';
import { graphqlHandler } from './http/graphql-handler.js';
import { httpEndpoints } from './http/http-endpoints.js';
import { EndpointLimits } from './http/endpoint-limits.js';
import { errorMask, sendFailure } from './http/errors.js';
import { createGraph } from './execution/graph.js';
import { createSubgraphs } from './subgraph/subgraphs.js';
import { proxyRouter } from './http/reverse-proxy.js';
import { closeServer, listen } from './http/http-server.js';
import { GatewayRequest } from './http/upgrades.js';
import { MetricsServer } from './http/metrics-server.js';
import { plannerThreadFile } from './execution/plan/planner-thread.js';
import { SubgraphClients } from './subgraph/subgraph-clients.js';
import { PersistedQueries } from './http/persisted-queries.js';
import { ReadCache } from './cache/read-cache.js';
import { refuseInMaintenance } from './limits/maintenance.js';
import type { RateLimit, RateLimits } from './limits/rate-limit.js';
import { rateLimit } from './limits/rate-limit.js';
import { openScope } from './types/request.js';
import { RequestMetrics } from './http/request-metrics.js';
import { traceRequest } from './http/request-trace.js';
import { allowedOrigins } from './http/allowed-origins.js';
import { wantsCookies } from './http/refresh-cookie.js';
import { crossOrigin, setSecurityHeaders, setTransportSecurity } from './http/response-headers.js';
import { startGraphServer } from './http/apollo-server.js';
import { respondWithEvents } from './subscriptions/sse-handler.js';
import { ConnectionRegistry } from './subscriptions/connection-registry.js';
import { refuseUpgrade } from './subscriptions/upgrade-refusal.js';
import { websocketHandler } from './subscriptions/websocket-handler.js';
import type { GatewayOptions } from './options.js';
import { readSupergraph } from './supergraph/supergraph.js';

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
  const settings = options.settings ?? null;
  const limit = options.rateLimits ? rateLimitOf(options.rateLimits, settings, log) : null;
  // Without rate limits, other endpoints are not limited either.
  const endpoints = limit && options.rateLimits?.perMinute != null ? new EndpointLimits() : null;
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
    admitFields: async (fields, address) =>
      (settings && (await refuseInMaintenance(settings, fields))) ??
      (limit && (await limit.admitFields(fields, address))),
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
  const shared = {
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
    ...shared,
    server,
    persistedQueries,
    origins,
    refreshCookieSubgraph: options.refreshCookieSubgraph ?? null,
    respondWithEvents: (exchange, context) =>
      respondWithEvents({ graph, streams, origins, maskError, metrics, keeping }, exchange, context),
    maxBodyBytes,
  });
  const sockets = websocketHandler({
    ...shared,
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
  const queueBoard = options.queueBoard ?? null;
  let isClosing = false;
  const app = httpEndpoints({
    links,
    gatewaySecret,
    log,
    production,
    isClosing: () => isClosing,
    limits: endpoints,
    origins,
    introspection,
    docsFolder: options.docsFolder ?? null,
    metrics: metricsAccess,
    routers: options.routers ?? [],
    proxy: forwards.router,
    proxiedPaths: (options.forwards ?? []).map(({ path }) => path),
    queueBoard,
    verifyToken: options.verifyToken,
    demo: options.demo ?? null,
    admitSignIn: limit && ((address) => limit.admitSignIn(address)),
  });

  const http = createServer({ IncomingMessage: GatewayRequest }, (request: IncomingMessage, response) => {
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
    if (crossOrigin(origins, request, response, { credentials: wantsCookies(request) })) return;
    graphql(request, response).catch((error: unknown) => sendFailure(error, response));
  });
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    // The header may name others beside it.
    request.headers.upgrade = 'websocket';
    if (isGraphql(request.url ?? '') && !isClosing) sockets.upgrade(request, socket, head);
    else refuseUpgrade(socket, 404, 'NOT_FOUND', 'WebSocket connections are accepted at /graphql.');
  });
  return {
    reload: async (sdl) => {
      const next = readSupergraph(sdl);
      // Operations on the new supergraph need its clients. Clients of the old one close after a grace period.
      await graph.reload(next, () => links.update(next));
    },
    listen: async () => {
      await graph.ready;
      void graph.planAhead(options.trustedDocuments?.byId.values() ?? []);
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

/** Rate limits that follow the system setting. */
function rateLimitOf(limits: RateLimits, settings: GatewayOptions['settings'], log: Log): RateLimit {
  if (!settings) return rateLimit(limits, log);
  // The setting has no value for "unlimited", which the variable has.
  const key = 'gateway.rateLimitPerMinute';
  return rateLimit(limits, log, () => settings.get(key, limits.perMinute ?? 0) || null);
}

function isGraphql(url: string): boolean {
  return url === '/graphql' || url.startsWith('/graphql?') || url.startsWith('/graphql/');
}
