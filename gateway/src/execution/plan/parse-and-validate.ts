import { graphError } from '@souk/shared/graph/errors';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  validate,
} from 'graphql';
import type { DocumentRules } from '../../limits/document-rules.js';
import { maxDocumentLength, maxTokens, tooLarge } from '../../limits/document-size.js';
import { unconditionalRoot } from '../../limits/subscription-root.js';
import type { KnownOperation } from '../../types/operation.js';

/** Errors of one document that a client reads. graphql-js stops validating there and adds that it did. */
const maxErrors = 5;

// It throws where a root field has a condition that is no constant.
const rulesOfAll = specifiedRules.filter((rule) => rule !== SingleFieldSubscriptionsRule);

/** An operation that may be run, or why not. */
export type ParsedOperation = KnownOperation | readonly GraphQLError[];

/** Parses and validates an operation. Documents that are too large are refused before they are validated. */
export function parseAndValidate(
  schema: GraphQLSchema,
  source: string,
  operationName: string | null,
  rules: DocumentRules,
): ParsedOperation {
  let document: DocumentNode;
  if (source.length > maxDocumentLength) return [tooLong(source)];
  try {
    document = parse(source, { maxLexicalTokens: maxTokens });
  } catch (error) {
    return [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
  }
  const problemsOfSize = validate(schema, document, rules.size, { maxErrors });
  if (problemsOfSize.length > 0) return problemsOfSize;
  const problems = problemsOf(schema, document, rules);
  if (problems.length > 0) return problems.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  const operation = getOperationAST(document, operationName);
  return operation ? { source, document, operation, operationName } : [unresolved(operationName)];
}

function problemsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: DocumentRules,
): readonly GraphQLError[] {
  const isStream = document.definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION,
  );
  const passes = [
    [...rulesOfAll, ...rules.other],
    ...(isStream ? [[unconditionalRoot], [SingleFieldSubscriptionsRule]] : []),
  ];
  for (const pass of passes) {
    const problems = validate(schema, document, pass, { maxErrors });
    if (problems.length > 0) return problems;
  }
  return [];
}

/** Whether it may be run. */
export function isParsed(prepared: ParsedOperation): prepared is KnownOperation {
  return 'operation' in prepared;
}

/** The error for a document that lacks the named operation, or has several and none is named. */
export function unresolved(operationName: string | null): GraphQLError {
  // A valid document has at least one operation: fragments alone are unused ones.
  return graphError(
    'OPERATION_RESOLUTION_FAILURE',
    operationName !== null
      ? `The document has no operation "${operationName}".`
      : 'The document has several operations: set operationName.',
  );
}

function tooLong({ length }: string): GraphQLError {
  const message = `The document has ${length} characters; ${maxDocumentLength} are allowed.`;
  return tooLarge(message, 'document');
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null, extensions } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { ...extensions, code } });
}
