import { GraphQLError } from 'graphql';
import { textOf } from '../answer.js';
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

/** An answer as graphql-ws sends it. */
export function resultOf(answer: Answer, scope: RequestScope, maskError: ErrorMask): Record<string, unknown> {
  return JSON.parse(textOf(answer, scope, maskError)) as Record<string, unknown>;
}
