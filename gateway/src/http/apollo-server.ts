import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { parse } from 'graphql';
import type { GraphQLError } from 'graphql';
import type { Log } from '@souk/shared/log';
import { statusOf } from './http-response.js';
import type { ErrorMask } from './errors.js';
import { formattedOf, logIfMasked } from './errors.js';
import { errorResponse } from '../types/graphql-response.js';
import type { Graph } from '../execution/graph.js';
import { isParsed } from '../execution/plan/parse-and-validate.js';
import { landingPage } from './apollo-sandbox.js';
import type { PersistedQueries } from './persisted-queries.js';
import type { GatewayContext } from '../types/request.js';

/** How operations are taken in. */
export interface GraphServerOptions {
  graph: Pick<Graph, 'server' | 'prepare'>;
  production: boolean;
  maskError: ErrorMask;
  /** Whether clients may read the schema; the IDEs need it. */
  introspection: boolean;
  persistedQueries: PersistedQueries;
  log: Log;
}

/** Stands in for a document that is refused. */
const placeholder = parse('{ __typename }');

/**
 * Parses and validates documents with the graph, as the other handlers do. Apollo Server accepts a document that is set
 * already as valid.
 */
function checkDocuments(
  graph: Pick<Graph, 'prepare'>,
  maskError: ErrorMask,
): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () => {
      let refused: readonly GraphQLError[] | null = null;
      return Promise.resolve({
        didResolveSource: async (context) => {
          const { source, request, contextValue, metrics } = context;
          const prepared = await graph.prepare(source, request.operationName ?? null, contextValue);
          if (isParsed(prepared)) {
            contextValue.prepared = prepared;
            Object.assign(context, { document: prepared.document });
            return;
          }
          refused = prepared;
          metrics.persistedQueryRegister = false;
          Object.assign(context, { document: placeholder });
        },
        responseForOperation: ({ contextValue: { scope } }) => {
          if (!refused) return Promise.resolve(null);
          for (const error of refused) logIfMasked(error, scope);
          const errors = refused.map((error) => maskError(formattedOf(error), error));
          const status = statusOf(errorResponse(...refused));
          return Promise.resolve({
            http: { status, headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { errors } },
          });
        },
      });
    },
  };
}

/** Logs masked errors with the request id. */
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
    gateway: options.graph.server,
    documentStore: null,
    introspection: options.introspection,
    nodeEnv: options.production ? 'production' : 'development',
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: options.persistedQueries },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: options.maskError,
    logger: options.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      checkDocuments(options.graph, options.maskError),
      errorLog,
      landingPage(options.introspection),
    ],
  });
  await server.start();
  return server;
}
