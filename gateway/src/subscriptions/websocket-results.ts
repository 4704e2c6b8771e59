import { graphError, maskedMessage } from '@souk/shared/graph/errors';
import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { serializeShared } from '../http/http-response.js';
import type { ErrorMask } from '../http/errors.js';
import { formattedOf, logIfMasked, withRequestId } from '../http/errors.js';
import type { GraphQLResponse, ResponseStream } from '../types/graphql-response.js';
import { errorResponse } from '../types/graphql-response.js';
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

/** The response to an operation that threw: its client reads that it failed, and its other operations go on. */
export function failureResponse(error: unknown, scope: RequestScope): GraphQLResponse {
  if (error instanceof GraphQLError) return errorResponse(error);
  scope.log.error({ err: error }, 'operation failed');
  return errorResponse(graphError('INTERNAL_SERVER_ERROR', maskedMessage));
}

/** A stream whose last answer is an error where it would throw. */
export function guarded(answers: ResponseStream, scope: RequestScope): ResponseStream {
  let hasFailed = false;
  return {
    next: async () => {
      if (hasFailed) return { value: undefined, done: true };
      try {
        return await answers.next();
      } catch (error) {
        hasFailed = true;
        return { value: failureResponse(error, scope), done: false };
      }
    },
    return: async () => (await answers.return?.()) ?? { value: undefined, done: true },
    throw: async (error: unknown) => {
      await answers.return?.();
      throw error;
    },
    end: (last) => answers.end(last),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
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
