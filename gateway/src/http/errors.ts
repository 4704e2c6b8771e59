import type { GraphErrorCode } from '@souk/shared/graph/errors';
import { maskedMessage, publicCodes, shortMessage, unauthenticatedReasons } from '@souk/shared/graph/errors';
import { countLimit } from '@souk/shared/telemetry';
import type { ErrorRequestHandler } from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import { TooLarge, parsingAborted } from '../limits/document-size.js';
import type { RequestScope } from '../types/request.js';
import { scopeOf } from '../types/request.js';

/**
 * Codes that mean the same from a subgraph as from the gateway. All other codes of subgraphs count as internal errors.
 */
const downstreamCodes: ReadonlySet<string> = new Set<GraphErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'NOT_IMPLEMENTED',
]);

/** Extensions that clients may read beside code and requestId, where they are of this type. */
const publicExtensions = { retryAfter: 'number', field: 'string', argument: 'string' } as const;

const suggestion = / ?Did you mean [^?]*\?/g;

/** Characters of a message. Messages of parsing and validation repeat what the client sent. */
const maxMessageLength = 300;

/** Converts an error to its public form. */
export type ErrorMask = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * Gives an error a public code and removes internal details; unexpected errors lose their message too. In production,
 * suggestions of schema names are removed as well.
 */
export function errorMask(production: boolean): ErrorMask {
  return (formatted, error) => {
    const code = codeOf(formatted, error);
    if (code === 'OPERATION_TOO_LARGE' && parsingAborted.test(formatted.message)) countLimit('tokens');
    const message = code === null ? maskedMessage : shortMessage(formatted.message);
    return {
      message: shortened(production ? message.replaceAll(suggestion, '') : message),
      ...(formatted.locations && code !== null ? { locations: formatted.locations } : {}),
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: {
        code: code ?? 'INTERNAL_SERVER_ERROR',
        ...(code === null ? {} : publicPart(formatted.extensions ?? {})),
      },
    };
  };
}

function shortened(message: string): string {
  return message.length <= maxMessageLength ? message : `${message.slice(0, maxMessageLength)}…`;
}

/** Logs an error that is masked for clients. */
export function logIfMasked(error: unknown, { log }: RequestScope): void {
  const formatted = formattedOf(error);
  if (codeOf(formatted, error) !== null) return;
  log.error(
    { err: causeOf(error), path: formatted.path, code: formatted.extensions?.['code'] },
    'operation failed',
  );
}

/** An error as Apollo Server hands it to `formatError`. */
export function formattedOf(error: unknown): GraphQLFormattedError {
  const graphqlError = error instanceof GraphQLError ? error : new GraphQLError(String(error));
  const { http: _http, code = 'INTERNAL_SERVER_ERROR', ...extensions } = graphqlError.extensions;
  return { ...graphqlError.toJSON(), extensions: { ...extensions, code } };
}

/** Adds the request id to an error. */
export function withRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

/** The code of an error as clients read it. */
export function publicCode(error: GraphQLError): GraphErrorCode {
  return codeOf(formattedOf(error), error) ?? 'INTERNAL_SERVER_ERROR';
}

/** The public code of an error, or null when it is not meant for clients. */
function codeOf(formatted: GraphQLFormattedError, error: unknown): GraphErrorCode | null {
  const original = error instanceof GraphQLError ? error : null;
  const code = formatted.extensions?.['code'];
  if (original?.originalError instanceof TooLarge) return 'OPERATION_TOO_LARGE';
  if (code === 'GRAPHQL_PARSE_FAILED' && parsingAborted.test(formatted.message)) return 'OPERATION_TOO_LARGE';
  // Apollo Server refuses some requests with a status of 400 and no code.
  const http = original?.extensions['http'];
  if (original && original.extensions['code'] === undefined && http?.status === 400) return 'BAD_REQUEST';
  const isDownstream = original?.extensions['serviceName'] !== undefined;
  const allowed = isDownstream ? downstreamCodes : publicCodes;
  return typeof code === 'string' && allowed.has(code) ? (code as GraphErrorCode) : null;
}

function publicPart(extensions: Record<string, unknown>): Record<string, unknown> {
  const { code, reason } = extensions;
  return Object.fromEntries([
    ...Object.entries(publicExtensions).flatMap(([name, type]) =>
      typeof extensions[name] === type ? [[name, extensions[name]]] : [],
    ),
    ...(code === 'UNAUTHENTICATED' && unauthenticatedReasons.has(reason) ? [['reason', reason]] : []),
  ]) as Record<string, unknown>;
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

/** The codes of responses that are not an operation's. NOT_FOUND: there is nothing at the path. */
export type EndpointErrorCode = GraphErrorCode | 'NOT_FOUND';

/** Responds with JSON in the form of GraphQL errors to a request that did not reach an operation. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: EndpointErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
): void {
  const { requestId } = scopeOf(response);
  sendJson(
    response,
    status,
    JSON.stringify({ errors: [{ message, extensions: { code, ...extensions, requestId } }] }),
  );
}

/** Sends a complete JSON response. */
export function sendJson(
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'application/json; charset=utf-8',
): void {
  // Encoded once: for its length, and to be sent.
  const bytes = Buffer.from(text);
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}

/** Handles errors thrown before an operation: unreadable bodies, and faults. */
export const errorHandler: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  sendFailure(error, response);
};

interface HttpError {
  type?: string;
  status?: number;
}

/** Responds to a request that threw an error. */
export function sendFailure(error: unknown, response: ServerResponse): void {
  const { type, status = 500 } = (typeof error === 'object' && error !== null ? error : {}) as HttpError;
  if (response.headersSent) response.destroy();
  else if (type === 'entity.too.large')
    sendError(response, 413, 'OPERATION_TOO_LARGE', 'The request is too large.');
  else if (status >= 400 && status < 500)
    sendError(response, status, 'BAD_REQUEST', 'The request cannot be read.');
  else {
    scopeOf(response).log.error({ err: error }, 'request failed');
    sendError(response, 500, 'INTERNAL_SERVER_ERROR', maskedMessage);
  }
}
