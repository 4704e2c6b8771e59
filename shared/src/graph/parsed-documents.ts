import type { DocumentNode, GraphQLSchema, OperationTypeNode } from 'graphql';
import { getOperationAST, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { graphError } from './errors.js';

/** Maximum number of cached documents: a gateway repeats a few. */
const maxDocuments = 1_000;
/** Characters of all cached documents together; a parsed document takes some hundred times its text. */
const maxCharacters = 1_000_000;
/** Tokens of a document; the gateway takes 4,000 of its clients, and a plan repeats what fragments share. */
const maxTokens = 50_000;
/** Maximum number of validation errors per document. */
const maxErrors = 10;

/** An operation that may be executed. */
export interface ParsedOperation {
  document: DocumentNode;
  operation: OperationTypeNode;
}

/**
 * Parses and validates documents for a schema, and caches valid ones by their text. Documents are executed by
 * graphql-js, never compiled, since clients write them.
 */
export class ParsedDocuments {
  readonly #schema: GraphQLSchema;
  readonly #valid = new LRUCache<string, DocumentNode>({
    max: maxDocuments,
    maxSize: maxCharacters,
    sizeCalculation: (_document, text) => text.length,
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The operation of that name, or the only one; otherwise the errors. */
  find(text: unknown, operationName: string | undefined): ParsedOperation | readonly GraphQLError[] {
    if (typeof text !== 'string') return [graphError('BAD_REQUEST', 'A request needs a query string.')];
    const document = this.#valid.get(text) ?? this.#read(text);
    if (!('kind' in document)) return document;
    const operation = getOperationAST(document, operationName);
    if (operation) return { document, operation: operation.operation };
    const message =
      operationName === undefined
        ? 'The document has more than one operation: operationName must name one.'
        : 'The document has no operation of that name.';
    return [graphError('OPERATION_RESOLUTION_FAILURE', message)];
  }

  #read(text: string): DocumentNode | readonly GraphQLError[] {
    try {
      const document = parse(text, { maxLexicalTokens: maxTokens, noLocation: true });
      const errors = validate(this.#schema, document, specifiedRules, { maxErrors, hideSuggestions: true });
      if (errors.length > 0)
        return errors.map(({ message }) => graphError('GRAPHQL_VALIDATION_FAILED', message));
      this.#valid.set(text, document);
      return document;
    } catch (error) {
      // Anything else is a stack that overflowed.
      const message = error instanceof GraphQLError ? error.message : 'The document nests too deep.';
      return [graphError('GRAPHQL_PARSE_FAILED', message)];
    }
  }
}
