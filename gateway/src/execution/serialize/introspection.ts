import type { FieldNode, GraphQLSchema } from 'graphql';
import { executeSync, Kind, OperationTypeNode } from 'graphql';
import type { Data } from '../../types/data.js';
import type { Selected } from './selection.js';

/** Resolves __schema and __type of an operation with graphql-js. */
export class Introspection {
  readonly #api: GraphQLSchema;
  readonly #selected: Selected;
  readonly #onGrown: () => void;
  /** Answers that are the same each time. */
  readonly #texts = new Map<readonly FieldNode[], string>();
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

  /** The value of a field, as JSON. */
  textOf(nodes: readonly FieldNode[], variables: Readonly<Record<string, unknown>>): string {
    const cached = this.#texts.get(nodes);
    if (cached !== undefined) return cached;
    const text = this.#answer(nodes, variables);
    if (!this.#selected.operation.variableDefinitions?.length) {
      this.#texts.set(nodes, text);
      this.#weight += 2 * text.length;
      this.#onGrown();
    }
    return text;
  }

  #answer(nodes: readonly FieldNode[], variables: Readonly<Record<string, unknown>>): string {
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
      variableValues: variables,
    });
    if (errors?.[0]) throw errors[0];
    const [value] = Object.values((data ?? {}) as Data);
    return JSON.stringify(value ?? null);
  }
}
