import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ValidationRule } from 'graphql';
import type { Log } from '@souk/shared/log';
import { errorMask } from './errors.js';
import type { ServerGraph } from './execution/graph.js';
import { landingPage } from './ide.js';
import { maxTokens } from './limits.js';
import type { GatewayContext } from './request.js';

/** How operations are taken in. */
export interface GraphServerOptions {
  graph: ServerGraph;
  production: boolean;
  /** Whether clients may read the schema; the IDEs need it. */
  introspection: boolean;
  /** What operations must keep besides the rules of GraphQL. */
  validationRules: readonly ValidationRule[];
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
    validationRules: [...options.validationRules],
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
