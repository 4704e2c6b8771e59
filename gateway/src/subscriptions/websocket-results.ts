import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { serializeShared } from '../http/http-response.js';
import type { ErrorMask } from '../http/errors.js';
import { formattedOf, logIfMasked, withRequestId } from '../http/errors.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import { parseExact } from '../types/exact-json.js';
import type { RequestScope } from '../types/request.js';

/** Errors as clients may read them. */
export function maskErrors(
  errors: readonly GraphQLError[],
  scope: RequestScope,
  maskError: ErrorMask,
): readonly GraphQLError[] {
  return errors.map((error) => {
    logIfMasked(error, scope);
    const { message, extensions = {} } = withRequestId(maskError(formattedOf(error), error), scope.requestId);
    const { nodes = null, source = null, positions = null } = error;
    return new GraphQLError(message, { nodes, source, positions, extensions });
  });
}

const results = new WeakMap<GraphQLResponse, FormattedExecutionResult>();

/** Converts a response for graphql-ws. Subscribers that share a response share the conversion. */
export function resultOf(
  answer: GraphQLResponse,
  scope: RequestScope,
  maskError: ErrorMask,
): FormattedExecutionResult {
  const cached = results.get(answer);
  if (cached) return cached;
  const result = parseExact(serializeShared(answer, scope, maskError)) as FormattedExecutionResult;
  if (answer.errors.length === 0) results.set(answer, result);
  return result;
}
