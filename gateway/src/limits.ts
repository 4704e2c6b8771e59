import type { FragmentDefinitionNode, SelectionSetNode, ValidationRule } from 'graphql';
import { GraphQLError, Kind } from 'graphql';

/** The operation is larger than what the gateway runs. */
export class TooLarge extends Error {}

/** Tokens of a document; a document of more is not parsed to its end. Introspection has some 350. */
export const maxTokens = 4_000;

/** What graphql-js says where it stops parsing; it gives no code. */
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
        context.reportError(
          new GraphQLError(message, { nodes: [node], originalError: new TooLarge(message) }),
        );
      },
    };
  };
}
