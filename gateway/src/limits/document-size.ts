import type { GatewayLimit } from '@souk/shared/telemetry';
import type { ASTNode, FragmentDefinitionNode, SelectionSetNode, ValidationRule } from 'graphql';
import { GraphQLError, Kind } from 'graphql';

/** The operation is larger than what the gateway runs. */
export class TooLarge extends Error {
  readonly limit: GatewayLimit;

  constructor(message: string, limit: GatewayLimit) {
    super(message);
    this.limit = limit;
  }
}

/** An error of validation for an operation that exceeds a limit. */
export function tooLarge(message: string, limit: GatewayLimit, node?: ASTNode): GraphQLError {
  const originalError = new TooLarge(message, limit);
  return new GraphQLError(message, { ...(node && { nodes: [node] }), originalError });
}

/** Characters of a document. A longer one is not even lexed. */
export const maxDocumentLength = 100_000;

/** Tokens of a document; a document of more is not parsed to its end. Introspection has some 350. */
export const maxTokens = 4_000;

/** The message of graphql-js when it stops parsing; the error has no code. */
export const parsingAborted = /contains more tha[nt] \d+ .*Parsing aborted/;

/** Refuses operations that nest deeper than `limit` fields. Introspection is not counted: graphql-js bounds it. */
export function depthLimit(limit: number): ValidationRule {
  return (context) => {
    const depths = new Map<string, number>();

    const depthOf = (set: SelectionSetNode): number =>
      set.selections.reduce((deepest, selection) => {
        if (selection.kind === Kind.FIELD) {
          if (selection.name.value.startsWith('__')) return deepest;
          return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
        }
        if (selection.kind === Kind.INLINE_FRAGMENT)
          return Math.max(deepest, depthOf(selection.selectionSet));
        const fragment = context.getFragment(selection.name.value);
        return Math.max(deepest, fragment ? depthOfFragment(fragment) : 0);
      }, 0);

    const depthOfFragment = (fragment: FragmentDefinitionNode): number => {
      const name = fragment.name.value;
      const known = depths.get(name);
      if (known !== undefined) return known;
      // A fragment within itself is refused by another rule; here it must only come to an end.
      depths.set(name, 0);
      const depth = depthOf(fragment.selectionSet);
      depths.set(name, depth);
      return depth;
    };

    return {
      OperationDefinition: (node) => {
        const depth = depthOf(node.selectionSet);
        if (depth <= limit) return;
        const message = `The operation is ${depth} fields deep; ${limit} are allowed.`;
        context.reportError(tooLarge(message, 'depth', node));
      },
    };
  };
}

/** Selections within selections, fragments too: what reads an operation calls itself for each. */
const maxNesting = 100;
/** Lists within lists: the planner looks at what is in a list twice, and at what is in that twice again. */
const maxListNesting = 10;

/** Refuses operations whose selections or values nest deeper than anybody needs. */
export function nestingLimit(): ValidationRule {
  return (context) => {
    const nestings = new Map<string, number>();

    const nestingOf = ({ selections }: SelectionSetNode): number =>
      selections.reduce((deepest, node) => {
        if (node.kind === Kind.FRAGMENT_SPREAD)
          return Math.max(deepest, 1 + nestingOfFragment(node.name.value));
        return node.selectionSet ? Math.max(deepest, 1 + nestingOf(node.selectionSet)) : deepest;
      }, 0);

    const nestingOfFragment = (name: string): number => {
      const known = nestings.get(name);
      if (known !== undefined) return known;
      // As in `depthLimit`.
      nestings.set(name, 0);
      const fragment = context.getFragment(name);
      const nesting = fragment ? nestingOf(fragment.selectionSet) : 0;
      nestings.set(name, nesting);
      return nesting;
    };
    const report = (what: string, limit: number, node: ASTNode): void => {
      const message = `The operation nests ${what} more than ${limit} levels deep.`;
      context.reportError(tooLarge(message, 'depth', node));
    };

    let lists = 0;
    return {
      OperationDefinition: (node) => {
        if (nestingOf(node.selectionSet) > maxNesting) report('selections', maxNesting, node);
      },
      ListValue: {
        enter: (node) => {
          lists += 1;
          if (lists === maxListNesting + 1) report('lists', maxListNesting, node);
        },
        leave: () => {
          lists -= 1;
        },
      },
    };
  };
}

/** How deep objects and lists of variables may nest. */
const maxVariableNesting = 100;

/** Whether variables nest deeper than can be written as JSON again. */
export function nestsTooDeep(value: unknown, room = maxVariableNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  return Object.values(value).some((below) => nestsTooDeep(below, room - 1));
}
