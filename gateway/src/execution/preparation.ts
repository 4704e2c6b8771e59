import { graphError } from '@souk/shared/graph/errors';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { getOperationAST, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { maxTokens } from '../limits.js';
import type { KnownOperation } from './operation.js';

const maxErrors = 20;

/** An operation that may be run, or why not. */
export type Prepared = KnownOperation | readonly GraphQLError[];

/**
 * Makes an operation ready to be run, as Apollo Server does, for doors that it has no part in. What is too large is found
 * out before the document is validated.
 */
export function prepare(
  schema: GraphQLSchema,
  source: string,
  operationName: string | null,
  rules: { size: readonly ValidationRule[]; other: readonly ValidationRule[] },
): Prepared {
  let document: DocumentNode;
  try {
    document = parse(source, { maxLexicalTokens: maxTokens });
  } catch (error) {
    return [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
  }
  const tooLarge = validate(schema, document, rules.size, { maxErrors });
  if (tooLarge.length > 0) return tooLarge;
  const problems = validate(schema, document, [...specifiedRules, ...rules.other], { maxErrors });
  if (problems.length > 0) return problems.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  const operation = getOperationAST(document, operationName);
  return operation ? { source, document, operation, operationName } : [unresolved(operationName)];
}

/** Whether it may be run. */
export function isReady(prepared: Prepared): prepared is KnownOperation {
  return 'operation' in prepared;
}

/** For a document that has several operations, or not the one that was asked for. */
export function unresolved(operationName: string | null): GraphQLError {
  // A valid document has at least one operation: fragments alone are unused ones.
  return graphError(
    'OPERATION_RESOLUTION_FAILURE',
    operationName !== null
      ? `There is no operation "${operationName}" in the document.`
      : 'The document has several operations: operationName must say which one to run.',
  );
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null, extensions } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { ...extensions, code } });
}
