import { expressMiddleware } from '@as-integrations/express5';
import type { VerifyToken } from '@souk/shared/auth/access-token';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import type { Log } from '@souk/shared/log';
import type { RequestHandler } from 'express';
import express from 'express';
import { createServer } from 'node:http';
import { authentication, identityOf } from './authentication.js';
import { errorHandler, notFound } from './errors.js';
import { createGraph } from './execution/graph.js';
import { createSubgraphs } from './execution/subgraphs.js';
import type { Forward } from './forward.js';
import { forwardRouter } from './forward.js';
import { healthRouter } from './health.js';
import { closeServer, listen } from './http-server.js';
import { graphiql } from './ide.js';
import type { Link } from './link.js';
import { depthLimit } from './limits.js';
import { functionLink, httpLink } from './link.js';
import type { GatewayContext } from './request.js';
import { openScope, operationScope, scopeOf, travellingHeaders, withSecret } from './request.js';
import { crossOrigin, securityHeaders } from './response-headers.js';
import { startGraphServer } from './server.js';
import type { Supergraph } from './supergraph.js';
import { readSupergraph } from './supergraph.js';

/** What a gateway is made of. */
export interface GatewayOptions {
  /** The composed supergraph, with its access rules. */
  supergraphSdl: string;
  /** The subgraphs by name, where they are functions of this process; null: over HTTP. */
  subgraphs: Readonly<Record<string, SubgraphExecutor>> | null;
  /** Addresses of subgraphs by name, instead of those in the supergraph. */
  urls?: Readonly<Record<string, string>>;
  verifyToken: VerifyToken;
  /** What subgraphs know their gateway by. */
  gatewaySecret: string;
  log: Log;
  /** Tells clients less. */
  production: boolean;
  /** Whether clients may read the schema, and are given the IDEs. */
  introspection: boolean;
  /** Doors of other processes. */
  forwards?: readonly Forward[];
  /** Doors of subgraphs in this process. They read their bodies themselves. */
  routers?: readonly { path: string; router: RequestHandler }[];
  /** Of a request body; 1 MB when left out. */
  maxBodyBytes?: number;
  /** How deep operations may nest; 15 when left out. */
  depthLimit?: number;
  /** What a subgraph may take for an answer; 10 s when left out. */
  subgraphTimeoutMs?: number;
  /** Bytes that plans and compiled operations may take, roughly; 64 MB when left out. */
  maxPlanBytes?: number;
  /** Whether identical queries of one caller that are under way at one time are run once; yes when left out. */
  shareQueries?: boolean;
  /** Proxies in front of the gateway whose X-Forwarded-For is believed; 0 when left out. */
  trustedProxies?: number;
  /** 0 asks the system for a free one. */
  port: number;
}

/** The one door to the supergraph. */
export interface Gateway {
  /** Takes requests from now on. @returns the port. */
  listen(): Promise<number>;
  /** Takes no more requests, and lets those under way finish within `graceMs` (4,000 when left out). */
  close(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 4_000;

/**
 * Puts a gateway together; subgraphs need not be there yet.
 * @throws UnreadableRule where the supergraph states an access rule that cannot be enforced.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { log, gatewaySecret, production, introspection, maxBodyBytes = 1_000_000 } = options;
  const supergraph = readSupergraph(options.supergraphSdl);
  const links = linksOf(supergraph, options);
  const validationRules = [depthLimit(options.depthLimit ?? 15)];
  const graph = createGraph({
    supergraph,
    subgraphs: createSubgraphs(links, options.subgraphTimeoutMs ?? 10_000, log),
    validate: false,
    maxPlanBytes: options.maxPlanBytes ?? 64_000_000,
    share: options.shareQueries ?? true,
    validationRules,
    exposePlans: !production,
  });
  const server = await startGraphServer({
    graph: graph.server,
    production,
    introspection,
    validationRules,
    log,
  });
  const forwards = forwardRouter(options.forwards ?? [], { gatewaySecret, maxBodyBytes });
  let isClosing = false;

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustedProxies ?? 0);
  app.use((request, response, next) => {
    openScope(request, response, log);
    if (isClosing) response.setHeader('connection', 'close');
    next();
  });
  app.use(securityHeaders);
  app.use(healthRouter({ links, gatewaySecret, log, isClosing: () => isClosing }));
  for (const { path, router } of options.routers ?? []) app.use(path, router);
  app.use(forwards.router);
  app.get('/', (_request, response) => {
    response.redirect('/graphql');
  });
  if (introspection) app.get('/graphiql', graphiql());
  app.use(
    '/graphql',
    crossOrigin(production),
    authentication(options.verifyToken),
    express.json({ limit: maxBodyBytes }),
    (_request, response, next) => {
      operationScope.run(scopeOf(response), next);
    },
    expressMiddleware<GatewayContext>(server, {
      context: ({ req, res }) => {
        const scope = scopeOf(res);
        return Promise.resolve({
          identity: identityOf(res),
          requestId: scope.requestId,
          headers: withSecret(travellingHeaders(req, scope), gatewaySecret),
          deadline: performance.now() + 30_000,
          cancellation: null,
        });
      },
    }),
  );
  app.use(notFound);
  app.use(errorHandler);

  const http = createServer(app);
  return {
    listen: () => listen(http, options.port),
    close: async (graceMs = defaultGraceMs) => {
      isClosing = true;
      await closeServer(http, graceMs);
      await server.stop();
      await Promise.all([forwards.close(), ...links.map((link) => link.close())]);
    },
  };
}

function linksOf({ subgraphs }: Supergraph, options: GatewayOptions): Link[] {
  return subgraphs.map(({ name, url }) => {
    if (!options.subgraphs) return httpLink(name, options.urls?.[name] ?? url);
    const execute = options.subgraphs[name];
    if (!execute) throw new Error(`The supergraph has a subgraph ${name}, and there is no function for it.`);
    return functionLink(name, execute);
  });
}
