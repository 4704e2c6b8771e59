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
