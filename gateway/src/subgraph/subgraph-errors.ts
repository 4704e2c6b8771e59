import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isData } from '../types/data.js';

/**
 * Normalizes the errors of a subgraph's result: malformed errors are replaced by empty ones. Removes `extensions.http`,
 * since a subgraph may not choose the HTTP status of the gateway.
 */
export function withReportedErrors(result: FormattedExecutionResult): FormattedExecutionResult {
  const { errors, ...rest }: { errors?: unknown } & Omit<FormattedExecutionResult, 'errors'> = result;
  if (errors === undefined) return result;
  const list: readonly unknown[] = Array.isArray(errors)
    ? errors
    : [errors].filter((error) => error !== null);
  return list.length === 0 ? rest : { ...rest, errors: list.map(reported) };
}

function reported(error: unknown): GraphQLFormattedError {
  const { message, path, extensions } = isData(error) ? error : {};
  const { http: _http, ...own } = isData(extensions) ? extensions : {};
  return {
    message: typeof message === 'string' ? message : '',
    ...(isPath(path) && { path }),
    extensions: own,
  };
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');
}
