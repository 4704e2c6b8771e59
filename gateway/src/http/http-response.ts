import type { GraphErrorCode } from '@souk/shared/graph/errors';
import type { ErrorMask } from './errors.js';
import { formattedOf, logIfMasked, publicCode, withRequestId } from './errors.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import type { RequestScope } from '../types/request.js';

/** As Apollo Server has it: what an error asks for, 400 where nothing was run, else 200. */
export function statusOf({ data, errors }: GraphQLResponse): number {
  for (const { extensions } of errors) {
    const { status } = (extensions['http'] ?? {}) as { status?: number };
    if (status !== undefined) return status;
  }
  return data === null && errors.length > 0 ? 400 : 200;
}

/** What is no fault of the client's. */
const ofOurs: ReadonlySet<GraphErrorCode> = new Set([
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL_SERVER_ERROR',
] as const);

/** How an operation ended, at doors where no status tells. */
export function outcomeOf({ data, errors }: GraphQLResponse): 'answered' | 'errors' | 'refused' | 'failed' {
  if (data === null) return failureOutcome(errors);
  return errors.length > 0 ? 'errors' : 'answered';
}

/** Whether what was not answered was refused, or failed. */
export function failureOutcome(errors: GraphQLResponse['errors']): 'refused' | 'failed' {
  return errors.some((error) => ofOurs.has(publicCode(error))) ? 'failed' : 'refused';
}

/** What is held against the operation in a request that is otherwise as it should be. */
const ofOperations: ReadonlySet<unknown> = new Set<GraphErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_LARGE',
  'BAD_USER_INPUT',
]);

/**
 * The status that a client is told. One who names application/json, and not application/graphql-response+json, reads of
 * an operation that was not run in the body of a 200 (docs/decisions/0025); `scope.outcome` is set for him, since the
 * status no longer tells that it was refused.
 * @param codes of the answer's errors
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

function namesJsonOnly(accept = ''): boolean {
  const named = accept.split(',').map((range) => range.replace(/;.*/s, '').trim().toLowerCase());
  return named.includes('application/json') && !named.includes('application/graphql-response+json');
}

// An answer of a stream goes to all who share it: what is the same for all of them is written once.
const texts = new WeakMap<GraphQLResponse, string>();

/** As `textOf`, for an answer that several clients may be given. */
export function serializeShared(answer: GraphQLResponse, scope: RequestScope, mask: ErrorMask): string {
  // Errors tell each client the id of his own request.
  if (answer.errors.length > 0) return serializeResponse(answer, scope, mask);
  let text = texts.get(answer);
  if (text === undefined) texts.set(answer, (text = serializeResponse(answer, scope, mask)));
  return text;
}

/** An answer as clients read it: JSON on one line. What they are not told is logged. */
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
