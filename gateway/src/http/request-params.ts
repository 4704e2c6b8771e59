import { markNumbers, parseExact } from '../types/exact-json.js';

/** The parameters of a GraphQL request that decide what is executed. */
export interface GraphQLParams {
  query: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

/**
 * Parses the parameters of a body; null if a part of it has the wrong type.
 * @param queryOf the text of the operation, where it may come otherwise than by the field `query`
 */
export function parseParams(
  body: unknown,
  queryOf: (query: unknown, extensions: unknown) => unknown = (query) => query,
): GraphQLParams | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const {
    query,
    operationName = null,
    variables = null,
    extensions = null,
  } = body as Record<string, unknown>;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (typeof variables !== 'object' || Array.isArray(variables)) return null;
  const text = queryOf(query, extensions);
  if (typeof text !== 'string') return null;
  return { query: text, operationName, variables: (variables ?? {}) as GraphQLParams['variables'] };
}

/** The fields of a GET, as a body has them; null where one of those that are JSON is none. */
export function paramsOfSearch(search: string): Record<string, unknown> | null {
  const fields = new URLSearchParams(search);
  try {
    return {
      ...Object.fromEntries(
        ['query', 'operationName', 'documentId'].flatMap((name) => {
          const value = fields.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ),
      ...Object.fromEntries(
        ['variables', 'extensions'].flatMap((name) => {
          const value = fields.get(name);
          return value === null ? [] : [[name, parseExact(value)]];
        }),
      ),
    };
  } catch {
    return null;
  }
}

/** The query string of a GET for a parser of somebody else's: its large numbers are marked. */
export function markedSearch(search: string): string {
  const fields = new URLSearchParams(search);
  const variables = fields.get('variables');
  if (variables === null || markNumbers(variables) === variables) return search;
  fields.set('variables', markNumbers(variables));
  return `?${fields.toString()}`;
}
