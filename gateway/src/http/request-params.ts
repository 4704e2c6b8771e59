/** What a client asks: the fields of a GraphQL request that decide what is run. */
export interface GraphQLParams {
  query: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

/**
 * What a body asks; null where a part of it is of the wrong type.
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
