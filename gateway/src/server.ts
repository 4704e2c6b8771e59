import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ValidationRule } from 'graphql';
import type { Log } from '@souk/shared/log';
import type { ErrorMask } from './errors.js';
import { logIfMasked } from './errors.js';
import type { ServerGraph } from './execution/graph.js';
import { landingPage } from './ide.js';
import { maxTokens } from './limits.js';
import type { PersistedQueries } from './persisted-queries.js';
import type { GatewayContext } from './request.js';

/** How operations are taken in. */
export interface GraphServerOptions {
  graph: ServerGraph;
  production: boolean;
  maskError: ErrorMask;
  /** Whether clients may read the schema; the IDEs need it. */
  introspection: boolean;
  persistedQueries: PersistedQueries;
  /** What operations must keep besides the rules of GraphQL. */
  validationRules: readonly ValidationRule[];
  log: Log;
}

const maxValidationErrors = 20;

/** What clients are not told is logged with their request's id. */
const errorLog: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, contextValue }) => {
        for (const error of errors) logIfMasked(error, contextValue.scope);
        return Promise.resolve();
      },
    }),
};

/** Parses, validates and answers operations. */
export async function startGraphServer(options: GraphServerOptions): Promise<ApolloServer<GatewayContext>> {
  const server = new ApolloServer<GatewayContext>({
    gateway: options.graph,
    introspection: options.introspection,
    nodeEnv: options.production ? 'production' : 'development',
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: options.persistedQueries },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: maxTokens },
    validationRules: [...options.validationRules],
    validationOptions: { maxErrors: maxValidationErrors },
    formatError: options.maskError,
    logger: options.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      errorLog,
      landingPage(options.introspection),
    ],
  });
  await server.start();
  return server;
}
