import type { VerifyToken } from '@souk/shared/auth/access-token';
import { metricsEndpoint } from '@souk/shared/graph/metrics-endpoint';
import type { QueueDashboard } from '@souk/shared/queue/queue-dashboard';
import type { Express, RequestHandler } from 'express';
import express from 'express';
import type { GraphQLError } from 'graphql';
import type { AllowedOrigins } from './allowed-origins.js';
import type { EndpointLimits } from './endpoint-limits.js';
import { errorHandler } from './errors.js';
import type { HealthOptions } from './health.js';
import { healthRouter } from './health.js';
import { graphiql } from './graphiql.js';
import { apiReference, hasReference } from './reference/api-reference.js';
import type { DemoAccounts } from './home-page.js';
import type { MetricsAccess } from './metrics-server.js';
import { queueDashboard } from './queue-dashboard.js';
import { queuesPath } from './queue-dashboard-page.js';
import { crossOrigin } from './response-headers.js';
import { notFound, webPages } from './web-pages.js';

/** Where clients send files. */
export const uploadsPath = '/uploads';

/** Endpoints of a subgraph in this process. */
export interface LocalRoute {
  path: string;
  router: RequestHandler;
  /** Paths of it that the first page lists, beside `path`. */
  paths?: readonly string[];
}

/** Dependencies of the endpoints besides /graphql. */
export interface HttpEndpointsOptions extends HealthOptions {
  /** Null disables the limits by address. */
  limits: EndpointLimits | null;
  /** Origins whose pages may upload files. */
  origins: AllowedOrigins;
  introspection: boolean;
  /** The folder of documentation, or null: the API reference is not served. */
  docsFolder: string | null;
  metrics: MetricsAccess;
  /** Endpoints of subgraphs in this process. */
  routers: readonly LocalRoute[];
  /** Endpoints of other processes. */
  proxy: RequestHandler;
  proxiedPaths: readonly string[];
  /** Null without demo data. */
  demo: DemoAccounts | null;
  /** Null without queues. */
  queueBoard: QueueDashboard | null;
  /** Null without tokens: the queue dashboard is then not served. */
  verifyToken: VerifyToken | null;
  /** Resolves to the error that refuses a sign-in from an address, or null. */
  admitSignIn: ((address: string) => Promise<GraphQLError | null>) | null;
}

/** Creates the Express app with all endpoints of the gateway except /graphql. */
export function httpEndpoints(options: HttpEndpointsOptions): Express {
  const { limits, introspection, metrics, routers, queueBoard, verifyToken, production } = options;
  const docsFolder =
    options.docsFolder !== null && hasReference(options.docsFolder) ? options.docsFolder : null;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  if (limits) app.use(limits.handler);
  app.use(healthRouter(options));
  app.use(uploadsPath, (request, response, next) => {
    if (!crossOrigin(options.origins, request, response, { methods: 'PUT' })) next();
  });
  if (metrics.isPublic) app.get('/metrics', metricsEndpoint(metrics.token));
  for (const { path, router } of routers) app.use(path, router);
  if (queueBoard && verifyToken) {
    const { admitSignIn } = options;
    app.use(queuesPath, queueDashboard({ board: queueBoard, verifyToken, admitSignIn, production }));
  }
  app.use(options.proxy);
  app.use(
    webPages({
      hasIde: introspection,
      hasReference: docsFolder !== null,
      hasMetrics: metrics.isPublic && metrics.token === null,
      hasQueues: queueBoard !== null && verifyToken !== null,
      paths: [...options.proxiedPaths, ...routers.flatMap(({ path, paths = [] }) => [path, ...paths])],
      demo: options.demo,
    }),
  );
  if (introspection) app.use(graphiql());
  if (docsFolder !== null) app.use(apiReference(docsFolder));
  app.use(notFound);
  app.use(errorHandler);
  return app;
}
