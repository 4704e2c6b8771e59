import type { GraphErrorCode } from '@souk/shared/graph/errors';
import { maskedMessage, publicCodes } from '@souk/shared/graph/errors';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import { TooLarge, parsingAborted } from './limits.js';
import { operationScope, scopeOf } from './request.js';

/** The codes that mean the same from a subgraph as from the gateway; what else a subgraph says is a fault of ours. */
const downstreamCodes: ReadonlySet<string> = new Set<GraphErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'NOT_IMPLEMENTED',
]);

/** Extensions that clients may read beside code and requestId. */
const publicExtensions = ['retryAfter', 'field', 'argument'] as const;

const suggestion = / ?Did you mean [^?]*\?/g;

/**
 * The last thing that happens to an error: it gets a public code and the request's id, and loses everything else
 * that is internal; an unexpected one loses its message too, and is logged. In production names of the schema are
 * not suggested either.
 */
export function errorMask(
  production: boolean,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const scope = operationScope.getStore();
    const code = codeOf(formatted, error);
    if (code === null) {
      scope?.log.error(
        { err: causeOf(error), path: formatted.path, code: formatted.extensions?.['code'] },
        'an operation failed',
      );
    }
    const message = code === null ? maskedMessage : formatted.message;
    return {
      message: production ? message.replaceAll(suggestion, '') : message,
      ...(formatted.locations && code !== null ? { locations: formatted.locations } : {}),
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: {
        code: code ?? 'INTERNAL_SERVER_ERROR',
        ...(code === null ? {} : publicPart(formatted.extensions ?? {})),
        ...(scope ? { requestId: scope.requestId } : {}),
      },
    };
  };
}

/** The public code of an error, or null when it is not meant for clients. */
function codeOf(formatted: GraphQLFormattedError, error: unknown): GraphErrorCode | null {
  const original = error instanceof GraphQLError ? error : null;
  const code = formatted.extensions?.['code'];
  if (original?.originalError instanceof TooLarge) return 'OPERATION_TOO_LARGE';
  if (code === 'GRAPHQL_PARSE_FAILED' && parsingAborted.test(formatted.message)) return 'OPERATION_TOO_LARGE';
  // Apollo Server refuses some requests with a status of 400 and no code.
  const http = original?.extensions['http'] as { status?: number } | undefined;
  if (original && original.extensions['code'] === undefined && http?.status === 400) return 'BAD_REQUEST';
  const isDownstream = original?.extensions['serviceName'] !== undefined;
  const allowed = isDownstream ? downstreamCodes : publicCodes;
  return typeof code === 'string' && allowed.has(code) ? (code as GraphErrorCode) : null;
}

function publicPart(extensions: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    publicExtensions.flatMap((name) => (extensions[name] === undefined ? [] : [[name, extensions[name]]])),
  );
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

/** Answers a request that did not get as far as an operation: JSON in the form of GraphQL errors. */
export function refuse(
  response: Response,
  status: number,
  code: GraphErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
): void {
  const { requestId } = scopeOf(response);
  response.status(status).json({ errors: [{ message, extensions: { code, ...extensions, requestId } }] });
}

/** For paths that nobody answers. */
export const notFound: RequestHandler = (_request, response) => {
  refuse(response, 404, 'BAD_REQUEST', 'There is nothing at this path.');
};

interface HttpError {
  type?: string;
  status?: number;
}

/** For what was thrown on the way to an operation: bodies that are too large, or are no JSON, and faults. */
export const errorHandler: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { type, status = 500 } = (typeof error === 'object' && error !== null ? error : {}) as HttpError;
  if (type === 'entity.too.large') refuse(response, 413, 'OPERATION_TOO_LARGE', 'The request is too large.');
  else if (type === 'entity.parse.failed')
    refuse(response, 400, 'BAD_REQUEST', 'The body is not valid JSON.');
  else if (status >= 400 && status < 500)
    refuse(response, status, 'BAD_REQUEST', 'The request cannot be read.');
  else {
    scopeOf(response).log.error({ err: error }, 'a request failed');
    refuse(response, 500, 'INTERNAL_SERVER_ERROR', maskedMessage);
  }
};
