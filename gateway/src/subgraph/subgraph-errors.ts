import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isData } from '../types/data.js';

/**
 * A subgraph's answer with its errors in the form that they should have: what is no error, or has parts that cannot be read,
 * is one that says nothing. The status of our answer (`extensions.http`) is not a subgraph's to choose.
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
  const { http: _http, ...told } = isData(extensions) ? extensions : {};
  return {
    message: typeof message === 'string' ? message : '',
    ...(isPath(path) && { path }),
    extensions: told,
  };
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');
}
