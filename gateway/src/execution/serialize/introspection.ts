import type { FieldNode, GraphQLSchema } from 'graphql';
import { executeSync, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import { withDoubles } from '../../types/exact-json.js';
import type { Data } from '../../types/data.js';
import type { Selected } from './selection.js';

/** The value of a field as JSON, and the errors at and below it. */
export interface IntrospectionResult {
  text: string;
  errors: readonly GraphQLError[];
}

/** Resolves __schema and __type of an operation with graphql-js. */
export class Introspection {
  readonly #api: GraphQLSchema;
  readonly #selected: Selected;
  readonly #onGrown: () => void;
  /** Answers that are the same each time. */
  readonly #results = new Map<readonly FieldNode[], IntrospectionResult>();
  #weight = 0;

  /** @param onGrown called when it holds on to more than before */
  constructor(api: GraphQLSchema, selected: Selected, onGrown: () => void) {
    this.#api = api;
    this.#selected = selected;
    this.#onGrown = onGrown;
  }

  /** Bytes that it holds on to. */
  get weight(): number {
    return this.#weight;
  }

  /** The value of a root field. */
  resultOf(nodes: readonly FieldNode[], variables: Readonly<Record<string, unknown>>): IntrospectionResult {
    const cached = this.#results.get(nodes);
    if (cached !== undefined) return cached;
    const result = this.#answer(nodes, variables);
    if (!this.#selected.operation.variableDefinitions?.length) {
      this.#results.set(nodes, result);
      this.#weight += 2 * result.text.length;
      this.#onGrown();
    }
    return result;
  }

  #answer(nodes: readonly FieldNode[], variables: Readonly<Record<string, unknown>>): IntrospectionResult {
    const { operation, fragments } = this.#selected;
    const { data, errors } = executeSync({
      schema: this.#api,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [
          {
            ...operation,
            operation: OperationTypeNode.QUERY,
            selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
          },
          ...fragments.values(),
        ],
      },
      variableValues: withDoubles(variables),
    });
    const [value] = Object.values((data ?? {}) as Data);
    const [node] = nodes;
    const key = node?.alias?.value ?? node?.name.value ?? '';
    return {
      text: JSON.stringify(value ?? null),
      errors: (errors ?? []).map(
        ({ message, path = [key] }) =>
          new GraphQLError(message, { path, extensions: { code: 'BAD_USER_INPUT' } }),
      ),
    };
  }
}
