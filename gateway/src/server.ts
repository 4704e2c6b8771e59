import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@souk/shared/log';
import { errorMask } from './errors.js';
import type { Graph } from './execution/graph.js';
import { landingPage } from './ide.js';
import { depthLimit, maxTokens } from './limits.js';
import type { GatewayContext } from './request.js';

/** How operations are taken in. */
export interface GraphServerOptions {
  graph: Graph;
  production: boolean;
  /** Whether clients may read the schema; the IDEs need it. */
  introspection: boolean;
  depthLimit: number;
  log: Log;
}

const maxValidationErrors = 20;

/** Parses, validates and answers operations. */
export async function startGraphServer(options: GraphServerOptions): Promise<ApolloServer<GatewayContext>> {
  const server = new ApolloServer<GatewayContext>({
    gateway: options.graph,
    introspection: options.introspection,
    nodeEnv: options.production ? 'production' : 'development',
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: maxTokens },
    validationRules: [depthLimit(options.depthLimit)],
    validationOptions: { maxErrors: maxValidationErrors },
    formatError: errorMask(options.production),
    logger: options.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      landingPage(options.introspection),
    ],
  });
  await server.start();
  return server;
}
