import type { GraphErrorCode } from '@souk/shared/graph/errors';
import { acceptedTypes } from '@souk/shared/media-types';
import type { ErrorMask } from './errors.js';
import { formattedOf, logIfMasked, publicCode, withRequestId } from './errors.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import type { RequestScope } from '../types/request.js';

/** The same status as Apollo Server: that of an error's `extensions.http`, 400 if nothing was executed, else 200. */
export function statusOf({ data, errors }: GraphQLResponse): number {
  for (const { extensions } of errors) {
    const { status } = (extensions['http'] ?? {}) as { status?: number };
    if (status !== undefined) return status;
  }
  return data === null && errors.length > 0 ? 400 : 200;
}

/** Codes of server faults. */
const ofOurs: ReadonlySet<GraphErrorCode> = new Set([
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL_SERVER_ERROR',
] as const);

/** The outcome of an operation over a protocol without an HTTP status. */
export function outcomeOf({ data, errors }: GraphQLResponse): 'answered' | 'errors' | 'refused' | 'failed' {
  if (data === null) return failureOutcome(errors);
  return errors.length > 0 ? 'errors' : 'answered';
}

/** Whether an operation without data was refused or failed. */
export function failureOutcome(errors: GraphQLResponse['errors']): 'refused' | 'failed' {
  return errors.some((error) => ofOurs.has(publicCode(error))) ? 'failed' : 'refused';
}

/** Codes of errors in the operation of a well-formed request. */
const ofOperations: ReadonlySet<unknown> = new Set<GraphErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_LARGE',
  'BAD_USER_INPUT',
]);

/**
 * The HTTP status for the client's Accept header. A client that accepts application/json, and not
 * application/graphql-response+json, receives 200 for an operation that was not run (docs/decisions/0025). Sets
 * `scope.outcome` then, since the status does not show the refusal.
 * @param codes of the response's errors
 */
export function negotiateStatus(
  status: number,
  codes: readonly unknown[],
  accept: string | undefined,
  scope: RequestScope,
): number {
  const isOfOperation = codes.length > 0 && codes.every((code) => ofOperations.has(code));
  if (status !== 400 || !isOfOperation || !namesJsonOnly(accept)) return status;
  scope.outcome = 'refused';
  return 200;
}

const json = 'application/json';
const graphqlJson = 'application/graphql-response+json';

function namesJsonOnly(accept = ''): boolean {
  const named = accept.split(',').map((range) => range.replace(/;.*/s, '').trim().toLowerCase());
  if (!named.includes(json)) return false;
  // With a q of zero it is named as what the client does not take.
  return !named.includes(graphqlJson) || acceptedTypes(accept, [graphqlJson]).length === 0;
}

// Subscribers that share a stream share its serialized responses.
const texts = new WeakMap<GraphQLResponse, string>();

/** Like `serializeResponse`, for a response that several clients may receive. */
export function serializeShared(answer: GraphQLResponse, scope: RequestScope, mask: ErrorMask): string {
  // Errors carry each client's own request id.
  if (answer.errors.length > 0) return serializeResponse(answer, scope, mask);
  let text = texts.get(answer);
  if (text === undefined) texts.set(answer, (text = serializeResponse(answer, scope, mask)));
  return text;
}

/** Serializes a response as one line of JSON. Logs errors that are masked. */
export function serializeResponse(
  { data, errors, extensions }: GraphQLResponse,
  scope: RequestScope,
  mask: ErrorMask,
): string {
  const parts: string[] = [];
  if (errors.length > 0) {
    scope.hasErrors = true;
    const formatted = errors.map((error) => {
      logIfMasked(error, scope);
      return withRequestId(mask(formattedOf(error), error), scope.requestId);
    });
    parts.push(`"errors":${JSON.stringify(formatted)}`);
  }
  if (data !== null) parts.push(`"data":${data}`);
  if (extensions) parts.push(`"extensions":${JSON.stringify(extensions)}`);
  return `{${parts.join(',')}}`;
}
