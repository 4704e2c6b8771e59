import { GraphQLError } from 'graphql';
import type { TokenProblem } from '../auth/access-token.js';

/** The codes of top-level errors. Expected refusals are not among them: those are `userErrors`. */
export type GraphErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_REQUEST'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'OPERATION_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'SERVICE_UNAVAILABLE'
  | 'TIMEOUT'
  | 'INTERNAL_SERVER_ERROR'
  | 'NOT_IMPLEMENTED';

/** The codes whose messages are meant for clients. */
export const publicCodes: ReadonlySet<string> = new Set<GraphErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_TOO_LARGE',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'NOT_IMPLEMENTED',
]);

/** The message that clients get for an unexpected error. */
export const maskedMessage = 'Something went wrong. The request id helps us to find out what.';

/** UTF-16 code units of an error's message: graphql-js and scalars write the value that they refuse into it. */
const maxMessageUnits = 1_000;

/** A message as clients read it: a longer one is cut, so that a refused megabyte is not sent back. */
export function shortMessage(message: string): string {
  if (message.length <= maxMessageUnits) return message;
  // Not in the middle of a surrogate pair.
  return `${message.slice(0, maxMessageUnits - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A top-level error that is meant for the client. UNAUTHENTICATED is made by `unauthenticated`: it needs a reason. */
export function graphError(
  code: Exclude<GraphErrorCode, 'UNAUTHENTICATED'>,
  message: string,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** Why a caller is not authenticated: `extensions.reason` of UNAUTHENTICATED. */
export type UnauthenticatedReason = 'MISSING' | TokenProblem;

/** The values of `extensions.reason`. */
export const unauthenticatedReasons: ReadonlySet<unknown> = new Set<UnauthenticatedReason>([
  'MISSING',
  'EXPIRED',
  'INVALID',
]);

/** The error for a caller without a valid token. MISSING: sign in, EXPIRED: refresh, INVALID: sign in again. */
export function unauthenticated(
  message = 'Authentication required.',
  reason: UnauthenticatedReason = 'MISSING',
): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', reason } });
}

/** The error for a caller whose token lacks a scope. */
export function scopeRequired(): GraphQLError {
  return graphError('FORBIDDEN', 'The access token lacks a required scope.');
}
