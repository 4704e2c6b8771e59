import type { FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { execute, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { VerifyToken } from '../auth/access-token.js';
import { bearerToken, InvalidToken } from '../auth/access-token.js';
import { gatewaySecretHeader, sameSecret } from '../auth/gateway-secret.js';
import { Unavailable } from '../errors.js';
import type { Log } from '../log.js';
import { isDatabaseAway, isStatementCanceled } from '../postgres.js';
import type { RequestContext } from './context.js';
import { localeOf } from './context.js';
import { graphError, maskedMessage, publicCodes, shortMessage, unauthenticated } from './errors.js';
import { ParsedDocuments } from './parsed-documents.js';
import { CacheDependencies, cacheDependenciesHeader, withCacheDependencies } from './cache-dependencies.js';
import { RefreshCookie, refreshCookieHeader, withRefreshCookie } from './refresh-cookie.js';
import type { RequestLimits } from './request-work.js';
import { defaultRequestLimits, RequestWork, timeoutHeader, timeoutOf } from './request-work.js';
import { PerTickMemo } from '../async/per-tick-memo.js';
import type { SubgraphRequest } from './subgraph-request.js';
import type { Subscribed } from './subscription.js';
import { asGraphQLError, formattedResult, subscribeOn } from './subscription.js';

/** Answers a request: over HTTP, or called as a function in one process. */
export type SubgraphExecutor = (request: SubgraphRequest) => Promise<FormattedExecutionResult>;

/** Begins a subscription: over HTTP, or called as a function in one process. */
export type SubgraphSubscriber = (request: SubgraphRequest) => Promise<Subscribed>;

/** A subgraph's GraphQL side. */
export interface SubgraphServer {
  schema: GraphQLSchema;
  execute: SubgraphExecutor;
  subscribe: SubgraphSubscriber;
}

/** The parts of a subgraph's server. */
export interface SubgraphServerOptions<Context extends RequestContext> {
  schema: GraphQLSchema;
  /** Adds the subgraph's loaders and stores to the request context. */
  contextOf: (request: RequestContext) => Context;
  verifyToken: VerifyToken;
  /** The secret that callers must send; null accepts all callers, for tests only. */
  gatewaySecret: string | null;
  log: Log;
  limits?: RequestLimits | undefined;
}

/** A subgraph's server; it verifies tokens and callers itself. */
export function createSubgraphServer<Context extends RequestContext>(
  options: SubgraphServerOptions<Context>,
): SubgraphServer {
  const { log, schema, limits = defaultRequestLimits } = options;
  const documents = new ParsedDocuments(schema);
  const formatError = (error: GraphQLError): GraphQLFormattedError =>
    isVariableError(error)
      ? graphError('BAD_USER_INPUT', shortMessage(error.message)).toJSON()
      : maskError(formattedOf(error), error, log);
  // Events for anonymous readers in one turn share a context, so their loaders query once for all of them.
  const anonymous = new PerTickMemo<Context>();
  const newWork = (): RequestWork => new RequestWork(limits.maxObjects, limits.maxDurationMs);

  const run = async (
    request: SubgraphRequest,
    context: RequestContext,
  ): Promise<FormattedExecutionResult> => {
    const { query, operationName, variables: variableValues = {}, cancellation } = request;
    const parsed = documents.find(query, operationName);
    if (!('document' in parsed)) return { errors: parsed.map(formatError) };
    const { document, operation } = parsed;
    const { work } = context;
    const endEarly = (): void => work.end(graphError('TIMEOUT', 'The caller has disconnected.'));
    const unhook = operation === OperationTypeNode.QUERY ? cancellation?.onCancel(endEarly) : undefined;
    try {
      const contextValue = options.contextOf(context);
      const result = await work.run(() =>
        execute({ schema, document, operationName, variableValues, contextValue, hideSuggestions: true }),
      );
      return formattedResult(result, formatError);
    } finally {
      unhook?.();
    }
  };

  return {
    schema,
    execute: async (request) => {
      const work = new RequestWork(
        limits.maxObjects,
        timeoutOf(request.headers[timeoutHeader], limits.maxDurationMs),
      );
      try {
        const context = await contextOf(request, options, work);
        if ('refused' in context) return { errors: [context.refused.toJSON()] };
        const { cacheDependencies, refreshCookie } = context.request;
        const result = await run(request, context.request);
        return withRefreshCookie(withCacheDependencies(result, cacheDependencies), refreshCookie);
      } catch (error) {
        return { errors: [formatError(asGraphQLError(error))] };
      }
    },
    subscribe: async (request) => {
      const context = await contextOf(request, options, new RequestWork(limits.maxObjects, null));
      if ('refused' in context) return { errors: [context.refused.toJSON()] };
      const { identity, locale } = context.request;
      const make = (): Context => options.contextOf({ ...context.request, work: newWork() });
      return subscribeOn(request, {
        schema,
        documents,
        sourceContext: () => options.contextOf(context.request),
        // Readers who share a context share its loaders, and each event has its own object limit.
        eventContext: () => (identity ? make() : { ...anonymous.get(locale, make), work: newWork() }),
        formatError,
      });
    },
  };
}

async function contextOf(
  { headers }: SubgraphRequest,
  {
    gatewaySecret,
    verifyToken,
  }: Pick<SubgraphServerOptions<RequestContext>, 'gatewaySecret' | 'verifyToken'>,
  work: RequestWork,
): Promise<{ request: RequestContext } | { refused: GraphQLError }> {
  if (gatewaySecret !== null && !sameSecret(headers[gatewaySecretHeader] ?? '', gatewaySecret)) {
    return { refused: graphError('FORBIDDEN', 'Only the gateway may call a subgraph.') };
  }
  try {
    const token = bearerToken(headers['authorization']);
    const refreshCookie = headers[refreshCookieHeader];
    return {
      request: {
        identity: token === null ? null : await verifyToken(token),
        authorization: token === null ? null : (headers['authorization'] ?? null),
        requestId: headers['x-request-id'] ?? randomUUID(),
        locale: localeOf(headers['accept-language']),
        clientAddress: headers['x-forwarded-for'] ?? null,
        userAgent: headers['user-agent'] ?? null,
        cacheDependencies: headers[cacheDependenciesHeader] === undefined ? null : new CacheDependencies(),
        refreshCookie: refreshCookie === undefined ? null : new RefreshCookie(refreshCookie),
        work,
      },
    };
  } catch (error) {
    if (error instanceof InvalidToken) return { refused: unauthenticated(error.message, error.reason) };
    return { refused: graphError('SERVICE_UNAVAILABLE', 'Access tokens cannot be verified at the moment.') };
  }
}

/** Whether graphql-js found, before any resolver ran, that a variable's value does not fit. */
function isVariableError({ nodes }: GraphQLError): boolean {
  return nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
}

/** An error as sent to the caller; one without a code is a fault until `maskError` classifies it. */
function formattedOf(error: GraphQLError): GraphQLFormattedError {
  return { ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', ...error.extensions } };
}

/** The message of pg's pool when no connection became free in time. */
const poolIsBusy = 'timeout exceeded when trying to connect';

/** Passes deliberate errors on; masks and logs all others. */
export function maskError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (cause instanceof Unavailable) {
    const retry = cause.retryAfter === null ? {} : { retryAfter: cause.retryAfter };
    return { ...formatted, message: cause.message, extensions: { code: 'SERVICE_UNAVAILABLE', ...retry } };
  }
  if (cause instanceof Error && cause.message === poolIsBusy) {
    return {
      ...formatted,
      message: 'The service is busy. Try again.',
      extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 5 },
    };
  }
  if (isStatementCanceled(cause)) {
    log.warn({ err: cause, path: formatted.path }, 'a statement was canceled');
    return { ...formatted, message: 'The request timed out.', extensions: { code: 'TIMEOUT' } };
  }
  if (isDatabaseAway(cause)) {
    log.warn({ err: cause, path: formatted.path }, 'the database is away');
    return {
      ...formatted,
      message: 'A required service is unavailable. Try again soon.',
      extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 5 },
    };
  }
  const code = formatted.extensions?.['code'];
  if (cause instanceof GraphQLError && typeof code === 'string' && publicCodes.has(code))
    return { ...formatted, message: shortMessage(formatted.message) };
  log.error({ err: cause, path: formatted.path }, 'a resolver failed');
  return { ...formatted, message: maskedMessage, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
