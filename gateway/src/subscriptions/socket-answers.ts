import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { sharedTextOf } from '../answer.js';
import type { ErrorMask } from '../errors.js';
import { formattedOf, logIfMasked, withRequestId } from '../errors.js';
import type { Answer } from '../execution/answers.js';
import type { RequestScope } from '../request.js';

/** Errors as clients may read them. */
export function shown(
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

const results = new WeakMap<Answer, FormattedExecutionResult>();

/** An answer as graphql-ws sends it. What is the same for all who share it is made once. */
export function resultOf(
  answer: Answer,
  scope: RequestScope,
  maskError: ErrorMask,
): FormattedExecutionResult {
  const kept = results.get(answer);
  if (kept) return kept;
  const result = JSON.parse(sharedTextOf(answer, scope, maskError)) as FormattedExecutionResult;
  if (answer.errors.length === 0) results.set(answer, result);
  return result;
}
