import type { HTTPGraphQLRequest } from '@apollo/server';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { GraphQLError } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { VerifyToken } from '../auth/access-token.js';
import { bearerToken, InvalidToken } from '../auth/access-token.js';
import { gatewaySecretHeader, sameSecret } from '../auth/gateway-secret.js';
import { Unavailable } from '../errors.js';
import type { Log } from '../log.js';
import { isDatabaseAway } from '../postgres.js';
import { CompiledQueries } from './compiled-queries.js';
import type { RequestContext } from './context.js';
import { localeOf } from './context.js';
import { graphError, maskedMessage, publicCodes } from './errors.js';
import { Reads, readsHeader, withReads } from './reads.js';
import { SameTurn } from './same-turn.js';
import type { Subscribed } from './subscription.js';
import { formattedResult, subscribeOn } from './subscription.js';

/** A GraphQL request as it travels to a subgraph; header names in lower case. */
export interface SubgraphRequest {
  query: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
  headers: Readonly<Record<string, string | undefined>>;
}

/** Answers a request: over HTTP, or called as a function in one process. */
export type SubgraphExecutor = (request: SubgraphRequest) => Promise<FormattedExecutionResult>;

/** Begins a subscription: over HTTP, or called as a function in one process. */
export type SubgraphSubscriber = (request: SubgraphRequest) => Promise<Subscribed>;

/** A subgraph's GraphQL side. */
export interface SubgraphServer {
  schema: GraphQLSchema;
  execute: SubgraphExecutor;
  subscribe: SubgraphSubscriber;
  close(): Promise<void>;
}

/** What a subgraph's server is made of. */
export interface SubgraphServerOptions<Context extends RequestContext> {
  schema: GraphQLSchema;
  /** Adds the loaders and stores of the subgraph to what every request knows. */
  contextOf: (request: RequestContext) => Context;
  verifyToken: VerifyToken;
  /** Callers must show it; null takes everybody, for tests only. */
  gatewaySecret: string | null;
  log: Log;
}

/** A running subgraph server; it verifies tokens and callers itself. */
export async function createSubgraphServer<Context extends RequestContext>(
  options: SubgraphServerOptions<Context>,
): Promise<SubgraphServer> {
  const { log, schema } = options;
  const server = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    csrfPrevention: false,
    formatError: (formatted, error) => maskError(formatted, error, log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  const compiled = new CompiledQueries(schema);
  const formatError = (error: GraphQLError): GraphQLFormattedError =>
    maskError(formattedOf(error), error, log);
  // Events that anonymous readers are told together are resolved together: their loaders ask once for all of them.
  const anonymous = new SameTurn<Context>();
  return {
    schema,
    execute: async (request) => {
      const context = await contextOf(request, options);
      if ('refused' in context) return { errors: [context.refused.toJSON()] };
      const { query, operationName, variables = {} } = request;
      const contextValue = options.contextOf(context.request);
      const known = await compiled.run(query, operationName, contextValue, variables);
      const { reads } = context.request;
      if (known) return withReads(formattedResult(known, formatError), reads);
      const { body } = await server.executeOperation(
        {
          query,
          variables,
          ...(operationName === undefined ? {} : { operationName }),
          http: httpOf(request),
        },
        { contextValue },
      );
      if (body.kind !== 'single') return body.initialResult;
      // It has data where it was valid, and so was run.
      if (body.singleResult.data !== undefined) compiled.learn(query, operationName);
      return withReads(body.singleResult, reads);
    },
    subscribe: async (request) => {
      const context = await contextOf(request, options);
      if ('refused' in context) return { errors: [context.refused.toJSON()] };
      const { identity, locale } = context.request;
      const make = (): Context => options.contextOf(context.request);
      return subscribeOn(request, {
        schema,
        contextOf: identity ? make : () => anonymous.get(locale, make),
        formatError,
      });
    },
    close: () => server.stop(),
  };
}

async function contextOf(
  { headers }: SubgraphRequest,
  {
    gatewaySecret,
    verifyToken,
  }: Pick<SubgraphServerOptions<RequestContext>, 'gatewaySecret' | 'verifyToken'>,
): Promise<{ request: RequestContext } | { refused: GraphQLError }> {
  if (gatewaySecret !== null && !sameSecret(headers[gatewaySecretHeader] ?? '', gatewaySecret)) {
    return { refused: graphError('FORBIDDEN', 'A subgraph answers its gateway only.') };
  }
  try {
    const token = bearerToken(headers['authorization']);
    return {
      request: {
        identity: token === null ? null : await verifyToken(token),
        authorization: token === null ? null : (headers['authorization'] ?? null),
        requestId: headers['x-request-id'] ?? randomUUID(),
        locale: localeOf(headers['accept-language']),
        clientAddress: headers['x-forwarded-for'] ?? null,
        userAgent: headers['user-agent'] ?? null,
        reads: headers[readsHeader] === undefined ? null : new Reads(),
      },
    };
  } catch (error) {
    if (error instanceof InvalidToken) return { refused: graphError('UNAUTHENTICATED', error.message) };
    return { refused: graphError('SERVICE_UNAVAILABLE', 'Access tokens cannot be verified at the moment.') };
  }
}

/** An error as Apollo Server hands it on. */
function formattedOf(error: GraphQLError): GraphQLFormattedError {
  return { ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', ...error.extensions } };
}

/** What pg's pool says when no connection came free in time. */
const poolIsBusy = 'timeout exceeded when trying to connect';

/** A deliberate error passes; whatever else was thrown becomes one bland message, and is logged. */
export function maskError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (cause instanceof Unavailable) {
    const retry = cause.retryAfter === null ? {} : { retryAfter: cause.retryAfter };
    return { ...formatted, message: cause.message, extensions: { code: 'SERVICE_UNAVAILABLE', ...retry } };
  }
  if (cause instanceof Error && cause.message === poolIsBusy) {
    return {
      ...formatted,
      message: 'Too much is asked at the moment.',
      extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 5 },
    };
  }
  if (isDatabaseAway(cause)) {
    log.warn({ err: cause, path: formatted.path }, 'the database is away');
    return {
      ...formatted,
      message: 'A part that is needed is away at the moment. Please try again soon.',
      extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 5 },
    };
  }
  const code = formatted.extensions?.['code'];
  if (cause instanceof GraphQLError && typeof code === 'string' && publicCodes.has(code)) return formatted;
  log.error({ err: cause, path: formatted.path }, 'a resolver failed');
  return { ...formatted, message: maskedMessage, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function httpOf({ headers }: SubgraphRequest): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) map.set(name, value);
  return { method: 'POST', headers: map, search: '', body: {} };
}
